import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchOperations } from '../../shared/ipc/operations/search.ts';
import { openTestDatabase } from '../database/testing.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson } from '../memories/testing.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { SearchService } from './search-service.ts';

const { database, em, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
beforeAll(() => embedder.whenSettled());
afterAll(() => embedder.stop());

async function library() {
  const person = await addPerson(newEm);
  const service = new SearchService({
    em: newEm(),
    currentUserId: () => person.userId,
    embedder,
    pending: () => 0,
  });
  const embedAll = async () => {
    const options = { database, embedder, currentUserId: () => person.userId, log: silentLog };
    const queue = new EmbeddingQueue(options);
    await queue.whenIdle();
    await queue.stop();
  };
  const add = async (content: string, more = {}) =>
    (await person.memories.create({ content, ...more })).memory.id;
  const typed = (text: string) => ({ text, caret: null, timeZone: 'UTC' });
  const explain = async (text: string, id: string) => {
    const explanation = await service.explain({ ...typed(text), id });
    expect(searchOperations.explain.output.parse(explanation)).toEqual(explanation);
    return explanation;
  };
  const query = (text: string) => service.query(typed(text));
  return { person, embedAll, add, explain, query };
}

test('only words that say something are said to be missing, whatever their form and what stands around them', async () => {
  const { add, embedAll, explain } = await library();
  const lake = await add('The lake was warm in September, and the boats went until midnight.');
  await add('Bread is baked on Tuesdays.');
  await embedAll();
  for (const text of ['the lake', 'lake, boats!', 'lake lakes', 'boat-midnight', '"warm in September"']) {
    const { missingWords, place, reasons } = await explain(text, lake);
    expect([text, missingWords, place, reasons]).toEqual([
      text,
      [],
      1,
      [expect.stringMatching(/^It is number 1 of/)],
    ]);
  }
  expect((await explain('Café lake bread', lake)).missingWords.toSorted()).toEqual(['Café', 'bread']);
});

test('what is listed by a filter or a minus alone has its place', async () => {
  const { add, embedAll, explain, person } = await library();
  const lake = await add('The lake was warm.', { tags: ['italy'] });
  const bread = await add('Bread is baked on Tuesdays.');
  await embedAll();
  expect(await explain('tag:italy', lake)).toMatchObject({ place: 1, reasons: ['It is number 1 of 1.'] });
  expect(await explain('-bread', lake)).toMatchObject({ place: 1, excludedBy: [] });
  expect(await explain('-bread', bread)).toMatchObject({ place: null, excludedBy: ['-bread'] });
  expect(await explain('tag:italy', bread)).toMatchObject({ place: null, excludedBy: ['tag:italy'] });
  await person.bulk.trash([lake]);
  expect(await explain('in:trash', lake)).toMatchObject({ place: 1 });
  expect((await explain('"the lake"', lake)).reasons).toEqual([
    'It is in the trash. Search with in:trash to find it.',
  ]);
});

test('a copy is in the list by the one that stands for both, unless it is in the trash', async () => {
  const { add, embedAll, explain, person } = await library();
  const [one, other] = [await add('The lake was warm.'), await add('The lake was warm.')];
  await embedAll();
  const [first, second] = [await explain('lake', one), await explain('lake', other)];
  expect(new Set([first.place, second.place])).toEqual(new Set([1, null]));
  expect([first.foldedInto, second.foldedInto]).toContain(first.place === 1 ? one : other);
  await person.bulk.trash([other]);
  expect(await explain('lake', other)).toMatchObject({
    place: null,
    foldedInto: null,
    reasons: ['It is in the trash. Search with in:trash to find it.'],
  });
});

test('of a list of a date it is told how things were then', async () => {
  const { add, explain, query, person } = await library();
  const lake = await add('The lake was warm.', { tags: ['italy'] });
  const bread = await add('Bread is baked on Tuesdays.');
  for (const [table, column] of [
    ['memory', 'created_at'],
    ['audit_event', 'occurred_at'],
  ])
    await em.execute(`update ${table} set ${column} = '2025-01-02T12:00:00Z' where user_id = ?`, [
      person.userId,
    ]);
  await person.memories.update({ id: lake, version: 1, content: 'The sea was warm.' });
  await person.bulk.trash([bread]);
  const then = 'as-of:2025-02-01';
  expect((await query(`lake ${then}`)).found).toBe(1);
  expect(await explain(`lake ${then}`, lake)).toMatchObject({ place: 1, matchedWords: ['lake'] });
  expect(await explain(`bread ${then}`, bread)).toMatchObject({ place: 1 });
  expect(await explain(`sea ${then}`, lake)).toMatchObject({
    place: null,
    reasons: ['It has none of the words.'],
  });
  expect(await explain(`warm -lake ${then}`, lake)).toMatchObject({ place: null, excludedBy: ['-lake'] });
  expect(await explain(`bread tag:italy ${then}`, bread)).toMatchObject({ excludedBy: ['tag:italy'] });
  expect(await explain('lake as-of:2024-01-01', lake)).toMatchObject({
    place: null,
    reasons: ['It was not there yet on that day.'],
  });
});

test('as long as a changed text is not read anew nothing is shown of the one before', async () => {
  const { add, embedAll, explain, query, person } = await library();
  const id = await add('In summer we rowed the old boat across the lake until it was dark and cold.');
  await embedAll();
  await person.memories.update({ id, version: 1, content: 'Bread.' });
  const { hits } = await query('rowing on the water');
  expect(hits.map(({ memory, nearest }) => [memory.id, nearest])).toEqual([[id, null]]);
  const computed = 'Its text was changed, and what it means now is being computed anew.';
  expect((await explain('rowing on the water', id)).reasons).toContain(computed);
  await embedAll();
  expect((await query('bread')).hits[0]?.nearest).toEqual({ start: 0, end: 6 });
  expect((await explain('bread', id)).reasons).not.toContain(computed);
});
