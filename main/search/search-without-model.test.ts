import { afterAll, expect, test } from 'vitest';
import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import { openTestDatabase } from '../database/testing.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson } from '../memories/testing.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { SearchService } from './search-service.ts';

const { database, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
afterAll(() => embedder.stop());

async function library(by = embedder) {
  const person = await addPerson(newEm);
  let progress: EmbeddingProgress | undefined;
  const queue = new EmbeddingQueue({
    database,
    embedder: by,
    currentUserId: () => person.userId,
    log: silentLog,
  });
  const search = new SearchService({
    em: newEm(),
    currentUserId: () => person.userId,
    embedder: by,
    pending: () => progress?.pending ?? 0,
  });
  const add = async (content: string) => {
    const { memory } = await person.memories.create({ content });
    // As the app does after each transaction.
    queue.wake();
    return memory.id;
  };
  const ask = async (text: string) => {
    progress = await queue.progress();
    const { hits, meaning } = await search.query({ text, caret: null });
    return {
      ids: hits.map(({ memory }) => memory.id),
      nulls: hits.map((hit) => hit.meaning === null),
      meaning,
    };
  };
  return { queue, add, ask };
}

test('what waits to be embedded is found by words, how much that is is said, and then it is found by meaning', async () => {
  const { queue, add, ask } = await library();
  await embedder.whenSettled();
  const boiler = await add('The plumber repaired the boiler on Monday.');
  await queue.whenIdle();
  queue.pause();
  const heron = await add('A grey heron stood in the reeds and waited.');
  const otter = await add('The otter came back to the river.');
  const { ids, nulls, meaning } = await ask('heron');
  expect(ids[0]).toBe(heron);
  expect(nulls[0]).toBe(true);
  expect(meaning).toMatchObject({ state: 'used', pending: 2 });
  expect((await ask('who mended the heating')).ids[0]).toBe(boiler);
  expect((await ask('a bird at the water')).ids).not.toContain(heron);
  queue.resume();
  await queue.whenIdle();
  const after = await ask('a bird at the water');
  expect(after.ids[0]).toBe(heron);
  expect(after.meaning).toMatchObject({ state: 'used', pending: 0 });
  expect(otter).not.toBe(heron);
  await queue.stop();
});

test('a worker that stops in the middle of a search leaves the words of that search', async () => {
  await using stopping = startTestEmbedder();
  await stopping.whenSettled();
  const { queue, add, ask } = await library(stopping);
  const heron = await add('A grey heron stood in the reeds and waited.');
  await queue.stop();
  const asked = ask('heron in the reeds');
  await stopping.stop();
  expect((await asked).ids).toEqual([heron]);
  const { ids, meaning } = await ask('heron');
  expect([ids, meaning.state]).toEqual([[heron], 'unavailable']);
});
