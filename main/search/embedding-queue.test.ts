import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import { copyBuiltModel, cosine, startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson } from '../memories/testing.ts';
import { EmbeddingQueue, type EmbeddingQueueOptions } from './embedding-queue.ts';

/** A library of its own with the real model; what is embedded is written down piece by piece. */
async function openQueue(options: Partial<EmbeddingQueueOptions> = {}) {
  const { database, em, newEm } = await openTestDatabase();
  const person = await addPerson(newEm);
  const embedder = startTestEmbedder();
  await embedder.whenSettled();
  const asked: string[][] = [];
  const poison = new Set<string>();
  const uncuttable = new Set<string>();
  const isPoisoned = (texts: readonly { readonly text: string }[], words = poison) =>
    texts.some(({ text }) => [...words].some((word) => text.includes(word)));
  const recording = {
    ...embedder,
    embedPieces: (...[pieces, how]: Parameters<typeof embedder.embedPieces>) => {
      asked.push(pieces.map(({ title, text }) => (title === null ? text : `${title}\n${text}`)));
      return isPoisoned(pieces)
        ? Promise.reject(new EmbedderUnavailableError('failed'))
        : embedder.embedPieces(pieces, how);
    },
    cut: (...[texts, how]: Parameters<typeof embedder.cut>) =>
      isPoisoned(texts, uncuttable)
        ? Promise.reject(new EmbedderUnavailableError('crashed'))
        : embedder.cut(texts, how),
  };
  const queueOptions: EmbeddingQueueOptions = {
    database,
    embedder: recording,
    currentUserId: () => person.userId,
    log: silentLog,
    ...options,
  };
  const queue = new EmbeddingQueue(queueOptions);
  const counts = async () => {
    const { ready, pending, failed } = await queue.progress();
    return { ready, pending, failed };
  };
  return {
    ...person,
    em,
    queue,
    queueOptions,
    embedder: recording,
    asked,
    poison,
    uncuttable,
    counts,
    add: async (content: string, title?: string) =>
      (await person.memories.create(title === undefined ? { content } : { content, title })).memory,
    async [Symbol.asyncDispose]() {
      await queue.stop();
      await embedder.stop();
    },
  };
}

const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    `Paragraph ${i} is about ${['roses', 'ponds', 'walls', 'frost', 'bees'][i % 5]}. It goes on for a while. `.repeat(
      6,
    ),
  );

test('what a person writes gets its vectors, and each is that of the text', async () => {
  await using library = await openQueue();
  const { em, queue, embedder, add, counts } = library;
  const { id } = await add('The roses are in bloom.', 'Garden');
  await add(paragraphs(20).join('\n\n'));
  await add(' ', 'A title alone');
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 3, pending: 0, failed: 0 });
  const [piece] = await em.execute<{ embedding: string; start_offset: number; end_offset: number }[]>(
    `select e.embedding::text, start_offset, end_offset from memory_chunk c join chunk_embedding e on e.chunk_id = c.id
     where c.memory_id = ?`,
    [id],
  );
  const [vector] = await embedder.embed(['Garden\nThe roses are in bloom.']);
  expect(piece).toMatchObject({ start_offset: 0, end_offset: 23 });
  // Stored as halves.
  expect(cosine(Float32Array.from(JSON.parse(piece?.embedding ?? '[]')), vector)).toBeCloseTo(1, 3);
});

test('of a memory that is changed only the pieces are embedded whose text is new', async () => {
  await using library = await openQueue();
  const { em, queue, asked, add, memories, counts } = library;
  const text = paragraphs(30);
  const { id } = await add(text.join('\n\n'));
  await queue.whenIdle();
  const before = asked.flat().length;
  expect(before).toBeGreaterThan(8);
  await memories.update({ id, version: 1, content: ['A new beginning.', ...text].join('\n\n') });
  expect(await counts()).toEqual({ ready: 0, pending: 1, failed: 0 });
  await queue.whenIdle();
  const after = asked.flat().slice(before);
  expect(after.length).toBeGreaterThan(0);
  expect(after.length).toBeLessThan(before / 2);
  const [row] = await em.execute<{ pieces: number; vectors: number; places: number }[]>(
    `select count(*)::int as pieces, count(e.chunk_id)::int as vectors, count(distinct position)::int as places
     from memory_chunk c left join chunk_embedding e on e.chunk_id = c.id where c.memory_id = ?`,
    [id],
  );
  expect(row?.vectors).toBe(row?.pieces);
  expect(row?.places).toBe(row?.pieces);
  await memories.update({ id, version: 2, importance: 0.9, pinned: true });
  await queue.whenIdle();
  expect(asked.flat().length).toBe(before + after.length);
});

