import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

test('what cannot be kept is cleaned, and lines end in one way', () => {
  expect(cleanText('a\0b\uD800c\uDE00\r\nd\re\r\0\nf\r\rg')).toBe('ab\uFFFDc\uFFFD\nd\ne\nf\n\ng');
  expect(cleanText('\uD83D\0\uDE00')).toBe('\uFFFD\uFFFD');
  expect(cleanText('e\u0301 \u{1F600}')).toBe('\u00E9 \u{1F600}');
});

test('cleaning what is clean changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff)), (units) => {
      const text = String.fromCharCode(...units);
      const clean = cleanText(text);
      expect(cleanText(clean)).toBe(clean);
      expect(clean.isWellFormed() && !clean.includes('\0') && !clean.includes('\r')).toBe(true);
    }),
  );
});
