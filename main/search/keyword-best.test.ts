import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse-query.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from '../memories/testing.ts';
import { FewFinder } from './few-finder.ts';
import { KeywordLeg } from './keyword-leg.ts';
import { attempts } from './keyword-plan.ts';
import { findBest } from './keyword-search.ts';

const { em, newEm } = await openTestDatabase();
const leg = new KeywordLeg(em);

const person = await addPerson(newEm);
const { userId } = person;
await em.execute(
  `insert into memory (id, user_id, content, content_hash, source, occurred_at)
   select uuid_v7(), ?, c, sha256(convert_to(c, 'UTF8')), 'note', now()
   from (select 'Order ' || n || ' was sent by post, see the invoice and the list of other things' as c
     from generate_series(1, 4100) n) x`,
  [userId],
);
// Much that begins alike.
await em.execute(
  `insert into memory (id, user_id, content, content_hash, source, occurred_at)
   select uuid_v7(), ?, c, sha256(convert_to(c, 'UTF8')), 'note', now()
   from (select 'Der Inv' || chr(97 + n) || 'r und die anderen Dinge lagen mit der Post auf dem Tisch' as c
     from generate_series(0, 20) n) x`,
  [userId],
);
const { memory } = await person.memories.create({
  title: 'Order',
  content: 'Order 7, order 8 and order 9. Invoice for the order: invoice 12.',
});

test.for(['order invoice', 'order', 'order invoice importance:>=0'])(
  'of thousands with every word of “%s”, the one that is all about it is first, however late it was written',
  async (text) => {
    const { query } = parseQuery(text, { now: new Date(), caret: null });
    const { hits } = await leg.findByWords(query, { userId, query }, { limit: 50 });
    expect(hits[0]?.memoryId).toBe(memory.id);
  },
);

test.for(['order invoice', 'order inv', '"order 41"', '"sent by post"'])(
  'of many that pass a filter and are not named the same are found for “%s” as of those that are',
  async (text) => {
    await em.execute(
      `update memory set importance = 0.9
       where id in (select id from memory where content like '% 41%' order by content limit 60)`,
    );
    const { query } = parseQuery(`${text} importance:>0.8`, { now: new Date(), caret: text.length });
    const find = async (mostNamed: number) => {
      const { hits } = await new KeywordLeg(em, new FewFinder(em, { mostNamed })).findByWords(
        query,
        { userId, query },
        { limit: 50 },
      );
      return hits.map(({ memoryId, score }) => ({ memoryId, score }));
    };
    const named = await find(1000);
    expect(named.length).toBeGreaterThan(0);
    expect(await find(10)).toEqual(named);
  },
);

test('of a word that many others begin with, what says it whole is first, and then what the commonest say', async () => {
  // 130 words: Gartzaa, Gartzab, …; the last of them stands in most memories.
  await em.execute(
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), ?, c, sha256(convert_to(c, 'UTF8')), 'note', now()
     from (select 'Gartz' || chr(97 + n / 26) || chr(97 + n % 26) || ' stands in page ' || k as c
       from generate_series(0, 129) n, generate_series(1, 30 + case n when 129 then 200 else 0 end) k) x`,
    [userId],
  );
  const text = 'gart';
  for (let n = 0; n < 60; n++) await person.memories.create({ content: `Gart is in sentence ${n}` });
  const { query } = parseQuery(text, { now: new Date(), caret: text.length });
  const { hits } = await leg.findByWords(query, { userId, query }, { limit: 100 });
  const rows = await em.execute<{ id: string }[]>(`select id from memory where content like 'Gart is%'`);
  expect(new Set(hits.slice(0, 60).map(({ memoryId }) => memoryId))).toEqual(
    new Set(rows.map(({ id }) => id)),
  );
});

test.for([
  { text: 'order invoice' },
  { text: 'order' },
  { text: 'order inv', typed: true },
  { text: 'order invoice', further: [1, 2, 3, 4] },
  { text: 'order', further: [1, 2, 3, 4, 5, 6, 7] },
])(
  'of “$text” in a library of a million the memories that say it most are looked at',
  async ({ text, typed, further = [] }) => {
    const { query } = parseQuery(text, { now: new Date(), caret: typed ? text.length : null });
    const { terms, statistics, plan } = await leg.understand(query);
    const input = { understood: { terms, statistics, plan }, filter: { userId, query }, limit: 50 };
    const scored = plan.scored.map((word) => ({ ...word, ids: [...word.ids, ...further] }));
    for (const attempt of attempts(scored, 1_000_000)) {
      expect(attempt.candidates.every(({ withoutIndex }) => withoutIndex !== true)).toBe(true);
      const [best] = await findBest(em, input, attempt);
      expect(best?.id).toBe(memory.id);
    }
  },
);
