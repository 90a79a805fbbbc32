import { expect, test } from 'vitest';
import { dayGroups } from './day-groups.ts';
import { layOut } from './list-layout.ts';
import { idsBetween, ofIds, reversed, unpack, within, type Outline } from './outline.ts';

const key = (number: number): string => `019aa4c0-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

function packed(times: readonly number[]): Outline {
  const bytes = times.flatMap((_, index) =>
    (key(index).replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
  );
  return unpack({
    ids: new Uint8Array(bytes),
    times: new Uint8Array(new Float64Array(times).buffer),
  });
}

/** Of the machine's own clock, as those of a person are. */
const at = (...parts: [number, number, number, number, number]): number => new Date(...parts).getTime();

test('keys come out as they went in, and each is found where it is', () => {
  const outline = packed([3, 2, 1]);
  expect([0, 1, 2].map((index) => outline.idAt(index))).toEqual([0, 1, 2].map(key));
  expect([key(2), key(0), key(7), 'nonsense'].map((id) => outline.indexOf(id))).toEqual([2, 0, -1, -1]);
  expect([0, 2, 3].map((index) => outline.timeAt(index))).toEqual([3, 1, undefined]);
});

test('turned round, the last is the first', () => {
  const outline = reversed(packed([3, 2, 1]));
  expect(idsBetween(outline, 2, 0)).toEqual([key(2), key(1), key(0)]);
  expect([outline.indexOf(key(2)), outline.indexOf(key(9)), outline.timeAt(0)]).toEqual([0, -1, 1]);
});

test('of a time there is what is from its first instant on, and nothing of its last', () => {
  const outline = packed([50, 40, 40, 30, 20]);
  const narrowed = within(outline, { begin: 30, end: 50 });
  expect(idsBetween(narrowed, 0, narrowed.length - 1)).toEqual([1, 2, 3].map(key));
  expect([0, 2, 3].map((index) => narrowed.timeAt(index))).toEqual([40, 30, undefined]);
  expect([0, 1, 3, 4, 9].map((number) => narrowed.indexOf(key(number)))).toEqual([-1, 0, 2, -1, -1]);
  expect(idsBetween(reversed(narrowed), 0, 2)).toEqual([3, 2, 1].map(key));
  expect(
    [
      [51, 60],
      [1, 20],
      [31, 40],
    ].map(([begin = 0, end = 0]) => within(outline, { begin, end }).length),
  ).toEqual([0, 0, 0]);
});

test('days are those of the clock on the wall, in either direction', () => {
  const times = [
    at(2026, 10, 21, 0, 0),
    at(2026, 10, 20, 23, 59),
    at(2026, 10, 20, 0, 0),
    at(2026, 2, 29, 12, 0),
    at(2026, 2, 28, 23, 0),
  ];
  const counts = (outline: Outline) => dayGroups(outline).map(({ first, count }) => [first, count]);
  expect(counts(packed(times))).toEqual([
    [0, 1],
    [1, 2],
    [3, 1],
    [4, 1],
  ]);
  expect(counts(reversed(packed(times)))).toEqual([
    [0, 1],
    [1, 1],
    [2, 2],
    [4, 1],
  ]);
  expect(dayGroups(ofIds([key(1)]))).toEqual([]);
});

test('a heading stands before each day, and every memory is found again', () => {
  const groups = dayGroups(packed([at(2026, 10, 21, 9, 0), at(2026, 10, 20, 9, 0), at(2026, 10, 20, 8, 0)]));
  const layout = layOut(3, groups);
  const items = Array.from({ length: layout.length }, (_, item) => item);
  expect(items.map((item) => layout.rowOf(item))).toEqual([-1, 0, -1, 1, 2]);
  expect(items.map((item) => layout.groupOf(item))).toEqual([0, 0, 1, 1, 1]);
  expect([0, 1, 2].map((row) => layout.itemOf(row))).toEqual([1, 3, 4]);
  const plain = layOut(2, []);
  expect([0, 1].map((item) => [plain.rowOf(item), plain.itemOf(item), plain.isHeading(item)])).toEqual([
    [0, 0, false],
    [1, 1, false],
  ]);
});
