import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse-query.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from '../memories/testing.ts';
import { KeywordLeg } from './keyword-leg.ts';
import { keepWordScale } from './word-scale.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { userId } = person;
const leg = new KeywordLeg(em);

async function add(content: string, title: string | null = null): Promise<string> {
  const { memory } = await person.memories.create({ title, content });
  return memory.id;
}

const parse = (text: string, typing = false) =>
  parseQuery(text, { now: new Date(), caret: typing ? text.length : null }).query;

async function search(text: string, { typing = false, limit = 100, of = userId } = {}) {
  const query = parse(text, typing);
  return leg.findByWords(query, { userId: of, query }, { limit });
}

async function ids(text: string, options?: Parameters<typeof search>[1]): Promise<string[]> {
  const { hits } = await search(text, options);
  return hits.map(({ memoryId }) => memoryId);
}

/** Every word that is counted anywhere, and in how many memories it is said to stand. */
async function counts(): Promise<Record<string, number>> {
  const rows = await em.execute<{ word: string; documents: number }[]>(
    `select word, sum(documents)::integer as documents
     from (select word, documents from word union all select word, documents from word_change) c
     group by word having sum(documents) <> 0`,
  );
  return Object.fromEntries(rows.map(({ word, documents }) => [word, documents]));
}

/** The same from the memories themselves. */
async function trueCounts(): Promise<Record<string, number>> {
  const rows = await em.execute<{ word: string; documents: number }[]>(
    `select lexeme as word, count(*)::integer as documents
     from memory_word w cross join lateral unnest(tsvector_to_array(w.words)) lexeme
       join memory m on m.id = w.memory_id group by 1
     union all select E'\\x01' || language, count(*)::integer from memory_word group by language`,
  );
  return Object.fromEntries(rows.map(({ word, documents }) => [word, documents]));
}

test('the rarer a word, the more it counts, and a word of the title counts more than one of the text', async () => {
  const common = await Promise.all(
    Array.from({ length: 12 }, (_, n) => add(`Walked along the river once more, the ${n}th time this year`)),
  );
  const rare = await add('Saw a kingfisher near the bridge over there this afternoon, so it was');
  expect((await ids('river kingfisher')).slice(0, 1)).toEqual([rare]);
  expect(await ids('river kingfisher')).toHaveLength(common.length + 1);
  const inText = await add('About the otter that lives in our little stream');
  const inTitle = await add('It lives in our little stream, says the neighbour', 'Otter');
  expect(await ids('otter')).toEqual([inTitle, inText]);
});

test('a hit says how much of the query it has, and which words', async () => {
  const id = await add('Quince jelly needs patience');
  const { hits, maxPossibleScore } = await search('quince marmalade');
  expect(hits).toMatchObject([
    { memoryId: id, score: expect.any(Number), maxPossibleScore, matchedWords: ['quince'] },
  ]);
  expect(hits[0]?.score).toBeGreaterThan(0);
  expect(hits[0]?.score).toBeLessThan(maxPossibleScore);
});

test('each memory is read in its own language, and accents do not matter', async () => {
  const german = await add('Die Häuser an der Straße sind alle sehr alt, und ich mag sie');
  const french = await add('Les crêpes de ma grand-mère étaient les meilleures, et je ne sais pas pourquoi');
  const english = await add('She was running to the stations because of all the delays');
  expect(
    await em.execute(
      `select language from memory_word where memory_id = any(array[?, ?, ?]::uuid[]) order by language`,
      [german, french, english],
    ),
  ).toEqual([{ language: 'english' }, { language: 'french' }, { language: 'german' }]);
  expect(await ids('haus')).toEqual([german]);
  expect(await ids('strasse')).toEqual([german]);
  expect(await ids('crepe grand-mere')).toEqual([french]);
  expect(await ids('runs station')).toEqual([english]);
});

test('words of scripts without spaces are found inside of a sentence, single characters too', async () => {
  const japanese = await add('昨日は図書館で日本語を勉強しました。猫');
  const other = await add('日光は本当に遠い語学');
  const thai = await add('เมื่อวานไปเที่ยวทะเลกับเพื่อน');
  expect((await ids('日本語'))[0]).toBe(japanese);
  expect(await ids('"日本語"')).toEqual([japanese]);
  expect(await ids('猫')).toEqual([japanese]);
  expect(await ids('語学')).toEqual([other]);
  expect((await ids('ทะเล'))[0]).toBe(thai);
});

