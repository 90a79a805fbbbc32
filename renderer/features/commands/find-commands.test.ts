import { expect, test } from 'vitest';
import { fitOf, fitting } from './find-commands.ts';

test('a command is found by the beginnings of its words, in any order', () => {
  expect(fitOf('hist ch', 'History of changes')).toBeDefined();
  expect(fitOf('changes history', 'History of changes')).toBeDefined();
  expect(fitOf('histx', 'History of changes')).toBeUndefined();
  expect(fitOf('', 'History of changes')).toBe(0);
});

test('what begins with the typed word comes before what has it later or within', () => {
  const all = ['Untrashed', 'Move to trash', 'Trash', 'Settings'];
  expect(fitting('trash', all, (words) => words)).toEqual(['Trash', 'Move to trash', 'Untrashed']);
});
