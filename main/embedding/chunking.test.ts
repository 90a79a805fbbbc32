import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readModelFiles } from './model-files.ts';
import { builtModelDir } from './testing.ts';
import { createTokenizer } from './tokenizer.ts';
import { type ChunkedText, type ChunkerOptions, createChunker, type TextPiece } from './chunking.ts';

const files = await readModelFiles(builtModelDir);
const { count } = createTokenizer(files.tokenizer, files.tokenizerConfig, files.identity.maxTokens);
const { maxTokens } = files.identity;
const chunker = createChunker({ count, maxTokens });
const sha256 = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());

function piecesOf(text: string, title: string | null = 'Notes about a garden'): TextPiece[] {
  return [...chunker.pieces({ title, text })];
}
const textsOf = (text: string, title?: string): string[] =>
  piecesOf(text, title).map(({ start, end }) => text.slice(start, end));

/** The same prose in every run, with sentences of 4 to 24 words. */
function prose(paragraphs: number, sentences: number, seed = 1): string[] {
  const words =
    'the garden of my old friend was full green pond water roses climb over walls in summer and rain'.split(
      ' ',
    );
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const sentence = (): string =>
    `So ${Array.from({ length: 4 + next(20) }, () => words[next(words.length)] ?? '').join(' ')} ${next(10_000)}.`;
  return Array.from({ length: paragraphs }, () => Array.from({ length: sentences }, sentence).join(' '));
}

