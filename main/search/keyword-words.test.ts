import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse-query.ts';
import { betweenWords, tokensOf, unseen, unspaced } from '../../shared/query/words.ts';
import { openTestDatabase } from '../database/testing.ts';
import { textArray } from '../database/sql-values.ts';
import { addPerson } from '../memories/testing.ts';
import { KeywordLeg } from './keyword-leg.ts';

const { em, newEm } = await openTestDatabase();
const leg = new KeywordLeg(em);

/** Of these texts, those that a search does not find, each in a library of its own. */
async function missed(cases: readonly (readonly [content: string, text: string])[]): Promise<string[]> {
  const person = await addPerson(newEm);
  const { userId } = person;
  const found: string[] = [];
  for (const [content, text] of cases) {
    const { memory } = await person.memories.create({ content });
    const { query } = parseQuery(text, { now: new Date(), caret: null });
    const { hits, correctedTo } = await leg.findByWords(query, { userId, query }, { limit: 1000 });
    if (correctedTo || !hits.some(({ memoryId }) => memoryId === memory.id))
      found.push(`${text} in ${content}`);
  }
  return found;
}

test('a word is found whatever typography surrounds it', async () => {
  const contents = [
    'He said “garden” to her',
    'He loves his garden’s roses',
    'The house—garden—and street',
    'house–garden–street',
    'and then… garden…',
    'Er sagte »garden« laut',
    'Er sagte „garden“ laut',
    'the\u00A0garden\u00A0gate',
    'the garden🌷',
    '🌷garden',
    '•garden',
    'house，garden，street',
    'house\u3000garden',
    'house\u200Bgarden\u200Bgate',
    'gar\u00ADden',
    'house→garden',
    'garden° 5',
    'garden€ 5',
    '¿garden?',
    'house·garden',
    'house\u2028garden',
    '\uFEFFgarden',
    '\u200Fgarden\u200F',
    'garden™ x',
    'garden\u202F: oui',
    'garden′ x',
    'garden\uFE0F x',
    'garden¹ and street²',
    '½garden',
  ];
  expect(await missed(contents.map((content) => [content, 'garden'] as const))).toEqual([]);
  expect(
    await missed([
      ['C’est l’amour', 'amour'],
      ['C’est l’amour', "l'amour"],
      ['the mail of O’Brien came', "o'brien"],
      ['the mail of O’Brien came', 'brien'],
      ["We don't panic here", 'don’t'],
      ['We don’t panic here', '"don\'t panic"'],
    ]),
  ).toEqual([]);
});

test('a word is found however its letters are written', async () => {
  expect(
    await missed([
      ['Η Αθήνα είναι η πρωτεύουσα και το λιμάνι της', 'αθηνα'],
      ['ΑΘΗΝΑ', 'Αθήνα'],
      ['Αθήνα', 'ΑΘΗΝΑ'],
      ['ΣΊΣΥΦΟΣ', 'Σίσυφος'],
      ['Москва', 'МОСКВА'],
      ['İzmir', 'izmir'],
      ['مُحَمَّد يكتب', 'محمد'],
      ['محـــمد يكتب', 'محمد'],
      ['أحمد في البيت', 'احمد'],
      ['القرآن', 'القران'],
      ['שָׁלוֹם', 'שלום'],
      ['за\u0301мок на горе', 'замок'],
      ['ｶﾞｰﾃﾞﾝの花', 'ガーデン'],
      ['ガーデンの花', 'ｶﾞｰﾃﾞﾝ'],
      ['か\u3099くせい', 'がくせい'],
      ['Ｇａｒｄｅｎ', 'garden'],
      ['cafe\u0301', 'café'],
      ['CO₂ in the air', 'co2'],
      ['an eﬃcient way', 'efficient'],
      ['Cre\u0300me bru\u0302le\u0301e', '"creme brulee"'],
    ]),
  ).toEqual([]);
  expect(await missed([['замок', 'замой']])).toHaveLength(1);
});

test('matches are marked however their letters are written', async () => {
  const person = await addPerson(newEm);
  const content = 'the gar\u00ADden’s ｶﾞｰﾃﾞﾝの花 and “cafe\u0301”';
  const { memory } = await person.memories.create({ content });
  const { query } = parseQuery('garden ガーデン café', { now: new Date(), caret: null });
  const marks = (await leg.highlight([memory.id], query, person.userId)).get(memory.id);
  expect(marks?.content.map(({ start, end }) => memory.content.slice(start, end))).toEqual([
    'gar\u00ADden',
    'ｶﾞｰﾃﾞﾝ',
    'café',
  ]);
});

const inRanges = (ranges: string) =>
  ranges
    .trim()
    .split(/\s+/)
    .map((range) => range.split('-').map((code) => Number.parseInt(code, 16)));
const holds = (ranges: readonly number[][], code: number) =>
  ranges.some(([from = 0, to = from]) => from <= code && code <= to);

test.for([undefined, 'another server' as const])(
  'a query is cut where a text is cut, at every character there is, on the server of the app or %s',
  async (on) => {
    const library = on === undefined ? { em } : await openTestDatabase({ on });
    const runs = inRanges(unspaced);
    const texts: string[] = [];
    for (let code = 1; code < 0x20000; code++) {
      const character = String.fromCodePoint(code);
      if (/\p{Assigned}/u.test(character) && !/[\p{Cs}\p{Co}]/u.test(character) && !holds(runs, code))
        texts.push(`left${character}right`);
    }
    expect(texts.length).toBeGreaterThan(40_000);
    const written = Array.from({ length: Math.ceil(texts.length / 500) }, (_, n) =>
      texts.slice(n * 500, n * 500 + 500).join(' '),
    );
    const cut = written.map((text) => [...tokensOf(text)].map((token) => token.text).join(' '));
    const different = await library.em.execute(
      `select words, asked from unnest(?::text[], ?::text[]) t(written, cut)
         cross join lateral (select words_of('loci_simple', written) as words, words_of('loci_simple', cut) as asked offset 0) w
       where words <> asked`,
      [textArray(written), textArray(cut)],
    );
    expect(different).toEqual([]);
  },
);

test('what stands between words is all that Unicode takes for neither letter, mark nor number', () => {
  const between = inRanges(betweenWords);
  const hidden = inRanges(unseen);
  const raised = /[²³¹⁰⁴-⁹¼-¾⅐-⅟↉]/;
  const wrong: string[] = [];
  for (let code = 0x80; code < 0x20000; code++) {
    const character = String.fromCodePoint(code);
    if (/[\p{Cn}\p{Co}\p{Cs}]/u.test(character) || holds(hidden, code)) continue;
    const isWord = /[\p{L}\p{M}\p{N}]/u.test(character) && !raised.test(character);
    if (isWord === holds(between, code)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});
