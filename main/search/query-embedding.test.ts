import { expect, test } from 'vitest';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import { cosine, startTestEmbedder } from '../embedding/testing.ts';
import { queryEmbeddings } from './query-embedding.ts';

async function openEmbeddings() {
  const embedder = startTestEmbedder();
  await embedder.whenSettled();
  const asked: string[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const embeddings = queryEmbeddings({
    ...embedder,
    embed(texts, options) {
      asked.push(...texts);
      signals.push(options?.signal);
      return embedder.embed(texts, options);
    },
  });
  return { embeddings, asked, signals, [Symbol.asyncDispose]: () => embedder.stop() };
}

test('a query is given to the model once, however often it is asked', async () => {
  await using model = await openEmbeddings();
  const { embeddings, asked } = model;
  const [first, second] = await Promise.all([embeddings.embed('roses'), embeddings.embed(' roses ')]);
  expect(second).toBe(first);
  expect(await embeddings.embed('roses')).toBe(first);
  expect(cosine(first.vector, (await embeddings.embed('flowers')).vector)).toBeGreaterThan(0.5);
  expect(asked).toEqual(['roses', 'flowers']);
  expect(first.model).toMatchObject({ dimension: 384 });
});

test('what has not been asked for long is forgotten, what is asked again is not', async () => {
  await using model = await openEmbeddings();
  const { embeddings, asked } = model;
  await embeddings.embed('kept');
  await embeddings.embed('forgotten');
  for (let i = 0; i < 499; i++) {
    await embeddings.embed(String(i));
    if (i === 250) await embeddings.embed('kept');
  }
  asked.length = 0;
  await embeddings.embed('kept');
  await embeddings.embed('forgotten');
  expect(asked).toEqual(['forgotten']);
});

test('a query that nobody waits for any more is given up, and can be asked again', async () => {
  await using model = await openEmbeddings();
  const { embeddings, signals } = model;
  const [one, two] = [new AbortController(), new AbortController()];
  const gone = embeddings.embed('pond', one.signal);
  const stays = embeddings.embed('pond', two.signal);
  one.abort(new Error('typed on'));
  await expect(gone).rejects.toThrow('typed on');
  expect(signals[0]?.aborted).toBe(false);
  await stays;
  const alone = embeddings.embed('ponds', one.signal);
  await expect(alone).rejects.toThrow('typed on');
  const three = new AbortController();
  const last = embeddings.embed('a pond', three.signal);
  three.abort(new Error('typed on'));
  await expect(last).rejects.toThrow('typed on');
  expect(signals.at(-1)?.aborted).toBe(true);
  expect((await embeddings.embed('a pond')).vector).toHaveLength(384);
});

test('without a model it says so at once', async () => {
  const embedder = startTestEmbedder();
  const embeddings = queryEmbeddings(embedder);
  await embedder.stop();
  await expect(embeddings.embed('roses')).rejects.toThrow(EmbedderUnavailableError);
});
