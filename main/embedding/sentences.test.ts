import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentencesIn, sentencesOf } from './sentences.ts';

const split = (text: string): string[] => sentencesOf(text).map(({ start, end }) => text.slice(start, end));
const beginnings = (text: string): string[] =>
  Array.from(sentencesIn(text), ({ start, end, begins }) => `${begins}: ${text.slice(start, end)}`);

test('prose is split at the ends of its sentences', () => {
  expect(split('It rained. Did it? "Yes!" she said… And so on')).toEqual([
    'It rained.',
    'Did it?',
    '"Yes!" she said… And so on',
  ]);
  expect(split('今天下雨。我们在家。')).toEqual(['今天下雨。', '我们在家。']);
});

test('abbreviations, initials and numbers end no sentence', () => {
  expect(
    split('Dr. Smith met J. R. R. Tolkien. It cost 3.5 euros, e.g. Tuesday. So did I. Then we left.'),
  ).toEqual([
    'Dr. Smith met J. R. R. Tolkien.',
    'It cost 3.5 euros, e.g. Tuesday.',
    'So did I.',
    'Then we left.',
  ]);
});

test('lines wrapped at the width of a page are one sentence, short lines are their own', () => {
  expect(
    split(
      'This sentence is long enough to have been wrapped by\na mail program. Another.\nmilk\neggs\nAnna: hello\nBen: hi',
    ),
  ).toEqual([
    'This sentence is long enough to have been wrapped by\na mail program.',
    'Another.',
    'milk',
    'eggs',
    'Anna: hello',
    'Ben: hi',
  ]);
});

test('list items keep their marks, and their own sentences', () => {
  expect(split('1. First thing. It is long.\r\n2. Second thing\r\n- third\n* fourth')).toEqual([
    '1. First thing.',
    'It is long.',
    '2. Second thing',
    '- third',
    '* fourth',
  ]);
});

test('a heading stands for itself and keeps what is under it; code is split at its lines', () => {
  expect(
    beginnings('# Garden\n\nRoses.\nTulips.\n\nPonds.\n---\n```ts\nconst a = 1;\n\nf(a);\n```\nEnd.'),
  ).toEqual([
    'heading: # Garden',
    'continuation: Roses.',
    'sentence: Tulips.',
    'paragraph: Ponds.',
    'continuation: ---',
    'paragraph: ```ts',
    'continuation: const a = 1;',
    'sentence: f(a);',
    'continuation: ```',
    'paragraph: End.',
  ]);
});

test('the sentences of a piece have their places in the whole text', () => {
  const text = 'First. Second one. Third. Fourth.';
  expect(sentencesOf(text, { start: 7, end: 25 })).toEqual([
    { start: 7, end: 18 },
    { start: 19, end: 25 },
  ]);
});

test('nothing but white space is lost between sentences', () => {
  const fragment = fc.oneof(
    fc.constantFrom(
      'Word. ',
      'word ',
      '# ',
      '```\n',
      '\n',
      '\r\n',
      '\n\n',
      '- ',
      '1. ',
      'Dr. ',
      'x'.repeat(50),
      '。',
      '---',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 60 }), (fragments) => {
      const text = fragments.join('');
      let end = 0;
      for (const sentence of sentencesOf(text)) {
        expect(text.slice(end, sentence.start).trim()).toBe('');
        expect(text.slice(sentence.start, sentence.end)).toBe(
          text.slice(sentence.start, sentence.end).trim(),
        );
        expect(sentence.end).toBeGreaterThan(sentence.start);
        end = sentence.end;
      }
      expect(text.slice(end).trim()).toBe('');
    }),
    { numRuns: 300 },
  );
});
