import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffWords, type DiffPart } from './word-diff.ts';

const without = (parts: DiffPart[], kind: DiffPart['kind']) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('');
const written = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('');

test('what changed is marked word by word', () => {
  expect(written('The cat sat.', 'The black cat sat!')).toBe('The {+black +}cat sat[-.-]{+!+}');
  expect(written('one two three', 'one 2 three')).toBe('one [-two-]{+2+} three');
  expect(written('same', 'same')).toBe('same');
  expect(written('', 'new')).toBe('{+new+}');
  expect(written('old', '')).toBe('[-old-]');
  expect(diffWords('', '')).toEqual([]);
});

test('a word is a word in every script', () => {
  expect(written('naïve Übung', 'naïve Übungen')).toBe('naïve [-Übung-]{+Übungen+}');
  expect(written('私は猫が好き', '私は犬が好き')).toBe('私は[-猫-]{+犬+}が好き');
  expect(written('a 👍 b', 'a 👎 b')).toBe('a [-👍-]{+👎+} b');
});

test('a paragraph that was moved leaves the others alone', () => {
  const [a, b, c] = ['Alpha one.\n', 'Beta two and more words.\n', 'Gamma.\n'];
  expect(written(a + b + c, a + c + b)).toContain('Beta two and more words');
  expect(without(diffWords(a + b + c, a + c + b), 'added')).toBe(a + b + c);
});

test('both texts can be put together again from the parts', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'the', ' ', '\n', '.', '猫', 'é'), { maxLength: 60 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [before, after] = [one.join(''), other.join('')];
      const parts = diffWords(before, after);
      expect(without(parts, 'added')).toBe(before);
      expect(without(parts, 'removed')).toBe(after);
      // No part continues the one before it, and what was removed stands before what came in its place.
      for (const [index, { kind }] of parts.entries()) {
        expect(parts[index - 1]?.kind).not.toBe(kind);
        if (kind === 'removed') expect(parts[index - 1]?.kind).not.toBe('added');
      }
    }),
    { numRuns: 2000 },
  );
});

/** The same for the same seed; with words that come again and again. */
function longText(seed: number, common: number): string {
  let state = seed;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const words = Array.from({ length: 220_000 }, (_, index) =>
    random() < common ? `word${index % 5000}` : `other${Math.floor(random() * 3000)}`,
  );
  return words.join(' ');
}

test('small changes all over a long text are found one by one', () => {
  const [before, after] = [longText(1, 0.997), longText(2, 0.997)];
  const parts = diffWords(before, after);
  expect(without(parts, 'added') === before && without(parts, 'removed') === after).toBe(true);
  expect(
    without(
      parts.filter(({ kind }) => kind === 'same'),
      'added',
    ).length,
  ).toBeGreaterThan(before.length * 0.99);
});

test('texts of two megabytes are compared, however little they have in common', () => {
  const words = Array.from({ length: 250_000 }, (_, index) => `w${index}`);
  for (const [before, after] of [
    [words.join(' '), words.map((word) => word + word).join(' ')],
    [longText(1, 0.5), longText(2, 0.5)],
    ['a b '.repeat(500_000), 'b a c '.repeat(300_000)],
  ] as const) {
    const parts = diffWords(before, after);
    expect(without(parts, 'added') === before && without(parts, 'removed') === after).toBe(true);
  }
});
