import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specializationStatuses } from '../../schemas/specialization.ts';
import { isEmptyRange } from '../importance.ts';
import { isPhraseText, isPlainWordBy, isValueText } from '../tokens.ts';
import { amountRange, byteUnits } from './amount.ts';
import { formatSpecializationQuery } from './format-query.ts';
import { readFormats, specializationOperatorNamed, specializationOperatorNames } from './operators.ts';
import { parseSpecializationQuery, specializationCompletionAt } from './parse-query.ts';
import { type SpecializationQuery, specializationQuery } from './specialization-query.ts';

const parse = (text: string) => parseSpecializationQuery(text, { caret: null });

const fragment = fc.oneof(
  fc.constantFrom(...specializationOperatorNames.flatMap((name) => [`${name}:`, `-${name}:`])),
  fc.constantFrom(
    'OR',
    '-',
    '*',
    '"',
    '\\',
    ',',
    ':',
    '..',
    '>',
    '<=',
    '16',
    '8..64',
    '100mb',
    '1.5k',
    '.5',
    '\0',
  ),
  fc.constantFrom('llama', 'q_proj', 'gguf', 'yes', 'no', 'dora', 'trash', 'bf16', 'missing', 'law'),
  fc.constantFrom(' ', '  ', '\n'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const typed = fc.array(fragment, { maxLength: 30 }).map((all) => all.join(''));

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('law', 'a,b', '"', '\\', 'OR', '-x', 'base:', 'tag:x', 'x*', 'a"b'),
);
const word = text.filter((each) => isPlainWordBy(specializationOperatorNamed, each));
const phrase = fc.record({ kind: fc.constant('phrase' as const), text: text.filter(isPhraseText) });
const soughtWord = fc.record({ kind: fc.constant('word' as const), text: word, prefix: fc.boolean() });
const values = fc.array(text.filter(isValueText), { maxLength: 3 });
const groups = fc.array(fc.array(text.filter(isValueText), { minLength: 1, maxLength: 2 }), { maxLength: 2 });
const flag = fc.constantFrom(true, false, null);
const amount = (value: fc.Arbitrary<number>) => {
  const edge = fc.option(fc.record({ value, inclusive: fc.boolean() }));
  return fc.option(
    fc
      .record({ from: edge, to: edge })
      .filter((range) => (range.from ?? range.to) !== null && !isEmptyRange(range)),
  );
};
const whole = fc.oneof(
  fc.nat(),
  fc.nat({ max: 5000 }).map((each) => each * 1e6),
);
const query: fc.Arbitrary<SpecializationQuery> = fc.record({
  text: fc.array(fc.array(fc.oneof(soughtWord, phrase), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
  withoutText: fc.array(
    fc.oneof(
      soughtWord.filter((each) => !each.text.startsWith('-')),
      phrase,
    ),
    { maxLength: 2 },
  ),
  bases: values,
  withoutBases: values,
  domains: values,
  withoutDomains: values,
  formats: fc.array(fc.constantFrom(...readFormats), { maxLength: 2 }),
  withoutFormats: fc.array(fc.constantFrom(...readFormats), { maxLength: 2 }),
  dtypes: values,
  withoutDtypes: values,
  statuses: fc.array(fc.constantFrom(...specializationStatuses), { maxLength: 2 }),
  withoutStatuses: fc.array(fc.constantFrom(...specializationStatuses), { maxLength: 2 }),
  tags: groups,
  withoutTags: values,
  targets: groups,
  withoutTargets: values,
  rank: amount(whole),
  alpha: amount(fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs)),
  size: amount(whole),
  params: amount(whole),
  memories: amount(whole),
  missing: flag,
  dora: flag,
  rslora: flag,
  image: flag,
  copied: flag,
  linked: flag,
  inTrash: fc.boolean(),
});

describe('a query for specializations', () => {
  test('is read from whatever is typed, and written so that it is read again as the same', () => {
    fc.assert(
      fc.property(typed, (written) => {
        const first = parse(written).query;
        expect(specializationQuery.safeParse(first).error).toBeUndefined();
        expect(parseSpecializationQuery(formatSpecializationQuery(first)).query).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });

  test('made of its parts comes back as it was', () => {
    fc.assert(
      fc.property(query, (made) => {
        expect(parseSpecializationQuery(formatSpecializationQuery(made)).query).toEqual(made);
      }),
      { numRuns: 1000 },
    );
  });

  test('says where in the text something was not understood', () => {
    fc.assert(
      fc.property(typed, (written) => {
        for (const { from, to } of parse(written).problems) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(written.length);
          expect(from).toBeLessThan(to);
        }
      }),
    );
  });
});

test('filters and words are told apart', () => {
  const { query: read, problems } = parse(
    'base:llama rank:>=16 target:q_proj format:gguf missing:yes contract law',
  );
  expect(problems).toEqual([]);
  expect(read).toMatchObject({
    bases: ['llama'],
    rank: { from: { value: 16, inclusive: true }, to: null },
    targets: [['q_proj']],
    formats: ['gguf'],
    missing: true,
    text: [[{ text: 'contract' }], [{ text: 'law' }]],
  });
});

test.each([
  ['size:>100mb', { from: { value: 100e6, inclusive: false }, to: null }],
  ['size:1.5gb', { from: { value: 1.5e9, inclusive: true }, to: { value: 1.5e9, inclusive: true } }],
  ['size:1kib..2MB', { from: { value: 1024, inclusive: true }, to: { value: 2e6, inclusive: true } }],
])('%s is an amount of bytes', (written, range) => {
  expect(parse(written).query.size).toEqual(range);
});

test.each([
  ['rank:large', 'no number', 5, 10],
  ['format:gguff', 'There is no format:gguff', 7, 12],
  ['-rank:>=16', 'There is no -rank', 0, 10],
  ['rank:>8 rank:<4', 'Nothing can have this rank', 13, 15],
  ['is:dora -is:dora', 'cannot be', 8, 16],
  ['base:llama OR rank:8', 'OR stands between', 11, 13],
  ['size:64..8', 'no number', 5, 10],
])('“%s” is told to be wrong, and where', (written, message, from, to) => {
  const [problem] = parse(written).problems;
  expect(problem).toMatchObject({ from, to });
  expect(problem?.message).toContain(message);
});

test('what is meant is suggested', () => {
  expect(parse('format:gguff').problems[0]?.suggestion).toBe('gguf');
  expect(parse('-rank:>=16').problems[0]?.suggestion).toBe('rank:<16');
});

test('the word that is being typed may go on', () => {
  expect(parseSpecializationQuery('contr').query.text).toEqual([
    [{ kind: 'word', text: 'contr', prefix: true }],
  ]);
  expect(amountRange('1tb', byteUnits)?.from?.value).toBe(1e12);
});

test('what is being typed behind an operator is told, to be completed', () => {
  expect(specializationCompletionAt('law format:gg', 13)).toMatchObject({
    kind: 'value',
    operator: 'format',
    typed: 'gg',
    from: 11,
    to: 13,
  });
  expect(specializationCompletionAt('tag:x ran', 9)).toMatchObject({ kind: 'word', typed: 'ran' });
});
