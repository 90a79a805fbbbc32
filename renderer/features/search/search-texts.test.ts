import { expect, test } from 'vitest';
import { textsIn } from '../../../shared/texts/index.ts';
import { aroundFocus, occurrences, piecesOf } from './hit-text.ts';
import { placesIn } from './marked-places.ts';
import { chipsOf, problemsOf, withoutFilter } from './query-filters.ts';
import { suggestionsFor } from './suggestions.ts';

const overview = {
  tags: [
    { id: '1', name: 'garden', colour: null, memories: 12 },
    { id: '2', name: 'garden tools', colour: null, memories: 3 },
  ],
  sessions: [],
  savedSearches: [{ id: '3', name: 'Drips', query: 'drip irrigation' }],
};

test('a filter becomes a chip once it is written, and goes with the OR that joined it', () => {
  const text = 'tag:garden OR tag:"garden tools" -weeds is:pinned drip';
  expect(chipsOf(text, null, textsIn.en).map(({ words }) => words)).toEqual([
    'Tag: garden',
    'Tag: garden tools',
    'Without weeds',
    'Pinned',
  ]);
  expect(chipsOf('drip tag:gar', 12, textsIn.en)).toEqual([]);
  const [first] = chipsOf(text, null, textsIn.en);
  expect(first && withoutFilter(text, first)).toBe('tag:"garden tools" -weeds is:pinned drip');
  expect(withoutFilter('drip tag:garden', { from: 5, to: 15 })).toBe('drip');
});

test('a tag nobody has is named, with the one that was meant', () => {
  const known = { tags: ['garden', 'garden tools'] };
  expect(problemsOf('tag:gardn ', 10, known, textsIn.en)).toEqual([
    { from: 4, to: 9, message: 'There is no tag “gardn”.', suggestion: 'garden' },
  ]);
  expect(problemsOf('tag:gardn', 9, known, textsIn.en)).toEqual([]);
  expect(problemsOf('tag:Garden ', null, known, textsIn.en)).toEqual([]);
  expect(problemsOf('tag:anything ', null, { tags: undefined }, textsIn.en)).toEqual([]);
});

test('what is suggested is written as a query needs it', () => {
  const [plain, quoted] = suggestionsFor('roses tag:gar', 13, { overview, recent: [] }, textsIn.en);
  expect(plain).toMatchObject({ label: 'garden', text: 'roses tag:garden ', caret: 17 });
  expect(quoted).toMatchObject({ text: 'roses tag:"garden tools" ' });
  expect(suggestionsFor('gar', 3, { overview, recent: [] }, textsIn.en)[0]).toMatchObject({
    text: 'tag:garden ',
  });
  expect(suggestionsFor('', 0, { overview, recent: ['old'] }, textsIn.en).map(({ label }) => label)).toEqual([
    'old',
    'Drips',
    'tag:',
    'after:',
    'is:',
  ]);
});

test('a place of a text is shown as it reads, with what matched', () => {
  expect(piecesOf('## Drip\n\n- a **drip**  line', [{ start: 3, end: 7 }])).toEqual([
    { text: 'Drip', isMatch: true, isNearest: false },
    { text: ' a drip line', isMatch: false, isNearest: false },
  ]);
  expect(occurrences('Gardens and c++ regarding garden.', ['garden', 'c++'])).toEqual([
    { start: 0, end: 7 },
    { start: 12, end: 15 },
    { start: 26, end: 32 },
  ]);
});

test('an excerpt begins with a whole word shortly before what it is about', () => {
  const text = 'ecause the winter was long and the ground was still frozen, the roses came late this year.';
  const { text: shown, isCut } = aroundFocus({ start: 400, text }, 400 + text.indexOf('roses'));
  expect(isCut).toBe(true);
  expect(text.split(' ')).toContain(shown.split(' ')[0]);
  expect(shown.indexOf('roses')).toBeLessThan(40);
  expect(aroundFocus({ start: 0, text: 'Short.' }, 0)).toEqual({ start: 0, text: 'Short.', isCut: false });
});

test('words and the nearest sentence are found again in what is rendered', () => {
  const { matches, nearest } = placesIn(
    'Drip lines.Save water, they do. drips',
    ['Drip'],
    'Save  water,\nthey do.',
  );
  expect(matches).toEqual([{ start: 0, end: 4 }]);
  expect(nearest).toEqual({ start: 11, end: 31 });
});