test('the newest comes first, what is on the screen before it, and the trash last', async () => {
  await using library = await openQueue();
  const { queue, asked, add, bulk } = library;
  queue.pause();
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push((await add(`Memory ${i} is long. `.repeat(60))).id);
  await bulk.trash(ids.slice(5));
  queue.hurry(ids.slice(0, 1));
  queue.resume();
  await queue.whenIdle();
  const order = asked.map((texts) => texts.map((text) => Number(/Memory (\d)/.exec(text)?.[1])));
  expect(order[0]).toEqual([0, 0]);
  expect(order.at(-1)).toEqual([5, 5]);
});

test('when nothing is left of a memory nothing is left of its pieces', async () => {
  await using library = await openQueue();
  const { em, queue, add, bulk, trash } = library;
  const { id } = await add(paragraphs(10).join('\n\n'));
  await add('This one stays.');
  await queue.whenIdle();
  await bulk.trash([id]);
  await trash.purge([id]);
  for (const table of ['memory_chunk', 'chunk_embedding', 'uncut_memory'])
    expect(await em.execute(`select from ${table} where memory_id = ?`, [id])).toEqual([]);
  expect(await em.execute('select from chunk_embedding')).toHaveLength(1);
});

test('while it is paused nothing is embedded, and it says so', async () => {
  await using library = await openQueue();
  const { queue, asked, add, counts } = library;
  queue.pause();
  await add('Not yet.');
  expect(await queue.progress()).toMatchObject({ state: 'paused', pending: 1 });
  expect(asked).toEqual([]);
  queue.resume();
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 1, pending: 0, failed: 0 });
});

test('memories from before there was a model wait for it, also those written in this moment', async () => {
  await using library = await openQueue();
  const { queue, em, userId, counts } = library;
  queue.pause();
  await em.execute('delete from embedding_model');
  const write = () =>
    em.execute(
      `insert into memory (id, user_id, content, content_hash, source, occurred_at)
       select uuid_v7(), ?, 'Same ' || n, sha256('x'), 'note', now() from generate_series(1, 20) n`,
      [userId],
    );
  await write();
  expect(await counts()).toEqual({ ready: 0, pending: 20, failed: 0 });
  queue.resume();
  await Promise.all([write(), write(), queue.whenIdle(), write()]);
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 80, pending: 0, failed: 0 });
});

test('a piece that cannot be embedded holds up no other, says why, and is tried again when asked', async () => {
  await using library = await openQueue();
  const { em, queue, poison, asked, add, counts } = library;
  poison.add('gorgonzola');
  queue.pause();
  for (let i = 0; i < 12; i++) await add(i === 5 ? 'All about gorgonzola' : `Memory ${i} is short.`);
  queue.resume();
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 11, pending: 0, failed: 1 });
  const problem = new EmbedderUnavailableError('failed').message;
  expect(await queue.progress()).toMatchObject({ state: 'idle', problem });
  expect(await em.execute(`select error from memory_chunk where status = 'failed'`)).toEqual([
    { error: 'failed' },
  ]);
  // As an older version kept it.
  await em.execute(`update memory_chunk set error = 'It could not be read.' where status = 'failed'`);
  expect(await queue.progress()).toMatchObject({ problem: 'It could not be read.' });
  const before = asked.length;
  await queue.whenIdle();
  expect(asked).toHaveLength(before);
  poison.clear();
  expect(await queue.retryFailed()).toBe(1);
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 12, pending: 0, failed: 0 });
});

