import { expect, test } from 'vitest';
import { changedFacts } from './history-words.ts';
import { textsIn } from '../../../shared/texts/index.ts';
import { importanceInWords } from '../../text/importance.ts';
import { losesMuch } from './memory-changes.ts';
import { firstLineOf } from './title-of.ts';
import { countWords } from './word-count.ts';

test('words are counted in any script', () => {
  expect(countWords("Grandmother's well-kept garden, 3 trees — done.")).toBe(6);
  expect(countWords('記憶の宮殿')).toBe(5);
  expect(countWords('שלום עולם')).toBe(2);
  expect(countWords(' \n--- *** ')).toBe(0);
});

test('the first line stands for a title, without the signs of Markdown', () => {
  expect(firstLineOf('\n\n## Spring **plan**\nmore')).toBe('Spring plan');
  expect(firstLineOf('- [ ] Buy seeds')).toBe('Buy seeds');
  expect(firstLineOf('')).toBe('');
});

test('any importance has the word of the nearest step', () => {
  expect([0, 0.1, 0.13, 0.5, 0.62, 0.63, 1].map((value) => importanceInWords(value, textsIn.en))).toEqual([
    'Trifle',
    'Trifle',
    'Minor',
    'Ordinary',
    'Ordinary',
    'Important',
    'Essential',
  ]);
});

test('what changed beside the text is said', () => {
  expect(
    changedFacts({ importance: 0.5, tags: ['a', 'b'] }, { importance: 1, tags: ['b', 'c'] }, textsIn.en),
  ).toEqual(['Importance: Ordinary, then Essential', 'Tags added: c', 'Tags taken away: a']);
});

test('typing loses little of a text; clearing or replacing it loses much', () => {
  expect(losesMuch('Roses want sun.', 'Roses want sun. And')).toBe(false);
  expect(losesMuch('Roses want a lot of sun and rain.', 'Roses want sun and rain.')).toBe(false);
  expect(losesMuch('Roses want a lot of sun and rain.', '')).toBe(true);
  expect(losesMuch('Roses want a lot of sun.', 'Basil is best in the shade of them.')).toBe(true);
});
