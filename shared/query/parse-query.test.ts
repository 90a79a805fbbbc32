import { expect, test } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { emptyQuery, type SearchQuery, searchQuery, soughtText } from './search-query.ts';

const options = { now: new Date('2026-11-21T12:00:00Z'), timeZone: 'Europe/Berlin' };
const parse = (text: string) => parseQuery(text, options);
/** What a text asks for, without what it does not mention. */
function asked(text: string): Partial<SearchQuery> {
  const { query, problems } = parseQuery(text, { ...options, caret: null });
  expect(problems).toEqual([]);
  expect(searchQuery.safeParse(query).success).toBe(true);
  const nothing: Record<string, unknown> = emptyQuery();
  return Object.fromEntries(
    Object.entries(query).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(nothing[key])),
  );
}
const word = (text: string) => ({ kind: 'word', text, prefix: false });
const phrase = (text: string) => ({ kind: 'phrase', text });

test('words, phrases and what must not be there', () => {
  expect(asked('roses "climbing plants" -thorns -"cut flowers"')).toEqual({
    text: [[word('roses')], [phrase('climbing plants')]],
    withoutText: [word('thorns'), phrase('cut flowers')],
  });
  expect(asked('“typographic quotes” „mean the same“')).toEqual({
    text: [[phrase('typographic quotes')], [phrase('mean the same')]],
  });
  expect(asked(String.raw`"she said \"no\"" "C:\temp"`)).toEqual({
    text: [[phrase('she said "no"')], [phrase(String.raw`C:\temp`)]],
  });
});

test('OR joins its two neighbours, and no more', () => {
  expect(asked('lake rome OR paris OR "new york" food')).toEqual({
    text: [[word('lake')], [word('rome'), word('paris'), phrase('new york')], [word('food')]],
  });
  expect(asked('tag:garden OR tag:balcony tag:2026')).toEqual({ tags: [['garden', 'balcony'], ['2026']] });
  expect(asked('source:web OR source:file')).toEqual({ sources: ['web', 'file'] });
});

test('an OR that joins nothing is a word', () => {
  expect(asked('Portland OR')).toEqual({ text: [[word('Portland')], [word('or')]] });
  expect(asked('OR gate')).toEqual({ text: [[word('or')], [word('gate')]] });
  expect(asked('this or that')).toEqual({ text: [[word('this')], [word('or')], [word('that')]] });
});

test('filters by tag, session, source and document', () => {
  expect(asked('tag:garden tag:home,"to do, soon" -tag:old,older')).toEqual({
    tags: [['garden'], ['home', 'to do, soon']],
    withoutTags: ['old', 'older'],
  });
  expect(asked('tag:cafe\u0301')).toEqual({ tags: [['caf\u00e9']] });
  expect(asked('SESSION:"Trip to Rome" session:Lecture -session:x')).toEqual({
    sessions: ['Trip to Rome', 'Lecture'],
    withoutSessions: ['x'],
  });
  expect(asked('source:Web,note -source:file document:report.pdf -document:"old report.pdf"')).toEqual({
    sources: ['web', 'note'],
    withoutSources: ['file'],
    documents: ['report.pdf'],
    withoutDocuments: ['old report.pdf'],
  });
  expect(asked(String.raw`session:"The \"best\" day"`)).toEqual({ sessions: ['The "best" day'] });
});

test('filters by what a memory is, has and where it lies', () => {
  expect(asked('is:pinned -is:untagged has:version -has:document in:trash')).toEqual({
    pinned: true,
    untagged: false,
    hasVersion: true,
    hasDocument: false,
    inTrash: true,
  });
});

test('filters by importance', () => {
  const range = (text: string) => asked(text).importance;
  const edge = (value: number, inclusive: boolean) => ({ value, inclusive });
  expect(range('importance:>0.5')).toEqual({ from: edge(0.5, false), to: null });
  expect(range('importance:>=.5')).toEqual({ from: edge(0.5, true), to: null });
  expect(range('importance:<1')).toEqual({ from: null, to: edge(1, false) });
  expect(range('importance:≤0.25')).toEqual({ from: null, to: edge(0.25, true) });
  expect(range('importance:=0.5')).toEqual({ from: edge(0.5, true), to: edge(0.5, true) });
  expect(range('importance:0.3..0.7')).toEqual({ from: edge(0.3, true), to: edge(0.7, true) });
  expect(range('importance:0.3..')).toEqual({ from: edge(0.3, true), to: null });
  expect(range('importance:>0.2 importance:<=0.9 importance:>0.1')).toEqual({
    from: edge(0.2, false),
    to: edge(0.9, true),
  });
});

test('after and before share one instant, on is what lies between, as-of is the end of the day', () => {
  const march = { text: '2026-03', from: '2026-02-28T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' };
  expect(asked('after:2026-03 before:2026-03 on:2026-03 as-of:2026-03')).toEqual({
    after: march,
    before: march,
    on: [march],
    asOf: march,
  });
  expect(asked('on:2024,"last  month"').on?.map((date) => date.text)).toEqual(['2024', 'last month']);
});

test.each([
  'http://example.org/a?b=c:d',
  'note: remember the milk',
  'meet at 12:30',
  'on: Monday, after: lunch, tag: none',
  'ratio 16:9 - not 4:3',
  'see source: the archive',
  '--verbose and e-mail are words',
  String.raw`C:\temp\file.txt`,
  'f(x) = (a OR b) * c',
  '5" pipe, 6\' wall',
  '* item',
  '- item',
  'Re: Fwd: hello',
  'a:b::c',
])('%s is ordinary text', (text) => {
  const { query, problems } = parse(text);
  expect(problems).toEqual([]);
  expect({ ...query, text: [] }).toEqual(emptyQuery());
});