test('what fails again and again is tried ever more seldom, and at least four times a day', async () => {
  await using library = await openQueue();
  const { em, queue, poison, uncuttable, add } = library;
  for (const [set, word] of [
    [poison, 'gorgonzola'],
    [uncuttable, 'roquefort'],
  ] as const) {
    set.add(word);
    await add(`All about ${word}`);
    await queue.whenIdle();
    const pauses: [failures: number, atMostS: number, moreThanS: number][] = [
      [1, 5, 0],
      [2, 25, 5],
      [3, 125, 25],
      [4, 625, 125],
      [50, 6 * 60 * 60, 5 * 60 * 60],
    ];
    for (const [failures, atMostS, moreThanS] of pauses) {
      if (failures > 4)
        await em.execute(`update memory_chunk set attempts = ? where status = 'failed'`, [failures]);
      if (failures > 1) await queue.retryFailed();
      await queue.whenIdle();
      const [row] = await em.execute<{ seconds: number }[]>(
        `select extract(epoch from retry_at - now())::float8 as seconds from memory_chunk where status = 'failed'`,
      );
      expect(row?.seconds).toBeLessThanOrEqual(atMostS);
      if (moreThanS > 0) expect(row?.seconds).toBeGreaterThan(moreThanS);
    }
    set.clear();
    await queue.retryFailed();
    await queue.whenIdle();
  }
});

test('a memory that cannot be cut holds up no other, and is found once it can', async () => {
  await using library = await openQueue();
  const { em, queue, uncuttable, add, counts } = library;
  uncuttable.add('gorgonzola');
  queue.pause();
  for (let i = 0; i < 5; i++) await add(i === 2 ? 'All about gorgonzola' : `Memory ${i} is short.`);
  queue.resume();
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 4, pending: 0, failed: 1 });
  const failed = `select attempts, error, retry_at > now() as later from memory_chunk where status = 'failed'`;
  const error = 'crashed';
  expect(await em.execute(failed)).toEqual([{ attempts: 1, error, later: true }]);
  expect(await queue.retryFailed()).toBe(1);
  await queue.whenIdle();
  expect(await em.execute(failed)).toEqual([{ attempts: 2, error, later: true }]);
  uncuttable.clear();
  await queue.retryFailed();
  await queue.whenIdle();
  expect(await counts()).toEqual({ ready: 5, pending: 0, failed: 0 });
});

test('of two apps on one library one embeds at a time, and nothing is done twice', async () => {
  await using library = await openQueue();
  const { queue, queueOptions, asked, add, counts } = library;
  queue.pause();
  for (let i = 0; i < 30; i++) await add(`Memory ${i} is written down.`);
  const other = new EmbeddingQueue(queueOptions);
  queue.resume();
  await Promise.race([queue.whenIdle(), other.whenIdle()]);
  expect(asked.flat().toSorted()).toEqual([...new Set(asked.flat())].toSorted());
  expect(await counts()).toEqual({ ready: 30, pending: 0, failed: 0 });
  await other.stop();
});

test('how far it is can be watched to the end', async () => {
  const { promise: isDone, resolve } = Promise.withResolvers<unknown>();
  await using library = await openQueue({
    onProgress: (progress) => {
      if (progress.ready === 5 && progress.state === 'idle') resolve(progress);
    },
  });
  const { queue, add } = library;
  for (let i = 0; i < 5; i++) await add(`Memory ${i} is watched.`);
  queue.wake();
  expect(await isDone).toMatchObject({ state: 'idle', ready: 5, pending: 0, failed: 0 });
});

test('while the model is missing all is pending, and a sentence says why', async () => {
  const model = copyBuiltModel();
  onTestFinished(() => model[Symbol.dispose]());
  rmSync(model.file('onnx'), { recursive: true });
  await using broken = startTestEmbedder({ modelDir: model.modelDir });
  await broken.whenSettled();
  await using library = await openQueue({ embedder: broken });
  const { queue, add } = library;
  await add('Kept and found by its words.');
  expect(await queue.progress()).toMatchObject({
    state: 'waiting',
    ready: 0,
    pending: 1,
    failed: 0,
    problem: new EmbedderUnavailableError('missing').message,
  });
});