test('what stands in quotes has to be there in that order, small words and all', async () => {
  const hamlet = await add('To be, or not to be: that is the question.');
  const shuffled = await add('Or is that to be the question? Not to be answered.');
  expect(await ids('"to be or not to be"')).toEqual([hamlet]);
  expect(await ids('"question that"')).toEqual([]);
  expect((await ids('"the question"')).toSorted()).toEqual([hamlet, shuffled].toSorted());
  expect(await ids('"the question" -"not to be answered"')).toEqual([hamlet]);
  expect(await ids('"to be or not" OR "not to be answered"')).toHaveLength(2);
});

test('what is excluded is not there, whatever else is', async () => {
  const plain = await add('Zucchini soup for six');
  const withMint = await add('Zucchini salad with peppermint');
  expect((await ids('zucchini')).toSorted()).toEqual([plain, withMint].toSorted());
  expect(await ids('zucchini -peppermint')).toEqual([plain]);
});

test('what is excluded, and what stands in quotes, counts behind any number of words', async () => {
  const id = await add('Gazpacho with the forbidden cucumber');
  const many = Array.from({ length: 70 }, (_, n) => `word${n}`).join(' ');
  expect(await ids(`gazpacho ${many}`)).toEqual([id]);
  expect(await ids(`gazpacho ${many} -forbidden`)).toEqual([]);
  expect(await ids(`gazpacho ${many} "without cucumber"`)).toEqual([]);
  expect(await ids(`gazpacho ${many} "forbidden cucumber"`)).toEqual([id]);
});

test('a beginning stands for all words that begin so, also where it is excluded', async () => {
  const all: string[] = [];
  for (let n = 0; n < 60; n++) all.push(await add(`Sauce velou${n}te`));
  expect((await ids('velou*')).toSorted()).toEqual(all.toSorted());
  expect((await ids('velou', { typing: true })).toSorted()).toEqual(all.toSorted());
  expect(await ids('sauce -velou*')).toEqual([]);
  const carp = await add('The carp in the pond near the mill');
  expect(await ids('pond -carpex*')).toEqual([carp]);
});

test('a word that is still being typed stands for those it begins', async () => {
  const id = await add('Our greenhouse effectively became a sauna while gardening');
  expect(await ids('greenh', { typing: true })).toEqual([id]);
  expect(await ids('greenh*')).toEqual([id]);
  expect(await ids('gardeni', { typing: true })).toEqual([id]);
});

test('a word that stands nowhere is taken for one like it, and it is said for which', async () => {
  const id = await add('The Archaeopteryx of Solnhofen is a fossil of its own');
  const { hits, correctedTo } = await search('archeoptrix');
  expect(hits.map(({ memoryId }) => memoryId)).toEqual([id]);
  expect(correctedTo).toEqual([{ from: 'archeoptrix', to: 'archaeopteryx' }]);
  expect((await search('fossils')).correctedTo).toBeUndefined();
  expect((await search('xqzwvk')).hits).toEqual([]);
});

test('what others wrote, and what was thrown away, makes no slip a word', async () => {
  const [own, other] = [await addPerson(newEm), await addPerson(newEm)];
  const { memory: bicycle } = await own.memories.create({ content: 'The bicycle was repaired' });
  const { memory: slip } = await own.memories.create({ content: 'The bycicle in the shed' });
  await own.bulk.trash([slip.id]);
  await other.memories.create({ content: 'My bycicle and my bicylce' });
  const of = own.userId;
  for (const text of ['bycicle', 'bicylce']) {
    const { hits, correctedTo } = await search(text, { of });
    expect(hits.map(({ memoryId }) => memoryId)).toEqual([bicycle.id]);
    expect(correctedTo).toEqual([{ from: text, to: 'bicycle' }]);
  }
  const inTrash = await search('bycicle in:trash', { of });
  expect([inTrash.hits.map(({ memoryId }) => memoryId), inTrash.correctedTo]).toEqual([[slip.id], undefined]);
  await other.memories.create({ content: 'Zwieback and marzipan' });
  expect((await search('marzipam', { of })).hits).toEqual([]);
});

