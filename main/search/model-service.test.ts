import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { makeOtherModel, makeTokenModel } from '../embedding/other-models.ts';
import { cosine, startTestEmbedder } from '../embedding/testing.ts';
import { addPerson } from '../memories/testing.ts';
import { openModelApp } from './model-test-app.ts';

const other = makeOtherModel('other-model', 256);
afterAll(() => other[Symbol.dispose]());
const { folder } = other;

/** A library, and apps on it one after the other. */
async function openLibrary() {
  const { database, em, newEm, url } = await openTestDatabase();
  const person = await addPerson(newEm);
  const modelsDir = mkdtempSync(path.join(os.tmpdir(), 'loci-models-'));
  onTestFinished(() => rmSync(modelsDir, { recursive: true, force: true }));
  // Every vector that is ever written.
  await em.execute('create table embedding_log (chunk_id uuid not null)');
  await em.execute(`
    create function log_embedding() returns trigger language plpgsql as $$
    begin
      insert into embedding_log select chunk_id from added;
      return null;
    end $$`);
  await em.execute(
    `create trigger log_embedding after insert on chunk_embedding
     referencing new table as added for each statement execute function log_embedding()`,
  );
  const written = async (dimension: number) => {
    const [row] = await em.execute<{ vectors: number; written: number; pieces: number }[]>(
      `select (select count(*)::int from chunk_embedding e where vector_dims(embedding) = ?) as vectors,
         (select count(*)::int from embedding_log) as written,
         (select count(distinct chunk_id)::int from embedding_log) as pieces`,
      [dimension],
    );
    return row;
  };

  async function openApp(chosen: () => string | undefined = () => folder) {
    const app = await openModelApp({ database, userId: person.userId, modelsDir, chosen });
    onTestFinished(app.close);
    return app;
  }
  const add = async (title: string, content: string) => {
    await person.memories.create({ title, content });
  };
  return { em, url, userId: person.userId, modelsDir, openApp, add, written };
}

const subjects = ['sourdough bread', 'the violin', 'volcanoes', 'knitting', 'the tax return', 'herons'];
const textAbout = (i: number) =>
  `My notes about ${subjects[i % subjects.length]}, page ${i}. `.repeat(1 + (i % 9));
/** Seconds of work where there are a hundred, however fast the machine: time to come in between. */
const longTextAbout = (i: number) => textAbout(i).repeat(5);

test('another model is prepared beside the one in use, takes its place when all is there, and can be left again', async () => {
  const { openApp, add, modelsDir, em } = await openLibrary();
  const app = await openApp();
  for (let i = 0; i < 60; i++) await add(`Note ${i}`, textAbout(i));
  await add('Rain', 'It poured all afternoon and the street was flooded.');
  await app.embedder.whenSettled();
  await app.queue.whenIdle();
  expect(await app.find('bad weather')).toBe('Rain');

  const candidate = await app.choose();
  expect(candidate).toEqual({
    token: expect.any(String),
    name: 'other-model',
    revision: expect.stringMatching(/^[0-9a-f]{12}$/),
    dimension: 256,
    maxTokens: 256,
    sizeBytes: expect.any(Number),
    memories: 61,
  });
  const { jobId } = await app.build(candidate?.token ?? '');
  expect(await app.find('bad weather')).toBe('Rain');
  const done = await app.whenTold(jobId, ({ finishedAt }) => finishedAt !== null);
  expect(done).toMatchObject({ status: 'succeeded', progress: 61, total: 61, result: { modelId: 2 } });
  const facts = { name: 'other-model', dimension: 256, isThere: true, ready: 61, pending: 0, failed: 0 };
  expect(await app.list()).toMatchObject([
    {
      id: 1,
      name: 'all-MiniLM-L6-v2',
      dimension: 384,
      inUse: false,
      ready: 61,
      isThere: true,
      isShipped: true,
    },
    { id: 2, ...facts, inUse: true, jobId: null, isShipped: false, filesBytes: candidate?.sizeBytes },
  ]);
  const space = (await app.list()).map(({ pieces, libraryBytes }) => ({ pieces, libraryBytes }));
  expect(space[0]?.pieces).toBeGreaterThanOrEqual(61);
  expect(space[1]?.pieces).toBe(space[0]?.pieces);
  // Two bytes a number, at the very least.
  expect(space[0]?.libraryBytes).toBeGreaterThan(61 * 2 * 384);
  expect(space[1]?.libraryBytes).toBeGreaterThan(61 * 2 * 256);
  expect([await app.preparations(), await app.shipped()]).toEqual([[], null]);
  expect(app.embedder.status().model).toMatchObject({ dimension: 256 });
  expect(await app.find('bad weather')).toBe('Rain');
  const indexes = `select indexname from pg_indexes where indexname like 'chunk_embedding_model%' order by 1`;
  expect(await em.execute(indexes)).toContainEqual({ indexname: 'chunk_embedding_model_2_index' });

  await add('Roses', 'The roses are in bloom and smell sweet.');
  await app.queue.whenIdle();
  expect(await app.find('flowers')).toBe('Roses');
  expect(await app.switchTo(1)).toMatchObject([{ inUse: true, pending: 1 }, { inUse: false }]);
  expect(app.embedder.status().model).toMatchObject({ dimension: 384 });
  await app.queue.whenIdle();
  expect(await app.find('flowers')).toBe('Roses');

  await expect(app.remove(1)).rejects.toMatchObject({ code: 'conflict' });
  expect(await app.remove(2)).toMatchObject([{ id: 1, inUse: true }]);
  await app.close();
  // What that one had no time for.
  await openApp();
  await vi.waitUntil(
    async () => (await em.execute('select from embedding_model where id = 2')).length === 0,
    { timeout: 30_000 },
  );
  expect(await em.execute('select from memory_chunk where model_id = 2')).toEqual([]);
  expect(await em.execute(indexes)).not.toContainEqual({ indexname: 'chunk_embedding_model_2_index' });
  expect(existsSync(path.join(modelsDir, candidate?.revision ?? ''))).toBe(false);
}, 120_000);

