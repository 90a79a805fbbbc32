import { expect, test } from 'vitest';
import { periodOf, type Period } from '../../navigation/period.ts';
import { saysWhen, spanIn, withPeriod } from './dates-in-query.ts';

const march: Period = { after: '2025-03-01', before: '2025-04-01' };

test('the time of a query is read as the search reads it', () => {
  const read = (text: string) => {
    const span = spanIn(text);
    return span && periodOf(span);
  };
  expect(read('garden after:2025-03 before:2025-04')).toEqual(march);
  expect(read('on:"march 2025" garden')).toEqual(march);
  expect(read('on:2025 after:2025-03 before:2025-04')).toEqual(march);
  expect(spanIn('after:2025-03-01')).toEqual({ begin: new Date(2025, 2, 1).getTime(), end: Infinity });
  for (const text of ['garden', 'on:2024,2025', 'after:nonsense', 'after:2025 before:2024', 'as-of:2025'])
    expect(spanIn(text)).toBeUndefined();
});

test('a period takes the place of what a query said of time, and leaves the rest of it', () => {
  const dates = 'after:2025-03-01 before:2025-04-01';
  expect(withPeriod('', march)).toBe(dates);
  expect(withPeriod('garden "under the', march)).toBe(`${dates} garden "under the`);
  expect(withPeriod('on:2024 tag:garden after:2020 rain OR sun before:2021', march)).toBe(
    `${dates} tag:garden rain OR sun`,
  );
  expect(withPeriod(`${dates} on:2024 OR on:2023 garden`, undefined)).toBe('garden');
  expect(spanIn(withPeriod('as-of:2026 garden', march))).toEqual(spanIn(dates));
});

test('only what a memory is of counts as when', () => {
  expect(['garden', 'on Monday', 'as-of:2025', '"after:2025"'].map(saysWhen)).toEqual(
    Array.from({ length: 4 }, () => false),
  );
  expect(['after:2025', 'x -before:2024', 'on:yesterday'].map(saysWhen)).toEqual([true, true, true]);
});
