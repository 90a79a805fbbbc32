import path from 'node:path';
import { expect, test } from 'vitest';
import { DroppedFiles } from './dropped-files.ts';

const here = path.resolve('here');

test('what was dropped is found again by its token, and nothing else is', () => {
  const dropped = new DroppedFiles();
  const [token = ''] = dropped.keep([here]);
  expect(dropped.placeOf(token)).toBe(here);
  expect(dropped.placeOf(here)).toBeUndefined();
});

test('what has no place of its own leads nowhere', () => {
  const dropped = new DroppedFiles();
  const tokens = dropped.keep(['', 'beside/me', 42, null, here]);
  expect(tokens.map((token) => dropped.placeOf(token))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    here,
  ]);
});

test('anything but a list is nothing', () => {
  expect(new DroppedFiles().keep({ length: 3 })).toEqual([]);
  expect(new DroppedFiles().keep(undefined)).toEqual([]);
});
