import { expect, test } from 'vitest';
import { ofIds } from './outline.ts';
import { everything, extendedTo, keptIn, noSelection, only, toggled } from './selection.ts';

const outline = ofIds(['a', 'b', 'c', 'd', 'e']);

test('shift takes all from where it began, however often it changes its mind', () => {
  const down = extendedTo(only('b'), outline, 3);
  expect([...down.ids]).toEqual(['b', 'c', 'd']);
  expect([...extendedTo(down, outline, 0).ids]).toEqual(['a', 'b']);
  expect([...extendedTo(noSelection, outline, 2).ids]).toEqual(['c']);
});

test('one after the other can be added and taken away', () => {
  const two = toggled(only('b'), 'd');
  expect([...two.ids]).toEqual(['b', 'd']);
  expect(toggled(two, 'b')).toMatchObject({ ids: new Set(['d']), cursor: 'b' });
});

test('everything is everything, and of nothing there is nothing', () => {
  expect(everything(outline, only('c'))).toEqual({
    ids: new Set(['a', 'b', 'c', 'd', 'e']),
    cursor: 'c',
    anchor: 'c',
  });
  expect(everything(ofIds([]), noSelection)).toBe(noSelection);
});

test('what is gone is no longer chosen, and the next one takes its place', () => {
  const after = ofIds(['a', 'd', 'e']);
  expect(keptIn(only('b'), after, outline)).toEqual(only('d'));
  const range = extendedTo(only('b'), outline, 2);
  expect(keptIn(range, after, outline)).toEqual(only('d'));
  expect(keptIn(only('e'), ofIds(['a']), outline)).toEqual(only('a'));
  expect(keptIn(only('a'), ofIds([]), outline)).toEqual({ ...noSelection });
});

test('the next one takes its place even when others have come at the same time', () => {
  expect(keptIn(only('b'), ofIds(['x', 'y', 'a', 'c', 'd', 'e']), outline)).toEqual(only('c'));
  expect(keptIn(only('e'), ofIds(['x', 'a', 'd', 'y']), outline)).toEqual(only('d'));
  const many = ofIds(Array.from({ length: 300 }, (_, index) => `m${index}`));
  expect(keptIn(only('m1'), ofIds(['x', 'm299']), many)).toEqual(only('m299'));
  expect(keptIn(only('b'), ofIds(['x', 'y']), outline)).toEqual({ ...noSelection });
});

test('what is still there stays chosen as it was', () => {
  const chosen = only('d');
  expect(keptIn(chosen, ofIds(['x', 'd']), outline)).toBe(chosen);
  const two = toggled(only('b'), 'd');
  expect(keptIn(two, ofIds(['a', 'd']), outline)).toMatchObject({ ids: new Set(['d']), cursor: 'd' });
});