test('what came with the app can be removed, and is there to be prepared anew', async () => {
  const { openApp, add } = await openLibrary();
  const app = await openApp();
  await add('Rain', 'It poured all afternoon and the street was flooded.');
  await app.embedder.whenSettled();
  await app.queue.whenIdle();
  const prepared = async (token = '') => {
    const { jobId } = await app.build(token);
    return app.whenTold(jobId, ({ finishedAt }) => finishedAt !== null);
  };
  await prepared((await app.choose())?.token);
  expect(await app.remove(1)).toMatchObject([{ id: 2, inUse: true }]);
  const shipped = await app.shipped();
  expect(shipped).toMatchObject({ name: 'all-MiniLM-L6-v2', dimension: 384, memories: 1 });
  expect((await app.shipped())?.token).toBe(shipped?.token);
  await vi.waitUntil(async () => (await prepared(shipped?.token)).status === 'succeeded', {
    timeout: 90_000,
  });
  expect(app.embedder.status().model).toMatchObject({ dimension: 384 });
  expect(await app.shipped()).toBe(null);
  expect(await app.find('bad weather')).toBe('Rain');
}, 120_000);

test('what has not come to its end is told, with what it was to be, until it is removed', async () => {
  const { openApp, add } = await openLibrary();
  const first = await openApp();
  for (let i = 0; i < 80; i++) await add(`Note ${i}`, longTextAbout(i));
  await first.embedder.whenSettled();
  await first.queue.whenIdle();
  const { token = '' } = (await first.choose()) ?? {};
  const { jobId } = await first.build(token);
  await first.whenTold(jobId, ({ progress }) => progress > 0);
  const facts = { name: 'other-model', dimension: 256 };
  expect(await first.preparations()).toMatchObject([{ ...facts, job: { id: jobId, status: 'running' } }]);
  await first.close();

  const second = await openApp();
  expect(await second.preparations()).toMatchObject([{ ...facts, job: { status: 'interrupted' } }]);
  expect(await second.list()).toMatchObject([{ inUse: true }, { id: 2, usedAt: null }]);
  expect(await second.remove(2)).toMatchObject([{ id: 1 }]);
  expect(await second.preparations()).toEqual([]);
  await expect(second.jobs.get(jobId)).rejects.toMatchObject({ code: 'not_found' });
}, 120_000);

