import { expect, test } from 'vitest';
import { listKey } from './list-keys.ts';
import { ofIds } from './outline.ts';
import { noSelection, only, type Selection } from './selection.ts';

const outline = ofIds(['a', 'b', 'c', 'd', 'e']);
const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

function press(key: string, selection: Selection, held: Partial<typeof plain> = {}, isMac = false) {
  const cursorRow = selection.cursor === undefined ? -1 : outline.indexOf(selection.cursor);
  return listKey({ ...plain, ...held, key }, { outline, selection, cursorRow, page: 2, isMac });
}

test('arrows, pages and the ends move, and stop at the ends', () => {
  const from = (key: string, id: string) => press(key, only(id))?.selection.cursor;
  expect([
    from('ArrowDown', 'b'),
    from('ArrowUp', 'b'),
    from('ArrowDown', 'e'),
    from('ArrowUp', 'a'),
  ]).toEqual(['c', 'a', 'e', 'a']);
  expect([from('PageDown', 'b'), from('PageUp', 'b'), from('Home', 'd'), from('End', 'a')]).toEqual([
    'd',
    'a',
    'a',
    'e',
  ]);
  expect(press('ArrowDown', noSelection)?.selection.cursor).toBe('a');
});

test('with shift they take along what is between, and nothing opens', () => {
  const moved = press('End', only('c'), { shiftKey: true });
  expect(moved).toMatchObject({
    row: 4,
    opens: false,
    selection: { ids: new Set(['c', 'd', 'e']), anchor: 'c' },
  });
});

test('with control the keyboard goes alone, and space takes what it is on', () => {
  const moved = press('ArrowDown', only('a'), { ctrlKey: true });
  expect(moved?.selection).toMatchObject({ ids: new Set(['a']), cursor: 'b' });
  const taken = press(' ', moved?.selection ?? noSelection, { ctrlKey: true });
  expect(taken?.selection.ids).toEqual(new Set(['a', 'b']));
});

test('everything is chosen by the key of the system, and other keys are left alone', () => {
  expect(press('a', noSelection, { ctrlKey: true })?.selection.ids.size).toBe(5);
  expect(press('a', noSelection, { metaKey: true }, true)?.selection.ids.size).toBe(5);
  expect([
    press('a', noSelection),
    press('x', only('a')),
    press('ArrowLeft', only('a'), { altKey: true }),
  ]).toEqual([undefined, undefined, undefined]);
});