test('a slip beside a word that is there is told as well, and where the words like it stand is marked', async () => {
  const own = await addPerson(newEm);
  const { memory } = await own.memories.create({
    content: 'The conservatory is full of tomatoes near the lagoon',
  });
  const both = await search('lagoon conservatroy', { of: own.userId });
  expect(both.hits[0]?.matchedWords).toEqual(['lagoon']);
  expect(both.suggested).toEqual([{ from: 'conservatroy', to: 'conservatory' }]);
  expect((await search('lagoon conservatory', { of: own.userId })).suggested).toBeUndefined();
  const marks = await leg.highlight([memory.id], parse('conservatroy'), own.userId);
  expect(marks.get(memory.id)?.content).toEqual([{ start: 4, end: 16 }]);

  // Others have the word beside it: then this one was not found by a word like the other.
  await own.memories.create({ content: 'Who repaired the boiler' });
  const beside = await leg.highlight([memory.id], parse('repaired conservatroy'), own.userId);
  expect(beside.get(memory.id)?.content).toEqual([]);
});

test('nobody finds the memories of others, and the trash is searched by itself', async () => {
  const other = await addPerson(newEm);
  const id = await add('Tiramisu without eggs');
  await other.memories.create({ title: null, content: 'Tiramisu with amaretto' });
  expect(await ids('tiramisu')).toEqual([id]);
  await person.bulk.trash([id]);
  expect(await ids('tiramisu')).toEqual([]);
  expect(await ids('tiramisu in:trash')).toEqual([id]);
  await person.trash.purge([id]);
  expect(await ids('tiramisu in:trash')).toEqual([]);
  expect(Object.keys(await counts())).toContain('amaretto');
  expect(Object.keys(await counts())).not.toContain('egg');
});

test('an edited memory is found by its new words alone', async () => {
  const id = await add('Borscht on Friday');
  await person.memories.update({ id, version: 1, content: 'Goulash on Friday' });
  expect(await ids('borscht')).toEqual([]);
  expect(await ids('goulash')).toEqual([id]);
  expect(Object.keys(await counts())).not.toContain('borscht');
});

test('filters leave what they say', async () => {
  const { memory } = await person.memories.create({
    title: null,
    content: 'Rhubarb crumble',
    tags: ['Kitchen notes'],
    importance: 0.9,
    pinned: true,
    occurredAt: '2024-05-05T12:00:00.000Z',
    sessionId: await person.addSession('Spring cooking'),
    documentId: await person.addDocument('recipes.pdf'),
  });
  const plain = await add('Rhubarb leaves are poisonous');
  for (const filter of [
    'tag:"kitchen NOTES"',
    'importance:>0.8',
    'is:pinned',
    'before:2025',
    'on:2024-05',
    'session:spring',
    'document:recipes',
    '-is:untagged',
    'has:document',
  ])
    expect([filter, await ids(`rhubarb ${filter}`)]).toEqual([filter, [memory.id]]);
  for (const filter of [
    '-tag:"kitchen notes"',
    'importance:<=0.8',
    '-is:pinned',
    'after:2025',
    '-session:spring',
    'is:untagged',
  ])
    expect([filter, await ids(`rhubarb ${filter}`)]).toEqual([filter, [plain]]);
  expect(await ids('rhubarb tag:other')).toEqual([]);
});

test('memories found otherwise get the score that they would have had', async () => {
  const query = parse('persimmon chutney');
  const [one, two, neither] = [
    await add('Persimmon chutney'),
    await add('Chutney of apples'),
    await add('Nothing of the kind'),
  ];
  const { hits } = await leg.findByWords(query, { userId, query }, { limit: 10 });
  const scores = await leg.scoreOf([neither, two, one], query, userId);
  const scoreOf = (list: typeof hits, id: string) => list.find(({ memoryId }) => memoryId === id)?.score;
  expect([one, two].map((id) => scoreOf(scores, id))).toEqual([one, two].map((id) => scoreOf(hits, id)));
  expect(scoreOf(scores, neither)).toBe(0);
});