test('an operator with a space behind it is a word', () => {
  expect(asked('on: Monday')).toEqual({ text: [[word('on')], [word('Monday')]] });
});

test('an operator whose value has yet to be typed asks for nothing', () => {
  for (const text of ['tag:', 'session:"', '-tag:', 'rome tag:', 'tag:""', 'rome OR tag:']) {
    expect(parse(text).problems.filter(({ message }) => !message.includes('quotation'))).toEqual([]);
    expect({ ...parse(text).query, text: [] }).toEqual(emptyQuery());
  }
});

test('the word that is being typed may go on', () => {
  const prefixes = (text: string, caret?: number | null) =>
    parseQuery(text, { ...options, ...(caret === undefined ? {} : { caret }) })
      .query.text.flat()
      .map((term) => term.kind === 'word' && term.prefix);
  expect(prefixes('red gard')).toEqual([false, true]);
  expect(prefixes('red gard ')).toEqual([false, false]);
  expect(prefixes('red gard', 3)).toEqual([true, false]);
  expect(prefixes('red gard', null)).toEqual([false, false]);
  expect(prefixes('red* gard ')).toEqual([true, false]);
  expect(prefixes('"red gard"')).toEqual([false]);
  expect(parse('-gard').query.withoutText).toEqual([word('gard')]);
});

test.each([
  ['roses after:lunch', 12, 17, 'is no date', undefined],
  ['after:last month', 6, 16, 'put in quotes', '"last month"'],
  ['x on:3 days ago', 5, 15, 'put in quotes', '"3 days ago"'],
  ['on:march 2025', 3, 13, 'put in quotes', '"march 2025"'],
  ['on:03/04/2026', 3, 13, 'is no date', undefined],
  ['is:pined', 3, 8, 'Write is:pinned or is:untagged', 'pinned'],
  ['has:wings', 4, 9, 'Write has:version or has:document', undefined],
  ['in:box', 3, 6, 'Write in:trash', undefined],
  ['source:notes', 7, 12, 'source:note, ', 'note'],
  ['importance:high', 11, 15, 'from 0 to 1', undefined],
  ['importance:5', 11, 12, 'from 0 to 1', undefined],
  ['importance:0.7..0.3', 11, 19, 'from 0 to 1', undefined],
  ['importance:>0.7 importance:<0.3', 27, 31, 'Write one range', undefined],
  ['-after:2026', 0, 11, 'Write before:', 'before:2026'],
  ['-importance:>0.5', 0, 16, 'There is no -', 'importance:<=0.5'],
  ['-on:today', 0, 9, 'There is no -', undefined],
  ['after:2025 after:2026', 11, 21, 'the last counts', undefined],
  ['after:2025,2026', 0, 15, 'first value', undefined],
  ['is:pinned -is:pinned', 10, 20, 'cannot be', undefined],
  ['is:pinned,untagged', 0, 18, 'apply together', 'is:pinned is:untagged'],
  ['rome OR tag:x', 5, 7, 'OR stands between words', undefined],
  ['rome OR -paris', 5, 7, 'OR stands between words', undefined],
  ['say "hello there', 4, 16, 'no end', '"hello there"'],
  ['session:"Trip to', 8, 16, 'no end', '"Trip to"'],
])('%s: says where and what to write instead', (text, from, to, message, suggestion) => {
  const { problems } = parse(text);
  expect(problems).toEqual([
    {
      from,
      to,
      message: expect.stringContaining(message),
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ]);
});

test('an accepted suggestion mends the problem', () => {
  for (const text of [
    'after:last month x',
    'is:pined',
    '-after:2026',
    '-importance:>0.5',
    'tag:"a',
    'a "b',
  ]) {
    const [problem] = parse(text).problems;
    if (problem?.suggestion === undefined) throw new Error(`${text} has no suggestion`);
    const mended = text.slice(0, problem.from) + problem.suggestion + text.slice(problem.to);
    expect(parse(mended).problems).toEqual([]);
  }
});

test('an open quotation is taken to the end', () => {
  expect(parse('say "hello there').query.text).toEqual([[word('say')], [phrase('hello there')]]);
  expect(parse('session:"Trip to').query.sessions).toEqual(['Trip to']);
});

test('a text too long to be a query is read as far as it goes', () => {
  const { query, problems } = parse('word '.repeat(5000));
  expect(searchQuery.safeParse(query).success).toBe(true);
  expect(problems).toEqual([
    { from: 320, to: 9_999, message: expect.stringContaining('Only the first 64') },
    { from: 10_000, to: 25_000, message: expect.stringContaining('Only the first 10,000') },
  ]);
});

test('what is sought has the words in their order, and no filters', () => {
  expect(soughtText(parse('what did tag:rome we "eat out" -pizza there').query)).toBe(
    'what did we eat out there',
  );
});

test('what has no letter to look for is left out, and that is said where it stands', () => {
  for (const text of ['party "🎉"', 'party -"..."', 'party -🎉', 'party "—"']) {
    const { problems } = parse(text);
    expect([text, problems]).toEqual([text, [{ from: 6, to: text.length, message: expect.any(String) }]]);
  }
  expect(parse('🎉 — party').problems).toEqual([]);
  expect(parse('"日" "½ cup" "C++" -the').problems).toEqual([]);
});

test('more words than are looked for are named where they begin', () => {
  const words = 'lake '.repeat(64);
  expect(parse(`${words}-sea "the shore" tag:italy`).problems).toEqual([]);
  expect(parse(`${words}boat -sea sail`).problems).toEqual([
    { from: words.length, to: words.length + 14, message: expect.stringContaining('64 words') },
  ]);
  expect(parse('-a '.repeat(1001)).problems).toMatchObject([{ from: 3000, to: 3002 }]);
});
