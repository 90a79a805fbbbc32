import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySources } from '../schemas/memory.ts';
import { zoneOf } from './calendar.ts';
import { formatQuery } from './format-query.ts';
import { isEmptyRange } from './importance.ts';
import { parseQuery } from './parse-query.ts';
import { periodOf } from './period.ts';
import { type SearchQuery, searchQuery } from './search-query.ts';
import { isPhraseText, isPlainWord, isValueText, queryTokens } from './tokens.ts';

const options = { now: new Date('2026-11-21T12:00:00Z'), timeZone: 'Europe/Berlin' };
const zone = zoneOf(options.timeZone);

const fragment = fc.oneof(
  fc.constantFrom(
    ...'tag: -tag: session: source: document: after: before: on: importance: is: has: in: as-of:'.split(' '),
  ),
  fc.constantFrom(
    'OR',
    '-',
    '*',
    '"',
    '\\',
    '“',
    '”',
    '„',
    ',',
    ':',
    '..',
    '>',
    '<=',
    '(',
    ')',
    '\0',
    '.5',
    '0.3..0.7',
  ),
  fc.constantFrom(
    'pinned',
    'untagged',
    'version',
    'trash',
    'web',
    'note',
    '2026-03',
    'last month',
    'monday',
    'garden',
  ),
  fc.constantFrom(' ', '  ', '\n', '\u00a0'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const typed = fc.oneof(
  fc.array(fragment, { maxLength: 40 }).map((all) => all.join('')),
  fc.string({ unit: 'binary' }),
);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'garden',
    'to do',
    'a,b',
    '"',
    '\\',
    '\\"',
    'OR',
    'or',
    '-x',
    '--x',
    'tag:',
    'is:pinned',
    'x*',
    '“a”',
    'a"b',
  ),
);
const word = text.filter(isPlainWord);
const phrase = fc.record({ kind: fc.constant('phrase' as const), text: text.filter(isPhraseText) });
const term = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: word, prefix: fc.boolean() }),
  phrase,
);
const excluded = term.filter(({ kind, text: it }) => kind === 'phrase' || !it.startsWith('-'));
const values = fc.array(text.map((name) => name.normalize('NFC')).filter(isValueText), { maxLength: 4 });
const date = fc
  .constantFrom(
    '2026',
    '2026-03',
    'yesterday',
    'last month',
    'March 5th, 2025',
    '2024..2025',
    '2026-03-01T12:30',
  )
  .map((it) => {
    const period = periodOf(it, options.now, zone);
    return { text: it, from: period?.from.toISOString() ?? '', until: period?.until.toISOString() ?? '' };
  });
const edge = fc.option(
  fc.record({ value: fc.double({ min: 0, max: 1, noNaN: true }), inclusive: fc.boolean() }),
);
const sources = fc.array(fc.constantFrom(...memorySources), { maxLength: 3 });
const maybe = fc.option(fc.boolean());
const anyQuery: fc.Arbitrary<SearchQuery> = fc.record({
  text: fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
  withoutText: fc.array(excluded, { maxLength: 3 }),
  tags: fc.array(
    values.filter((all) => all.length > 0),
    { maxLength: 3 },
  ),
  withoutTags: values,
  sessions: values,
  withoutSessions: values,
  sources,
  withoutSources: sources,
  documents: values,
  withoutDocuments: values,
  after: fc.option(date),
  before: fc.option(date),
  on: fc.array(date, { maxLength: 2 }),
  asOf: fc.option(date),
  importance: fc.option(
    fc.record({ from: edge, to: edge }).filter(({ from, to }) => from !== null || to !== null),
  ),
  pinned: maybe,
  untagged: maybe,
  hasVersion: maybe,
  hasDocument: maybe,
  inTrash: fc.boolean(),
});

test('any text at all is a query, and what is wrong with it has its place', () => {
  fc.assert(
    fc.property(typed, fc.option(fc.nat(60)), (whole, caret) => {
      const { query, problems } = parseQuery(whole, { ...options, caret });
      expect(searchQuery.safeParse(query).error).toBeUndefined();
      for (const { from, to, message } of problems) {
        expect([from >= 0, from < to, to <= whole.length]).toEqual([true, true, true]);
        expect(message).toMatch(/^[A-Z“][^]{20,}/u);
      }
    }),
    { numRuns: 1500 },
  );
});

test('text without operators and quotes never has a problem', () => {
  const plain = typed.map((whole) => whole.replaceAll(/[-:"“”„]/gu, ''));
  fc.assert(
    fc.property(plain, (whole) => {
      expect(parseQuery(whole, options).problems).toEqual([]);
    }),
  );
});

test('the tokens of a text leave out nothing but spaces', () => {
  fc.assert(
    fc.property(typed, (whole) => {
      let end = 0;
      for (const { from, to } of queryTokens(whole)) {
        expect(whole.slice(end, from)).toMatch(/^[\s\0]*$/);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(whole.slice(end)).toMatch(/^[\s\0]*$/);
    }),
    { numRuns: 500 },
  );
});

test('a query written out anew means what the text meant', () => {
  fc.assert(
    fc.property(typed, (whole) => {
      const { query } = parseQuery(whole, options);
      expect(parseQuery(formatQuery(query), options).query).toEqual(query);
    }),
    { numRuns: 1500 },
  );
});

test('any query can be written as text, and is read as itself', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      expect(searchQuery.safeParse(query).error).toBeUndefined();
      const read = parseQuery(formatQuery(query), options);
      expect(read.query).toEqual(query);
      // Wrong in itself: an importance that no memory can have, and what has no letter that could be looked for.
      const wrong = read.problems.filter(({ message }) => !message.startsWith('This has no letter'));
      expect(wrong.length).toBe(query.importance && isEmptyRange(query.importance) ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});

test('a query that fills its whole length can be written, too', () => {
  for (const part of ['importance:.5 ', 'gard* ', 'a"b ', String.raw`"\a\" `, 'x']) {
    const { query } = parseQuery(part.repeat(Math.ceil(10_000 / part.length)), options);
    expect(searchQuery.safeParse(query).error).toBeUndefined();
    expect(parseQuery(formatQuery(query), options).query).toEqual(query);
  }
});

test('filters come first, so that typing goes on in the words', () => {
  const written = (query: string) => formatQuery(parseQuery(query, options).query);
  expect(written('roses OR tulips tag:garden importance:>.5 "red ones" -cut gard')).toBe(
    'tag:garden importance:>0.5 -cut roses OR tulips "red ones" gard',
  );
  expect(written('gard tag:a')).toBe('tag:a gard ');
  expect(written('gard* rose ')).toBe('gard* rose ');
  expect(written('Tag:"to do" after:"Last Month"')).toBe('tag:"to do" after:"Last Month"');
});