test('in a library of others, common words still find all of one’s own', async () => {
  const [crowd, quiet] = [await addPerson(newEm), await addPerson(newEm)];
  await em.execute(
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), case when n % 500 = 499 then ?::uuid else ?::uuid end, 'Lighthouse in the fog, ' || n % 7,
       sha256(convert_to(n::text, 'UTF8')), 'note', '2020-01-01'::timestamptz + n * interval '1 hour'
     from generate_series(1, 4000) n`,
    [quiet.userId, crowd.userId],
  );
  expect(await ids('lighthouse fog', { of: quiet.userId })).toHaveLength(8);
  expect(await ids('lighthouse after:2020-05 before:2020-06', { of: quiet.userId })).toHaveLength(2);
  expect(await ids('lighthouse after:2020-02', { of: crowd.userId, limit: 60 })).toHaveLength(60);
});

test('what says nothing finds nothing', async () => {
  for (const text of ['', '!!!', '-river', '"—"', 'tag:none'])
    expect([text, await ids(text)]).toEqual([text, []]);
  expect(await ids('river '.repeat(1500))).not.toEqual([]);
});

test('matches are marked where they stand in what was written', async () => {
  const content = '👍 Gärten & gardens: the garden_path — GARDENING! 日本語を勉強';
  const id = await add(content, 'My Garden of the year and of the day');
  const marked = async (text: string) => {
    const found = (await leg.highlight([id], parse(text), userId)).get(id);
    return found?.content.map(({ start, end }) => content.slice(start, end));
  };
  expect(await marked('garden')).toEqual(['gardens', 'garden', 'GARDENING']);
  expect(await marked('"the garden path"')).toEqual(['the garden_path']);
  expect(await marked('勉強')).toEqual(['勉強']);
});

test('a long text is found by its last words, in any script', async () => {
  const end = 'In the end a pangolin appears.';
  const long = await add(`${'The heron stands in the reeds. '.repeat(12_000)}${end}`);
  const japanese = await add(`${'今日は天気がいい。'.repeat(9000)}東京タワー`);
  const mixed = await add(`${'English words come first here. '.repeat(2000)} wallaby 今日`);
  expect(await ids('pangolin')).toEqual([long]);
  expect((await ids('東京タワー'))[0]).toBe(japanese);
  expect(await ids('wallaby')).toEqual([mixed]);
  const content = (await leg.highlight([long], parse('pangolin'), userId)).get(long)?.content;
  expect(content).toEqual([{ start: 372_000 + 13, end: 372_000 + 21 }]);
});

test('a giant memory is kept and found by what it begins with', async () => {
  const words = Array.from({ length: 260_000 }, (_, n) => `w${n.toString(36)}`)
    .join(' ')
    .slice(0, 1_900_000);
  const id = await add(`Gigantomachy ${words}`);
  const thai = await add('ทะเลสวยมาก'.repeat(60_000));
  const oddities = await add(`${'\u{1F600}\u0301‮﷽½ '.repeat(1000)} strangeness`);
  expect(await ids('gigantomachy')).toEqual([id]);
  expect((await ids('สวยมาก'))[0]).toBe(thai);
  expect(await ids('strangeness')).toEqual([oddities]);
  const found = await leg.highlight([id], parse('gigantomachy'), userId);
  expect(found.get(id)?.content).toEqual([{ start: 0, end: 12 }]);
});

test('counts of words are those of the memories, whatever happened at once and however they are gathered', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => addPerson(newEm)));
  await Promise.all(
    people.map(async ({ memories, bulk, trash }, n) => {
      const mine: string[] = [];
      for (let round = 0; round < 8; round++) {
        const content = `The common words of everyone, in another order ${round % 2 ? 'zebra apple' : 'apple zebra'} ${n}`;
        const { memory } = await memories.create({ title: null, content });
        mine.push(memory.id);
        if (round % 3 === 0) await leg.gatherCounts();
        if (round % 4 === 3) {
          await bulk.trash([memory.id]);
          await trash.purge([memory.id]);
        }
      }
    }),
  );
  expect(await counts()).toEqual(await trueCounts());
  await leg.gatherCounts();
  expect(await counts()).toEqual(await trueCounts());
  expect(await em.execute('select word from word where documents <= 0')).toEqual([]);
});

test('when the average length has moved, all weights are made anew, and end as if it had always been so', async () => {
  expect(await keepWordScale(em)).toBeGreaterThan(0);
  expect(await keepWordScale(em)).toBe(0);
  const different = await em.execute(
    `select from memory_word_weight w join memory_word m using (memory_id) cross join word_scale s
     where w.weights <> word_weights(m.words, s.average_length)`,
  );
  expect(different).toEqual([]);
});

test('a search that is given up ends', async () => {
  const query = parse('river');
  await expect(
    leg.findByWords(
      query,
      { userId, query },
      { limit: 10, signal: AbortSignal.abort(new Error('typed on')) },
    ),
  ).rejects.toThrow('typed on');
});
