import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse-query.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from '../memories/testing.ts';
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
