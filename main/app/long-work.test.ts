import { beforeEach, expect, test } from 'vitest';
import type { Job } from '../../shared/schemas/job.ts';
import { followLongWork } from './long-work.ts';

let shares: (number | undefined | null)[] = [];
let notes: string[] = [];
const follow = () =>
  followLongWork({ onProgress: (share) => shares.push(share), notify: (title) => notes.push(title) });
beforeEach(() => {
  shares = [];
  notes = [];
});

const job = (change: Partial<Job> = {}): Job => ({
  id: 'one',
  kind: 'duplicates.find',
  status: 'running',
  progress: 0,
  total: 100,
  result: null,
  error: null,
  createdAt: '2026-11-21T10:00:00Z',
  startedAt: '2026-11-21T10:00:00Z',
  finishedAt: null,
  ...change,
});
const over = { finishedAt: '2026-11-21T10:01:00Z' };

test('several works share one bar, which goes when the last is over', () => {
  const work = follow();
  work.job(job({ progress: 50 }));
  work.job(job({ id: 'two', total: null }));
  work.job(job({ id: 'two', total: 200, progress: 0 }));
  work.job(job({ status: 'succeeded', ...over }));
  work.job(job({ id: 'two', status: 'cancelled', ...over }));
  expect(shares).toEqual([0.5, 0.25, 0, null]);
});

test('where nobody knows how much there is to do, the bar says no more than that something goes on', () => {
  const work = follow();
  work.job(job({ total: null }));
  work.job(job({ total: null, progress: 10 }));
  expect(shares).toEqual([undefined]);
});

test('reading a large library is shown, and a few memories are not', () => {
  const work = follow();
  work.reading({ state: 'working', ready: 0, pending: 20, failed: 0, stored: 0 });
  expect(shares).toEqual([]);
  work.reading({ state: 'working', ready: 0, pending: 1000, failed: 0, stored: 0 });
  work.reading({ state: 'working', ready: 750, pending: 250, failed: 0, stored: 0 });
  work.reading({ state: 'idle', ready: 1000, pending: 0, failed: 0, stored: 0 });
  expect(shares).toEqual([0, 0.75, null]);
});

test('the end of what was long is told, that of what was short or stopped by hand is not', () => {
  const work = follow();
  for (const ending of [
    { status: 'succeeded', ...over },
    { status: 'failed', error: 'The disk is full.', ...over },
    { status: 'cancelled', ...over },
    { status: 'succeeded', finishedAt: '2026-11-21T10:00:01Z' },
  ] as const) {
    work.job(job());
    work.job(job(ending));
  }
  expect(notes).toEqual(['The memories are compared', 'The memories could not be compared']);
});

test('what ended before this was looking is no news', () => {
  follow().job(job({ status: 'failed', ...over }));
  expect(notes).toEqual([]);
});
