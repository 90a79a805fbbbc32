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
  const before = migrations.filter(({ name }) => name < 'Migration20261121100000');
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
    expect(new Set(hits.map(({ memoryId }) => memoryId)).size).toBe(1000);
    const { query: last } = parseQuery('number 2499', { now: new Date(), caret: null });
    const found = await leg.findByWords(last, { userId, query: last }, { limit: 1 });
    expect(found.hits[0]?.matchedWords).toEqual(['2499', 'number']);
  } finally {
    await app.close();
  }
});
