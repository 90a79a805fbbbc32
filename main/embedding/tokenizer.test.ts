import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readModelFiles } from './model-files.ts';
import { builtModelDir } from './testing.ts';
import { createTokenizer } from './tokenizer.ts';

const files = await readModelFiles(builtModelDir);
const maxTokens = 16;
const tokenizer = createTokenizer(files.tokenizer, files.tokenizerConfig, maxTokens);
const unlimited = createTokenizer(files.tokenizer, files.tokenizerConfig, Number.MAX_SAFE_INTEGER);
const [cls, sep] = [101, 102];

test('reading only the start of a long text gives the tokens that reading all of it gives', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'garden',
      'Unbelievable',
      'ΟΔΟΣ',
      'é',
      'e\u0301',
      '東京',
      '[SEP]',
      '[CLS]',
      '\ud83c',
      '😀',
    ),
    fc.constantFrom(' ', '\n', '\t', '\r', '\u00a0', '\u2028', '\ufeff', '\u200b', '\0', '\v'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const text = fc.array(piece, { minLength: 40, maxLength: 120 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (whole) => {
      const all = unlimited.encode(whole);
      const expected = all.length > maxTokens ? [...all.slice(0, maxTokens - 1), sep] : all;
      expect(tokenizer.encode(whole)).toEqual(expected);
      expect(tokenizer.count(whole)).toBe(all.length);
    }),
    { numRuns: 300 },
  );
});

test('an empty text is its two marks', () => {
  expect(tokenizer.encode('')).toEqual([cls, sep]);
  expect(tokenizer.count('')).toBe(2);
});
