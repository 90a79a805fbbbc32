import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SearchRequest } from '../../shared/schemas/search.ts';
import { openTestDatabase } from '../database/testing.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson, type TestPerson } from '../memories/testing.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { RelatedService } from './related-service.ts';
import { SearchService } from './search-service.ts';

const { database, em, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
beforeAll(() => embedder.whenSettled());
afterAll(() => embedder.stop());

/** A library in which many say nearly the same: `n` counts from 1, and is the age in hours. */
async function library(contents: readonly (readonly [sql: string, count: number, age?: string])[]) {
  const person = await addPerson(newEm);
  for (const [sql, count, age = "n * interval '1 hour'"] of contents)
    await em.execute(
      `insert into memory (id, user_id, content, content_hash, source, occurred_at)
       select uuid_v7(), ?, c, sha256(convert_to(c, 'UTF8')), 'note', now() - age
       from (select ${sql} as c, ${age} as age from generate_series(1, ?) n) x`,
      [person.userId, count],
    );
  await embedAll(person);
  const service = new SearchService({
    em: newEm(),
    currentUserId: () => person.userId,
    embedder,
    pending: () => 0,
  });
  const query = (text: string, more: Partial<SearchRequest> = {}) =>
    service.query({ text, caret: null, timeZone: 'UTC', ...more });
  const idsOf = async (text: string, more: Partial<SearchRequest> = {}) =>
    (await query(text, more)).hits.map(({ memory }) => memory.id);
  return { person, query, idsOf };
}

async function embedAll({ userId }: TestPerson): Promise<void> {
  const queue = new EmbeddingQueue({ database, embedder, currentUserId: () => userId, log: silentLog });
  await queue.whenIdle();
  await queue.stop();
}

test('a minus alone finds what does not have the word, however many newer ones have it', async () => {
  const { query } = await library([
    [`'The cat sat on mat number ' || n`, 210],
    [`'A dog ran through the park, day ' || n`, 5, `interval '1 year' + n * interval '1 hour'`],
  ]);
  expect(await query('-cat')).toMatchObject({ found: 5, nothingRelevant: false });
  expect((await query('-"cat sat"')).found).toBe(5);
  expect((await query('in:trash -cat')).found).toBe(0);
}, 60_000);

test('what is left when the nearest are excluded, or lack what is in quotes, is found', async () => {
  const { query } = await library([
    [`'My cat is a playful feline animal, note ' || n`, 130],
    [`'The tomcat and the kittens are animals that purr, note ' || n`, 20],
  ]);
  for (const text of [
    'pets that meow -cat',
    'meow -"playful feline"',
    'meow -cat importance:>0',
    'pets that meow "kittens"',
  ]) {
    const { hits } = await query(text, { limit: 10 });
    expect([text, hits.length]).toEqual([text, 10]);
    for (const { memory } of hits) expect(memory.preview).toContain('tomcat');
  }
}, 120_000);

test('copies are one hit with their true number, and keep nobody else out', async () => {
  const { query } = await library([
    [`'Garlic garlic planted in the garden bed.'`, 450],
    [
      `'In the long garden book there is something said about garlic among many other words and vegetables, page ' || n`,
      20,
    ],
  ]);
  for (const by of ['both', 'words', 'meaning'] as const) {
    const { hits, found } = await query('garlic', { limit: 10, by });
    expect([by, hits.length, found, hits[0]?.copies.length]).toEqual([by, 10, 21, 449]);
    expect(hits.slice(1).every(({ copies }) => copies.length === 0)).toBe(true);
  }
  const newest = await query('garlic', { order: 'newest', limit: 50 });
  expect([newest.found, newest.hits.find(({ copies }) => copies.length > 0)?.copies.length]).toEqual([
    21, 449,
  ]);
  expect((await query('garlic -bed', { limit: 50 })).found).toBe(20);
}, 120_000);

test('what is related is told, however many copies a memory has', async () => {
  const { person } = await library([
    [`'Garlic is planted in the garden bed before the frost comes.'`, 60],
    [`'Onions and leeks are planted in the vegetable bed before winter, like garlic, row ' || n`, 5],
  ]);
  const [one] = await em.execute<{ id: string }[]>(
    `select id from memory where user_id = ? and content like 'Garlic is%' limit 1`,
    [person.userId],
  );
  const service = new RelatedService({ em: newEm(), currentUserId: () => person.userId, embedder });
  const { by, related } = await service.related({ id: one?.id ?? '' });
  expect([by, related.length]).toEqual(['meaning', 5]);
}, 120_000);

test('the newest that is about it is the first by time, however far down it is by nearness', async () => {
  const { person, query, idsOf } = await library([
    [`'The garden is nice, says page ' || n`, 300, `interval '10 days' + n * interval '1 hour'`],
  ]);
  const { memory } = await person.memories.create({
    content: `Yesterday a long walk with many people through the town and its shops, past the church and the market
      and the school, and at the end of the day we sat down in the garden of the inn and talked about bread.`,
  });
  const { memory: stranger } = await person.memories.create({ content: 'The tax return is due in May.' });
  await embedAll(person);
  for (const by of ['both', 'words'] as const) {
    const ids = await idsOf('garden', { limit: 50, order: 'newest', by });
    expect([ids[0], ids.includes(stranger.id)]).toEqual([memory.id, false]);
    const times = (await query('garden', { limit: 200, order: 'oldest', by })).hits.map(
      (hit) => hit.memory.occurredAt,
    );
    expect(times).toEqual(times.toSorted());
    expect(await idsOf('gardne', { limit: 1, order: 'newest', by: 'words' })).toEqual([memory.id]);
  }
  // By meaning alone as well, where all three hundred are near enough.
  const [first] = await idsOf('a pretty park with flowers and lawns', {
    limit: 1,
    order: 'newest',
    by: 'meaning',
  });
  const [best] = (await query('The garden is nice, says page 1', { limit: 1 })).hits;
  expect([best?.memory.id, memory.id]).toContain(first);
}, 120_000);

test('a list is the same however it is paged through', async () => {
  const { idsOf } = await library([
    [
      `(array['The lake','A garden near the water','Some bread','Swimming is fun, the lake'])[n % 4 + 1] || ' ' ||
       (array['of Anna','with Bert','for Carla','in the sun', 'near Rome'])[n % 5 + 1] || ' day ' || n`,
      900,
    ],
  ]);
  for (const text of ['swimming in the lake near Rome', 'lake Anna sun', 'garden water -bert'])
    for (const order of ['relevance', 'newest'] as const) {
      const all = await idsOf(text, { limit: 200, order });
      expect(all.length).toBeGreaterThanOrEqual(180);
      expect(new Set(all).size).toBe(all.length);
      expect(await idsOf(text, { limit: 50, order })).toEqual(all.slice(0, 50));
      expect(await idsOf(text, { limit: 60, offset: 90, order })).toEqual(all.slice(90, 150));
    }
}, 120_000);

test('memories with a title alone are one only where the titles are', async () => {
  const { person, query } = await library([]);
  for (const title of ['Buy garden hose', 'Call garden centre', 'Call garden centre'])
    await person.memories.create({ content: '', title });
  await embedAll(person);
  const { hits } = await query('garden');
  expect(hits.map(({ memory, copies }) => `${memory.title} ${copies.length}`).toSorted()).toEqual([
    'Buy garden hose 0',
    'Call garden centre 1',
  ]);
});
