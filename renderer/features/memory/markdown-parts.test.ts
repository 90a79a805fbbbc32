import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longFrom, partsOf } from './markdown-parts.ts';

const together = (text: string) =>
  partsOf(text)
    .map((part) => part.text)
    .join('');

test('a memory of usual length is one part', () => {
  expect(partsOf('x'.repeat(longFrom))).toHaveLength(1);
});

test('no letter is lost between the parts of a long one, and each knows where it begins', () => {
  const line = fc.constantFrom(
    'A sentence. '.repeat(300),
    '',
    '```',
    '~~~~',
    'word',
    '🌹'.repeat(9000),
    '- item',
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 10, maxLength: 60 }), (lines) => {
      const text = lines.join('\n');
      expect(together(text)).toBe(text);
      for (const { start, text: part } of partsOf(text)) {
        expect(text.slice(start, start + part.length)).toBe(part);
        expect(part.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('a block of code stays in one part', () => {
  const code = `\`\`\`\n${'line of code\n\n'.repeat(400)}\`\`\`\n\n`;
  const text = `${'A paragraph of some length.\n\n'.repeat(400)}${code}`.repeat(8);
  for (const part of partsOf(text))
    expect(part.text.match(/^```/gm)?.length ?? 0).toSatisfy((n: number) => n % 2 === 0);
});

test('two megabytes without any gap are divided all the same', () => {
  const parts = partsOf('x'.repeat(2_000_000));
  expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThanOrEqual(24_000);
});
