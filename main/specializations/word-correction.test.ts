import { expect, test } from 'vitest';
import { closestWords } from './word-correction.ts';

const known = [
  { word: 'garden', times: 3 },
  { word: 'harden', times: 1 },
  { word: 'contract', times: 2 },
  { word: 'law', times: 9 },
];

test('a slip is taken for the nearest word the library has, of two for the one said most', () => {
  expect(closestWords(['gadren', 'contratc'], known)).toEqual([
    { from: 'gadren', to: 'garden' },
    { from: 'contratc', to: 'contract' },
  ]);
  expect(closestWords(['arden'], known)).toEqual([{ from: 'arden', to: 'garden' }]);
});

test('what is there, what is only begun, and what is like nothing stay as they were typed', () => {
  expect(closestWords(['Garden', 'contr', 'lwa', 'telescope'], known)).toEqual([]);
});