function expectWhole(
  memory: ChunkedText,
  options: ChunkerOptions,
  isAtMost: (tokens: number) => boolean,
): void {
  const { pieces, embeddedText } = createChunker(options);
  const { text } = memory;
  let end = 0;
  for (const [i, piece] of [...pieces(memory)].entries()) {
    const embedded = embeddedText(memory, piece);
    expect(piece.position).toBe(i);
    expect(text.slice(end, piece.start).trim()).toBe('');
    expect(piece.end).toBeGreaterThanOrEqual(piece.start);
    expect(embedded.endsWith(text.slice(piece.start, piece.end))).toBe(true);
    expect(text.slice(piece.start - 1, piece.start + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
    expect(piece.tokens).toBe(options.count(embedded));
    expect(isAtMost(piece.tokens)).toBe(true);
    expect(piece.textHash).toEqual(sha256(embedded));
    end = piece.end;
  }
  expect(text.slice(end).trim()).toBe('');
}

test('a short memory is one piece, and its title goes with it', () => {
  const text = '  The roses are in bloom.\nThe pond is dry. ';
  expect(piecesOf(text, 'Garden')).toEqual([
    {
      position: 0,
      start: 2,
      end: text.length - 1,
      tokens: count(`Garden\n${text}`),
      textHash: sha256('Garden\nThe roses are in bloom.\nThe pond is dry.'),
    },
  ]);
});

test('a title alone is one piece, a memory without a word none', () => {
  expect(piecesOf(' \n', 'Garden')).toMatchObject([
    { position: 0, start: 0, end: 0, textHash: sha256('Garden\n') },
  ]);
  expect(piecesOf('', null)).toEqual([]);
  expect(piecesOf(' \n'.repeat(5000), ' ')).toEqual([]);
});

test('a long title leaves room for the text, at any length', () => {
  for (const title of ['garden '.repeat(500), 'x.'.repeat(500), '花'.repeat(5000), '😀 '.repeat(400)]) {
    const [piece] = piecesOf('Roses.', title);
    const embedded = chunker.embeddedText({ title, text: 'Roses.' }, { start: 0, end: 6 });
    expect(piece?.textHash).toEqual(sha256(embedded));
    const titleTokens = count(embedded) - count('Roses.');
    expect([titleTokens > 24, titleTokens <= 32]).toEqual([true, true]);
  }
});

const fragment = fc.oneof(
  fc.constantFrom(
    'garden ',
    'The end. ',
    'Unbelievable, ',
    'ΟΔΟΣ',
    'e\u0301',
    '東京は雨',
    'カタカナ',
    '[SEP]',
    '\ud83c',
    '😀',
    '👩‍👩‍👧',
  ),
  fc.constantFrom(
    ' ',
    '\n',
    '\n\n',
    '\t',
    '\r\n',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u200b',
    '\0',
    '\v',
    '# ',
    '- ',
    '```\n',
  ),
  fc.constantFrom(
    'x'.repeat(120),
    'a.b.'.repeat(40),
    '花'.repeat(60),
    'สวนของเรา'.repeat(9),
    '\u0301'.repeat(90),
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const anyText = fc.array(fragment, { maxLength: 80 }).map((fragments) => fragments.join(''));
const anyMemory = fc.record({ title: fc.option(anyText), text: anyText });

test('whatever the text, its pieces are all of it, each within what the model reads', () => {
  fc.assert(
    fc.property(anyMemory, (memory) => {
      expectWhole(memory, { count, maxTokens: 32, maxTitleTokens: 8 }, (tokens) => tokens <= 32);
    }),
    { numRuns: 300 },
  );
});

test('a model that reads characters gets pieces within its limit, too', () => {
  const options = {
    count: (text: string) => text.replaceAll(/\s/g, '').length + 2,
    maxTokens: 20,
    maxTitleTokens: 5,
  };
  fc.assert(
    fc.property(anyMemory, (memory) => {
      expectWhole(memory, options, (tokens) => tokens <= 20);
    }),
    { numRuns: 300 },
  );
});

test('a model that reads words otherwise than their parts gets pieces within its limit, too', () => {
  const options = {
    count: (text: string) => 2 + Math.ceil(text.length ** 1.3 / 8),
    maxTokens: 20,
    maxTitleTokens: 5,
  };
  fc.assert(
    fc.property(fc.record({ title: fc.constant(null), text: anyText }), (memory) => {
      const { pieces } = createChunker(options);
      for (const { start, end } of pieces(memory)) {
        expect(options.count(memory.text.slice(start, end))).toBeLessThanOrEqual(20);
      }
    }),
    { numRuns: 300 },
  );
});

test('pieces of a long text are well filled, and none is tiny', () => {
  const pieces = piecesOf(prose(50, 9).join('\n\n'));
  const tokens = pieces.map((piece) => piece.tokens);
  expect(tokens.reduce((sum, each) => sum + each, 0) / tokens.length).toBeGreaterThan(0.6 * maxTokens);
  expect(Math.min(...tokens)).toBeGreaterThan(0.25 * maxTokens);
});

test('what is just too long for one piece becomes two halves rather than a whole and a scrap', () => {
  let text = '';
  for (const [sentence = ''] of Array.from({ length: 60 }, (_, i) => prose(1, 1, i))) {
    if (count(text) <= maxTokens) text += `${sentence} `;
  }
  const pieces = piecesOf(text, null);
  expect(pieces.map(({ tokens }) => tokens > maxTokens / 4)).toEqual([true, true]);
});

test('pieces begin with paragraphs and headings where these are near, and with sentences where not', () => {
  const paragraphs = prose(30, 4);
  for (const text of textsOf(paragraphs.join('\n\n'))) {
    expect(paragraphs.some((paragraph) => paragraph.startsWith(text.slice(0, 40)))).toBe(true);
  }
  for (const text of textsOf(prose(1, 200).join(''))) expect(text).toMatch(/^So [^]*\.$/);
  const sections = paragraphs.map((paragraph, i) => `## Part ${i}\n\n${paragraph}`);
  for (const text of textsOf(sections.join('\n\n'))) expect(text).toMatch(/^## Part/);
});

test('a sentence too long for the model is cut between words, at commas rather', () => {
  const words = Array.from({ length: 900 }, (_, i) => (i % 25 === 24 ? 'water,' : 'garden'));
  const texts = textsOf(words.join(' '), 'Long');
  expect(texts.length).toBeGreaterThan(3);
  for (const text of texts.slice(0, -1)) expect(text).toMatch(/^garden.*water,$/);
});

function changedBy(edit: (paragraphs: string[]) => string[], paragraphs: string[]): number {
  const hashes = (text: string): string[] =>
    piecesOf(text).map(({ textHash }) => Buffer.from(textHash).toString('hex'));
  const before = new Set(hashes(paragraphs.join('\n\n')));
  return hashes(edit(paragraphs).join('\n\n')).filter((hash) => !before.has(hash)).length;
}

test('an edit in the middle of a long text changes only the pieces around it', () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const paragraphs = prose(50, 8, seed);
    const middle = paragraphs[25] ?? '';
    const edited = middle.replace(/\. So .*?\./, '. This sentence has been written anew, with other words.');
    const withEdit = (text: string[]) => (paragraph: string) => (paragraph === middle ? text : [paragraph]);
    const changes = [
      changedBy((all) => all.flatMap(withEdit([edited])), paragraphs),
      changedBy((all) => all.flatMap(withEdit([])), paragraphs),
      changedBy((all) => all.flatMap(withEdit([middle, ...prose(1, 8, 99)])), paragraphs),
      changedBy((all) => ['A new beginning.', ...all], paragraphs),
    ];
    expect(piecesOf(paragraphs.join('\n\n')).length).toBeGreaterThan(30);
    expect(Math.max(...changes)).toBeLessThanOrEqual(8);
    expect(changes[0]).toBeLessThanOrEqual(5);
  }
});

test('the tokenizer is given each part of a long text a few times at most', () => {
  const long = 100_000;
  const texts = [
    prose(300, 8).join('\n\n'),
    'garden '.repeat(long / 7),
    'a.'.repeat(long / 2),
    '花园里有很多花'.repeat(long / 70),
    'x'.repeat(long),
    'A. '.repeat(long / 3),
    '\n'.repeat(long),
  ];
  for (const text of texts) {
    let characters = 0;
    const counted = createChunker({
      count(part) {
        characters += part.length;
        return count(part);
      },
      maxTokens,
    });
    for (const piece of counted.pieces({ title: null, text }))
      expect(piece.tokens).toBeLessThanOrEqual(maxTokens);
    expect(characters / text.length).toBeLessThan(6);
  }
});

test('the first piece of a book is there before the last has been read', () => {
  let characters = 0;
  const lazy = createChunker({ count: (part) => ((characters += part.length), count(part)), maxTokens });
  const text = prose(1500, 8).join('\n\n');
  const { value } = lazy.pieces({ title: null, text }).next();
  expect(value).toMatchObject({ position: 0, start: 0 });
  expect(characters).toBeLessThan(20_000);
});
