import { expect, test } from 'vitest';
import { spanOf } from '../../navigation/period.ts';
import { periodInWords, tickInWords } from './period-words.ts';

test('a period is said in as few words as say it', () => {
  const said = (after: string, before: string) => periodInWords(spanOf({ after, before }));
  expect([
    said('2025-01-01', '2026-01-01'),
    said('2023-01-01', '2026-01-01'),
    said('2025-03-01', '2025-04-01'),
    said('2025-03-01', '2025-06-01'),
    said('2024-11-01', '2025-02-01'),
    said('2025-03-12', '2025-03-13'),
    said('2025-03-10', '2025-03-17'),
    said('2025-03-12', '2025-04-05'),
    said('2024-12-30', '2025-01-06'),
  ]).toEqual([
    '2025',
    '2023 – 2025',
    'March 2025',
    'Mar – May 2025',
    'Nov 2024 – Jan 2025',
    '12 March 2025',
    '10 – 16 Mar 2025',
    '12 Mar – 4 Apr 2025',
    '30 Dec 2024 – 5 Jan 2025',
  ]);
});

test('below the bars stands what begins there', () => {
  const days = [new Date(2025, 0, 1), new Date(2025, 2, 1), new Date(2025, 2, 12)];
  expect(days.map(tickInWords)).toEqual(['2025', 'Mar', '12 Mar']);
});
