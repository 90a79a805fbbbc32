import { expect, test } from 'vitest';
import type { Job } from '../../../shared/schemas/job.ts';
import { saidProgress } from './said-job.ts';

const job: Job = {
  id: '019aa4c0-0000-7000-8000-000000000001',
  kind: 'duplicates.find',
  status: 'running',
  progress: 300,
  total: 1000,
  result: null,
  error: null,
  createdAt: '2026-11-21T10:00:00Z',
  startedAt: '2026-11-21T10:00:00Z',
  finishedAt: null,
};

test('what goes on says how far it is, how quickly it goes and how long it will take', () => {
  const samples = [
    { atMs: 0, progress: 100 },
    { atMs: 10_000, progress: 300 },
  ];
  expect(saidProgress(job, samples)).toBe('30% · 20 a second · about 40 seconds left');
  expect(saidProgress({ ...job, total: null }, samples)).toBe('300 so far');
  expect(saidProgress({ ...job, progress: 0, total: null }, [])).toBe('Begun');
});

test('bytes are not counted by the second', () => {
  const samples = [
    { atMs: 0, progress: 0 },
    { atMs: 10_000, progress: 50_000_000 },
  ];
  expect(saidProgress({ ...job, progress: 50_000_000, total: 200_000_000 }, samples)).toBe(
    '25% · about 30 seconds left',
  );
});

test('what stands still says why', () => {
  expect(saidProgress({ ...job, status: 'paused' }, [])).toBe('Paused at 30%');
  expect(saidProgress({ ...job, status: 'interrupted', total: null }, [])).toBe(
    'Interrupted when Loci was closed',
  );
  expect(saidProgress({ ...job, status: 'queued' }, [])).toBe('Waits for its turn');
});
