import { expect, test } from 'vitest';
import type { Bins } from './bins.ts';
import { barKey } from './timeline-keys.ts';

const bins: Bins = {
  unit: 'month',
  bins: Array.from({ length: 30 }, (_, index) => ({ begin: index, end: index + 1, count: 1 })),
};
const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const press = (key: string, at: number, anchor = at, held: Partial<typeof none> = {}) =>
  barKey({ key, ...none, ...held }, bins, { at, anchor });

test('arrows move from bar to bar, pages from year to year, and nothing is chosen by that', () => {
  const ends = [
    press('ArrowLeft', 5),
    press('ArrowRight', 29),
    press('PageUp', 20),
    press('PageUp', 5),
    press('Home', 5),
    press('End', 5),
  ];
  expect(ends.map((move) => move?.cursor.at)).toEqual([4, 29, 8, 0, 0, 29]);
  expect(ends.every((move) => move?.chosen === undefined)).toBe(true);
});

test('Enter chooses one bar, Shift and arrows all from where it began', () => {
  expect(press('Enter', 5, 3)).toEqual({ cursor: { at: 5, anchor: 5 }, chosen: [5, 5] });
  const first = press('ArrowRight', 5, 5, { shiftKey: true });
  expect(first).toEqual({ cursor: { at: 6, anchor: 5 }, chosen: [5, 6], goesOn: false });
  expect(press('Home', 6, 5, { shiftKey: true })).toEqual({
    cursor: { at: 0, anchor: 5 },
    chosen: [0, 5],
    goesOn: true,
  });
});

test('what belongs to others is left to them', () => {
  expect(press('ArrowLeft', 5, 5, { altKey: true })).toBeUndefined();
  expect(press('a', 5, 5, { ctrlKey: true })).toBeUndefined();
  expect(press('Tab', 5)).toBeUndefined();
});
