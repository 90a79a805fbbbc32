import { expect, test } from 'vitest';
import { mergedLeft, readLeft, writeLeft, type LeftAt } from './left-at.ts';
import { noSelection, only } from './selection.ts';

const at = (offset: number, selection: LeftAt['selection'] = noSelection): LeftAt => ({ offset, selection });

test('what was written of lists is read as it was', () => {
  const lists = [
    ['memories', at(1200, only('a'))],
    ['pinned', at(0, { ids: new Set(['b', 'c']), cursor: 'c', anchor: 'c' })],
    ['trash', at(40)],
  ] as const;
  expect(readLeft(writeLeft(lists))).toEqual(lists);
});

test('of very many that were chosen only the place is kept', () => {
  const ids = Array.from({ length: 100_000 }, (_, n) => `id ${n}`);
  const text = writeLeft([['memories', at(5, { ids: new Set(ids), cursor: 'id 7', anchor: 'id 7' })]]);
  expect(text.length).toBeLessThan(100);
  expect(readLeft(text)).toEqual([['memories', at(5, only('id 7'))]]);
});

test('the oldest of many lists are forgotten', () => {
  const lists = Array.from({ length: 30 }, (_, n) => [`list ${n}`, at(n)] as const);
  const kept = readLeft(writeLeft(lists));
  expect([kept.length, kept[0]?.[0], kept.at(-1)?.[0]]).toEqual([12, 'list 18', 'list 29']);
});

test('what another window has left stays beside one’s own', () => {
  const theirs = [['memories', at(1)] as const, ['trash', at(2)] as const];
  expect(mergedLeft(theirs, [['memories', at(9)]])).toEqual([
    ['trash', at(2)],
    ['memories', at(9)],
  ]);
});

test.each([
  undefined,
  '',
  '{',
  '7',
  '[7]',
  '[["memories"]]',
  '[["memories","1",null,[]]]',
  '[["a",1,null,7]]',
])('a damaged note (%j) is as if there were none', (text) => {
  expect(readLeft(text)).toEqual([]);
});