test('an app that ends in the middle goes on where it was, and opens with the model that is in use', async () => {
  const { openApp, add, written } = await openLibrary();
  const first = await openApp();
  for (let i = 0; i < 150; i++) await add(`Note ${i}`, longTextAbout(i));
  await first.embedder.whenSettled();
  await first.queue.whenIdle();
  const before = await written(384);
  const { token = '' } = (await first.choose()) ?? {};
  const { jobId } = await first.build(token);
  await first.whenTold(jobId, ({ progress }) => progress > 0);
  await first.jobs.pause(jobId);
  await first.close();

  const second = await openApp();
  expect(await second.list()).toMatchObject([{ inUse: true }, { inUse: false }]);
  await expect(second.switchTo(2)).rejects.toMatchObject({ code: 'conflict' });
  await second.jobs.resume(jobId);
  await second.whenTold(jobId, ({ status }) => status === 'succeeded');
  const after = await written(256);
  expect(after?.vectors).toBe(before?.vectors);
  expect(after?.written).toBe((before?.written ?? 0) + (after?.vectors ?? 0));
  expect(after?.pieces).toBe(after?.written);
  await second.close();

  const third = await openApp();
  await third.embedder.whenSettled();
  expect(third.embedder.status().model).toMatchObject({ name: 'other-model', dimension: 256 });
}, 120_000);

test('an app that is killed in the middle has done nothing twice', async () => {
  const { em, openApp, add, written, url, userId, modelsDir } = await openLibrary();
  for (let i = 0; i < 150; i++) await add(`Note ${i}`, longTextAbout(i));
  const script = path.join(import.meta.dirname, 'model-test-app.ts');
  const killed = spawn(process.execPath, ['--no-warnings', script, url, userId, modelsDir, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(killed, 'exit');
  let jobId = '';
  for await (const line of readline.createInterface(killed.stdout)) {
    const { id, progress }: { id: string; progress: number } = JSON.parse(line);
    jobId = id;
    if (progress > 20) killed.kill('SIGKILL');
  }
  await gone;

  const app = await openApp();
  app.queue.pause();
  // The server needs a moment to notice that nobody is there any more.
  await vi.waitUntil(
    async () => {
      await app.jobs.interruptLeftBehind();
      return (await app.jobs.get(jobId)).status === 'interrupted';
    },
    { timeout: 20_000 },
  );
  await app.jobs.resume(jobId);
  await app.whenTold(jobId, ({ status }) => status === 'succeeded');
  const { vectors = 0, ...rest } = (await written(256)) ?? {};
  expect(rest).toEqual({ written: vectors, pieces: vectors });
  const pieces = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from memory_chunk where model_id = (select id from embedding_model where in_use)`,
  );
  expect(pieces).toEqual([{ count: vectors }]);
  expect(app.embedder.status().model).toMatchObject({ name: 'other-model' });
}, 120_000);

test('a folder that holds no model for Loci is refused, and says why', async () => {
  const { openApp } = await openLibrary();
  let chosen: string | undefined;
  const app = await openApp(() => chosen);
  expect(await app.choose()).toBe(null);
  const empty = mkdtempSync(path.join(os.tmpdir(), 'loci-empty-'));
  onTestFinished(() => rmSync(empty, { recursive: true }));
  chosen = empty;
  const layout =
    'Choose one that holds config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (or onnx/model_quantized.onnx).';
  await expect(app.choose()).rejects.toMatchObject({
    code: 'invalid_input',
    message: `There is no model in this folder. ${layout}`,
  });
  writeFileSync(path.join(empty, 'config.json'), '{}');
  await expect(app.choose()).rejects.toMatchObject({
    message: `This folder lacks tokenizer.json, tokenizer_config.json and onnx/model.onnx. ${layout}`,
  });
  using strange = makeTokenModel('strange');
  const wrong = 'There is no model in this folder. The folder “strange”';
  chosen = path.join(strange.folder, 'onnx');
  await expect(app.choose()).rejects.toMatchObject({
    message: `${wrong} around it holds one: choose that.`,
  });
  chosen = path.dirname(strange.folder);
  await expect(app.choose()).rejects.toMatchObject({ message: `${wrong} in it holds one: choose that.` });
  chosen = strange.folder;
  writeFileSync(
    path.join(strange.folder, 'tokenizer_config.json'),
    JSON.stringify({ tokenizer_class: 'XLMRobertaTokenizer' }),
  );
  await expect(app.choose()).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('XLMRobertaTokenizer'),
  });
  await expect(app.build('019aa4c0-0000-7000-8000-000000000001')).rejects.toMatchObject({
    code: 'not_found',
  });
}, 60_000);

test('a plain conversion, which gives tokens only, means the same', async () => {
  using plain = makeTokenModel('plain');
  await using ours = startTestEmbedder();
  await using theirs = startTestEmbedder({ modelDir: plain.folder, isPinned: false });
  const texts = ['A cat sat on the mat.', 'The feline rested upon a rug.'];
  const [a, b] = await Promise.all([ours.embed(texts), theirs.embed(texts)]);
  expect(texts.map((_, i) => cosine(a[i], b[i]) > 0.9999)).toEqual([true, true]);
});
