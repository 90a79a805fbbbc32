import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { parseQuery } from '../../shared/query/parse-query.ts';
import { openDatabase } from '../database/orm.ts';
import { runPrepared } from '../database/prepared-query.ts';
import { openTestDatabase } from '../database/testing.ts';
import { silentLog } from '../logging/log.ts';
import { KeywordLeg } from './keyword-leg.ts';
import { attempts, planKeywords } from './keyword-plan.ts';
import { bestQuery } from './keyword-search.ts';
import { findStatistics } from './keyword-statistics.ts';
import { keywordTerms } from './keyword-terms.ts';
import { rebuildWordIndex } from './word-index.repository.ts';

const wordIndex = 'Migration20261121100200_keep_word_index';
const insertMemories = (contents: string) =>
  `insert into memory (id, user_id, content, content_hash, source, occurred_at)
   select uuid_v7(), ?, ${contents}, sha256(convert_to(n::text, 'UTF8')), 'note', now() from generate_series(1, ?) n`;

test.for([20, 2000])('of %i memories, only those with a rare word are looked at', async (count) => {
  const { em } = await openTestDatabase();
  const [user] = await em.execute<{ id: string }[]>(
    `insert into app_user (id, name) values (uuid_v7(), 'Ada') returning id`,
  );
  const userId = user?.id ?? '';
  await em.execute(
    insertMemories(
      `'Walked in the woods ' || case when n % 10 = 0 then 'with a heron ' else '' end || repeat(md5(n::text) || ' ', 20)`,
    ),
    [userId, count],
  );
  await em.execute('analyze memory_word_weight');
  const { query } = parseQuery('heron woods', { now: new Date(), caret: null });
  const terms = keywordTerms(query);
  const statistics = await findStatistics(em, terms);
  const plan = planKeywords(terms, statistics);
  expect(plan.scored.map(({ word, documents }) => [word, documents])).toEqual([
    ['heron', count / 10],
    ['woods', count],
  ]);
  const rareWordsOnly = attempts(plan.scored.slice(0, 1), statistics.documents)[0];
  const filter = { userId, query };
  const { sql, values } = bestQuery(
    { understood: { terms, statistics, plan }, filter, limit: 10 },
    rareWordsOnly,
  );
  const lines = await runPrepared<{ 'QUERY PLAN': string }>(em, { sql: `explain ${sql}`, values });
  const text = lines.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('Bitmap Index Scan on memory_word_weight_words_index');
  expect(text).not.toContain('Seq Scan on memory_word_weight c');
});

test('memories from before words were indexed are found like all others', async () => {
  const before = migrations.filter(({ name }) => name < wordIndex);
  const library = await openTestDatabase({ migrated: false, migrations: before });
  await library.database.migrate();
  const [user] = await library.em.execute<{ id: string }[]>(
    `insert into app_user (id, name) values (uuid_v7(), 'Ada') returning id`,
  );
  const userId = user?.id ?? '';
  await library.em.execute(insertMemories(`'The heron of the lake, number ' || n`), [userId, 2500]);
  const app = await openDatabase({ connection: library.connection, log: silentLog, poolSize: 2 });
  try {
    await app.migrate();
    const leg = new KeywordLeg(app.orm.em.fork());
    const { query } = parseQuery('heron', { now: new Date() });
    const { hits } = await leg.findByWords(query, { userId, query }, { limit: 3000 });
    expect(new Set(hits.map(({ memoryId }) => memoryId)).size).toBe(2500);
    const { query: last } = parseQuery('number 2499', { now: new Date(), caret: null });
    const found = await leg.findByWords(last, { userId, query: last }, { limit: 1 });
    expect(found.hits[0]?.matchedWords).toEqual(['2499', 'number']);
  } finally {
    await app.close();
  }
});

test('the words of a library that are made anew are those that were written memory by memory', async () => {
  const { em } = await openTestDatabase();
  const [user] = await em.execute<{ id: string }[]>(
    `insert into app_user (id, name) values (uuid_v7(), 'Ada') returning id`,
  );
  await em.execute(
    insertMemories(
      `'The heron and the ' || (array['lake', 'reed', 'otter'])[n % 3 + 1] || ' of day ' || repeat(n || ' ', n % 9)`,
    ),
    [user?.id ?? '', 300],
  );
  await em.execute(
    `update memory set title = 'Über das Moor', deleted_at = now() where content like '%otter%'`,
  );
  await em.execute('select gather_word_counts(true)');
  const index = async () => ({
    words: await em.execute(`select memory_id, language, words from memory_word order by 1`),
    weights: await em.execute(
      // How much each weighs depends on the average when it was written.
      `select memory_id, user_id, trashed, array(select w from unnest(words_in(weights)) w where w between 1 and 999999999) as words
       from memory_word_weight order by 1`,
    ),
    counts: await em.execute(`select word, documents, length from word order by 1`),
    spellings: await em.execute(`select word from word_spelling order by 1`),
    waiting: await em.execute(`select word from word_change`),
    indexes: await em.execute(
      `select pg_get_indexdef(i.indexrelid) as definition, a.attstattarget
       from pg_index i join pg_attribute a on a.attrelid = i.indexrelid
       where i.indrelid in ('memory_word_weight'::regclass, 'word_spelling'::regclass) order by 1`,
    ),
  });
  const written = await index();
  expect(written.counts.length).toBeGreaterThan(100);
  await em.transactional((transaction) =>
    rebuildWordIndex((sql) => transaction.execute<Record<string, unknown>[]>(sql)),
  );
  expect(await index()).toEqual(written);
  const scale = `select average_length > 1 as known from word_scale`;
  expect(await em.execute(scale)).toEqual([{ known: true }]);
  const away = `select count(*)::int as count from memory_word_weight w join memory_word m using (memory_id)
    where w.weights::text <> word_weights(m.words, m.average_length)::text`;
  expect(await em.execute(away)).toEqual([{ count: 0 }]);
});
