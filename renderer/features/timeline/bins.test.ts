import { expect, test } from 'vitest';
import { nothing, ofIds, type Outline } from '../browse/outline.ts';
import { binsOf, countWithin, timesOf, type Bins } from './bins.ts';

/** Of the machine's own clock, as those of a person are. */
const at = (year: number, month = 1, day = 1, hour = 0): number =>
  new Date(year, month - 1, day, hour).getTime();

function listOf(times: readonly number[]): Outline {
  return { ...ofIds(times.map(String)), timeAt: (index) => times[index] };
}

const shown = ({ unit, bins }: Bins) => [
  unit,
  ...bins.map(({ begin, count }) => {
    const day = new Date(begin);
    return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}: ${count}`;
  }),
];

const sorted = (...times: readonly number[]) => Float64Array.from(times).toSorted();

test('bars are as fine as there is room for', () => {
  const times = sorted(at(2024, 2, 28, 23), at(2024, 3, 1), at(2024, 3, 1, 12));
  expect(shown(binsOf(times, 4))).toEqual(['day', '2024-2-28: 1', '2024-2-29: 0', '2024-3-1: 2']);
  // Weeks begin on Monday.
  expect(shown(binsOf(times, 3))).toEqual(['week', '2024-2-26: 3']);
  const years = sorted(at(2019, 5), at(2021, 12, 31, 23), at(2022));
  expect(shown(binsOf(years, 40))[0]).toBe('month');
  expect(shown(binsOf(years, 14))[0]).toBe('quarter');
  expect(shown(binsOf(years, 5))).toEqual([
    'year',
    '2019-1-1: 1',
    '2020-1-1: 0',
    '2021-1-1: 1',
    '2022-1-1: 1',
  ]);
  expect(shown(binsOf(years, 3))).toEqual(['decade', '2010-1-1: 1', '2020-1-1: 2']);
});

test('every memory is in one bar, on whichever day clocks are changed', () => {
  const times = Float64Array.from({ length: 5000 }, (_, index) => at(2020, 1, 1, index * 7));
  for (const most of [2000, 300, 60, 20, 8, 3]) {
    const { bins } = binsOf(times, most);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(times.length);
    expect(bins.slice(1).every(({ begin }, index) => begin === bins[index]?.end)).toBe(true);
    expect(bins.length).toBeLessThanOrEqual(most);
  }
});

test('a memory from long ago leaves no more bars than there is room for', () => {
  const times = sorted(at(1000), at(9999));
  expect(binsOf(times, 100).bins).toHaveLength(90);
  expect(binsOf(timesOf(listOf([at(2026), -50_000_000_000_000])), 100).bins).toHaveLength(1);
  expect(binsOf(timesOf(nothing), 100).bins).toEqual([]);
});

test('times are in order, whatever the list is ordered by', () => {
  expect([...timesOf(listOf([5, 4, 4, 1]))]).toEqual([1, 4, 4, 5]);
  expect([...timesOf(listOf([4, 5, 1, 4]))]).toEqual([1, 4, 4, 5]);
  expect([...timesOf(ofIds(['a']))]).toEqual([]);
});

test('what is at its beginning counts, what is at its end does not', () => {
  const times = sorted(10, 20, 20, 30);
  const counts = [
    [10, 30],
    [20, 21],
    [-Infinity, Infinity],
    [31, 40],
  ].map(([begin = 0, end = 0]) => countWithin(times, { begin, end }));
  expect(counts).toEqual([3, 2, 4, 0]);
});
