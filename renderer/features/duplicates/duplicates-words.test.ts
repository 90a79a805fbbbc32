import { expect, test } from 'vitest';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import { textsIn } from '../../../shared/texts/index.ts';
import { likenessFigures, likenessWords, whatRemains } from './likeness-words.ts';
import { type LookAlikeGroup, pairsOf, placeOf } from './pairs.ts';

const memory = (id: string): MemorySummary => ({
  id,
  title: null,
  preview: id,
  importance: 0.5,
  pinned: false,
  source: 'note',
  occurredAt: '2026-11-21T10:00:00.000Z',
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  deletedAt: null,
  sessionId: null,
  documentId: null,
  version: 1,
  tagIds: [],
});
const group = (...ids: string[]): LookAlikeGroup => ({
  memories: ids.map(memory),
  count: ids.length,
  areCopies: false,
  similarity: 0.98,
  overlap: 0.9,
});

test('of more than two, each is compared with the one that is best kept', () => {
  const pairs = pairsOf([group('a', 'b'), group('c', 'd', 'e')]);
  expect(pairs.map(({ pair }) => pair)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'e'],
  ]);
  expect([placeOf(pairs, ['c', 'e']), placeOf(pairs, ['d', 'c']), placeOf(pairs, ['d', 'e'])]).toEqual([
    2, 1, -1,
  ]);
});

test('how much two are alike is said in words, and never that all words are the same where they are not', () => {
  const said = [1, 0.999, 0.9, 0.72].map((overlap) =>
    likenessWords({ areCopies: false, overlap }, textsIn.en),
  );
  expect(said).toEqual([
    'The same but for a word or two',
    'The same but for a word or two',
    'A few words differ',
    'Much the same',
  ]);
  expect(likenessWords({ areCopies: true, overlap: 1 }, textsIn.en)).toBe('Word for word the same');
  expect(likenessFigures({ areCopies: false, overlap: 0.999 }, textsIn.en)).toBe(
    '99 of 100 words are the same',
  );
});

test('what remains of both names only what they do not have in common', () => {
  const garden = { id: 'g', name: 'garden', colour: null };
  const left = { occurredAt: '2026-05-01T10:00:00.000Z', importance: 0.5, pinned: false, tags: [garden] };
  expect(whatRemains(left, left, textsIn.en)).toBe(
    'Whichever you keep gets the history of both. The other goes to the trash.',
  );
  expect(
    whatRemains(
      left,
      { occurredAt: '2025-03-02T10:00:00.000Z', importance: 0.75, pinned: true, tags: [] },
      textsIn.en,
    ),
  ).toBe(
    'Whichever you keep gets the history of both, the tags of both, the earlier date (2 March 2025), the higher importance (Important) and the pin. The other goes to the trash.',
  );
});
