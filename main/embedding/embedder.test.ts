import path from 'node:path';
import { env, pipeline } from '@xenova/transformers';
import { expect, test } from 'vitest';
import type { Embedder } from './embedder.ts';
import { builtModelDir, cosine, startTestEmbedder } from './testing.ts';

const shortTexts = [
  'A cat sat on the mat.',
  'The feline rested upon a rug.',
  'Quarterly revenue rose by four percent, the board said on Tuesday.',
  'Où est la bibliothèque?',
];
/** About 250 tokens. */
const longText = (about: string) => Array(36).fill(`The ${about} was seen by the river.`).join(' ');

async function embedOne(embedder: Embedder, text: string): Promise<Float32Array> {
  const [vector] = await embedder.embed([text]);
  if (!vector) throw new Error('One text gives one vector.');
  return vector;
}

test('a ready worker names its model', async () => {
  await using embedder = startTestEmbedder();
  expect(embedder.status()).toEqual({ state: 'starting' });
  expect(await embedder.whenSettled()).toEqual({
    state: 'ready',
    model: {
      name: 'all-MiniLM-L6-v2',
      revision: expect.stringMatching(/^[0-9a-f]{12}$/),
      dimension: 384,
      maxTokens: 256,
    },
    loadMs: expect.any(Number),
    pid: expect.any(Number),
  });
});

test('a vector is the one a plain transformers.js pipeline gives', async () => {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(builtModelDir);
  env.useFSCache = false;
  const pipe = await pipeline('feature-extraction', 'all-MiniLM-L6-v2', { quantized: true });
  await using embedder = startTestEmbedder();
  for (const text of shortTexts) {
    const ours = await embedOne(embedder, text);
    const theirs: unknown = (await pipe(text, { pooling: 'mean', normalize: true })).data;
    if (!(theirs instanceof Float32Array)) throw new Error('A pipeline gives floats.');
    expect(Math.max(...ours.map((value, i) => Math.abs(value - (theirs[i] ?? NaN))))).toBeLessThan(1e-3);
  }
});

test('a text has the same vector to the bit, whatever else it is computed with', async () => {
  await using embedder = startTestEmbedder();
  const subjects = [
    'tax return',
    'sourdough',
    'violin',
    'volcano',
    'football',
    'knitting',
    'insulin',
    'bridge',
  ];
  const texts = subjects.flatMap((subject, i) => [
    subject,
    `My notes about ${subject}, `.repeat(((i * 3) % 5) + 1),
    longText(subject),
  ]);
  const together = await embedder.embed(texts);
  const alone = await Promise.all(texts.map((text) => embedOne(embedder, text)));
  expect(together).toEqual(alone);
  expect((await embedder.embed(texts.toReversed())).toReversed()).toEqual(alone);
});

test('a query is answered while a thousand passages wait', async () => {
  await using embedder = startTestEmbedder();
  await embedder.whenSettled();
  const answered: string[] = [];
  const abort = new AbortController();
  const passages = embedder
    .embed(
      Array.from({ length: 1000 }, (_, i) => longText(`bird ${i}`)),
      { signal: abort.signal },
    )
    .finally(() => answered.push('passages'));
  await embedder.embed(['where did I park?'], { priority: 'query' });
  answered.push('query');
  abort.abort();
  await expect(passages).rejects.toThrow('aborted');
  expect(answered).toEqual(['query', 'passages']);
});

test('a request that was given up or took too long leaves the worker free for the next', async () => {
  await using embedder = startTestEmbedder();
  await embedder.whenSettled();
  const many = Array.from({ length: 1000 }, () => longText('heron'));
  await expect(embedder.embed(many, { timeoutMs: 50 })).rejects.toMatchObject({
    name: 'EmbedderUnavailableError',
    code: 'unavailable',
    reason: 'timeout',
  });
  const reason = new Error('the person typed on');
  const abort = new AbortController();
  const given = embedder.embed(many, { signal: abort.signal });
  abort.abort(reason);
  await expect(given).rejects.toBe(reason);
  await expect(embedder.embed(['x'], { signal: abort.signal })).rejects.toBe(reason);
  // A passage: it would wait behind two thousand others if they were still there.
  expect(await embedder.embed(['free again'], { timeoutMs: 5000 })).toHaveLength(1);
});

test('what stands beyond 256 tokens is not read', async () => {
  await using embedder = startTestEmbedder();
  const start = longText('heron').repeat(3);
  const [short, long, other] = await Promise.all([
    embedOne(embedder, start),
    embedOne(embedder, `${start} And then everything changed.`),
    embedOne(embedder, longText('accountant').repeat(3)),
  ]);
  expect(long).toEqual(short);
  expect(cosine(other, short)).toBeLessThan(0.9);
});

test('any string has a vector', async () => {
  await using embedder = startTestEmbedder();
  const strange = [
    '',
    ' \n\t',
    '\0',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    '\ud83d',
    'cut \udc00 in half \ud800',
    '漢字かな交じり文',
    'שלום עולם',
    'a'.repeat(100_000),
    'word '.repeat(200_000),
    '[CLS] [SEP] [MASK] [PAD]',
  ];
  const vectors = await embedder.embed(strange);
  expect(vectors.map((vector) => Math.abs(1 - cosine(vector, vector)) < 1e-4)).toEqual(
    strange.map(() => true),
  );
  expect(await embedder.embed([])).toEqual([]);
});

test('tokens are counted as the model counts them', async () => {
  await using embedder = startTestEmbedder();
  expect(await embedder.countTokens(['', 'hello world', 'embeddings', 'word '.repeat(1000)])).toEqual([
    2, 4, 6, 1002,
  ]);
  expect(await embedder.countTokens([])).toEqual([]);
});
