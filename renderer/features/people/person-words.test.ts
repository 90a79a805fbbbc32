import { expect, test } from 'vitest';
import { textsIn } from '../../../shared/texts/index.ts';
import { memoriesInWords } from '../../text/quantities.ts';
import { initialOf, isConfirmed } from './person-words.ts';

test('the sign of a person is the first letter as a reader sees it', () => {
  expect(['work', 'Émile', 'e\u0301mile', '👩‍👩‍👧 us', 'שלום', ' x'].map(initialOf)).toEqual([
    'W',
    'É',
    'E\u0301',
    '👩‍👩‍👧',
    'ש',
    'X',
  ]);
});

test('memories are counted as one speaks', () => {
  expect([0, 1, 2, 12_345].map(memoriesInWords)).toEqual([
    'no memories',
    '1 memory',
    '2 memories',
    '12,345 memories',
  ]);
});

test('the button of a removal says all that goes', () => {
  const { deed } = textsIn.en.people.removal;
  expect(deed('Work', 0)).toBe('Remove Work for good');
  expect(deed('Work', 12)).toBe('Remove Work and 12 memories for good');
  expect(textsIn.de.people.removal.deed('Arbeit', 1)).toBe('Arbeit und 1 Erinnerung endgültig entfernen');
});

test('only the exact name confirms a removal, however its accents were typed', () => {
  const typed = ['Zoe\u0301', ' Zoé ', 'zoé', 'Zo', '', 'Zoé 2'];
  expect(typed.map((text) => isConfirmed(text, 'Zoé'))).toEqual([true, true, false, false, false, false]);
});
