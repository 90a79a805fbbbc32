import { expect, test } from 'vitest';
import { paceOf, saidPace, saidTimeLeft, withSample, type Sample } from './pace.ts';

const sampled = (...samples: [seconds: number, progress: number][]): readonly Sample[] =>
  samples.reduce<readonly Sample[]>(
    (known, [seconds, progress]) => withSample(known, { atMs: seconds * 1000, progress }),
    [],
  );

test('a pace is told as soon as there is one, and is that of the last while', () => {
  expect(paceOf([])).toBe(undefined);
  expect(paceOf(sampled([0, 0], [1, 40]))).toBe(undefined);
  expect(paceOf(sampled([0, 0], [1, 40], [4, 160]))).toBe(40);
  expect(paceOf(sampled([0, 0], [10, 1000], [20, 1010], [40, 1030]))).toBe(1);
  expect(paceOf(sampled([0, 50], [5, 50]))).toBe(undefined);
  // It was begun anew.
  expect(paceOf(sampled([0, 500], [5, 900], [6, 0], [10, 40]))).toBe(10);
});

test('pace and time are said as roughly as they are known', () => {
  expect([54.6, 1.2, 0.5, 0.001].map(saidPace)).toEqual([
    '55 a second',
    '1 a second',
    '30 a minute',
    '1 a minute',
  ]);
  expect([3, 31, 54, 58, 100, 3600, 7000, 86_400].map(saidTimeLeft)).toEqual([
    'a few seconds left',
    'about 40 seconds left',
    'about 60 seconds left',
    'about 1 minute left',
    'about 2 minutes left',
    'about 60 minutes left',
    'about 2 hours left',
    'about 24 hours left',
  ]);
});
