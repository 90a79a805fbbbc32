import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import type { Embedder } from './embedder.ts';
import type { EmbedderStatus } from './embedder-status.ts';
import { builtModelDir, copyBuiltModel, cosine, startTestEmbedder, workerFile } from './testing.ts';

function kill(embedder: Embedder, signal: NodeJS.Signals = 'SIGKILL'): number {
  const { pid } = embedder.status();
  if (pid === undefined) throw new Error('There is no worker to kill.');
  process.kill(pid, signal);
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Kills every worker as soon as it is ready. */
function killAlways(embedder: Embedder): () => void {
  return embedder.onStatus(({ state }) => {
    if (state === 'ready') kill(embedder);
  });
}

const passages = Array.from({ length: 6 }, (_, i) => `Passage ${i} tells of a walk by the sea. `.repeat(20));

test('requests outlive a killed worker', async () => {
  await using embedder = startTestEmbedder({ limits: { firstRestartDelayMs: 1 } });
  const { pid } = await embedder.whenSettled();
  const states: EmbedderStatus['state'][] = [];
  embedder.onStatus(({ state }) => states.push(state));
  const answers = Promise.all([
    embedder.embed(passages),
    embedder.embed(['a query'], { priority: 'query' }),
    embedder.countTokens(['three little words']),
  ]);
  kill(embedder);
  const [vectors, [query], counts] = await answers;
  expect(vectors).toHaveLength(passages.length);
  expect(cosine(query, query)).toBeCloseTo(1);
  expect(counts).toEqual([5]);
  expect(states).toEqual(['degraded', 'ready']);
  expect(embedder.status().pid).not.toBe(pid);
});

test('a request that two workers died over is given back', async () => {
  await using embedder = startTestEmbedder({ limits: { firstRestartDelayMs: 1 } });
  await embedder.whenSettled();
  const poison = embedder.embed(passages);
  kill(embedder);
  const stop = killAlways(embedder);
  await expect(poison).rejects.toMatchObject({ reason: 'crashed', code: 'unavailable' });
  stop();
  expect(await embedder.embed(['harmless'])).toHaveLength(1);
});

test('a worker that keeps dying is left alone until someone asks for it', async () => {
  await using embedder = startTestEmbedder({ limits: { firstRestartDelayMs: 1, maxCrashes: 3 } });
  const stop = killAlways(embedder);
  // Settled may also mean ready: for the moment before it is killed.
  await vi.waitUntil(async () => (await embedder.whenSettled()).state === 'degraded', { timeout: 20_000 });
  expect(embedder.status()).toEqual({
    state: 'degraded',
    reason: 'crashed',
    detail: expect.stringContaining('SIGKILL'),
  });
  await expect(embedder.embed(['x'])).rejects.toThrow('Everything else works');
  stop();
  expect(await embedder.restart()).toMatchObject({ state: 'ready' });
});

test.skipIf(process.platform === 'win32')('a worker that hangs is replaced', async () => {
  await using embedder = startTestEmbedder({ limits: { firstRestartDelayMs: 1, silenceMs: 5000 } });
  await embedder.whenSettled();
  const hung = kill(embedder, 'SIGSTOP');
  expect(await embedder.embed(['answered by the next one'])).toHaveLength(1);
  expect(isRunning(hung)).toBe(false);
});

test('a worker without work gives its memory back, and is there again for the next question', async () => {
  await using embedder = startTestEmbedder({ limits: { restAfterMs: 100 } });
  const { pid = 0, model } = await embedder.whenSettled();
  const [before] = await embedder.embed(['the harbour at night']);
  const states: EmbedderStatus['state'][] = [];
  embedder.onStatus(({ state }) => states.push(state));
  await vi.waitUntil(() => !isRunning(pid), { timeout: 20_000 });
  expect(embedder.status()).toEqual({ state: 'ready', model, loadMs: expect.any(Number) });
  const [after] = await embedder.embed(['the harbour at night'], { priority: 'query' });
  expect(after).toEqual(before);
  expect(states).toEqual(['ready']);
});

test('a model that has gone while its worker rested is said to be missing', async () => {
  using copy = copyBuiltModel();
  await using embedder = startTestEmbedder({ modelDir: copy.modelDir, limits: { restAfterMs: 100 } });
  const { pid = 0 } = await embedder.whenSettled();
  await vi.waitUntil(() => !isRunning(pid), { timeout: 20_000 });
  fs.rmSync(copy.file('manifest.json'));
  await expect(embedder.embed(['x'])).rejects.toMatchObject({ code: 'unavailable', reason: 'missing' });
  expect(embedder.status()).toMatchObject({ state: 'degraded', reason: 'missing' });
});

const onnx = 'onnx/model_quantized.onnx';
const spoilings: Record<string, { reason: string; spoil: (file: (name: string) => string) => void }> = {
  'without a manifest': { reason: 'missing', spoil: (file) => fs.rmSync(file('manifest.json')) },
  'without a tokenizer': { reason: 'missing', spoil: (file) => fs.rmSync(file('tokenizer.json')) },
  'without weights': { reason: 'missing', spoil: (file) => fs.rmSync(file(onnx)) },
  'with an empty weights file': { reason: 'damaged', spoil: (file) => fs.truncateSync(file(onnx), 0) },
  'with half a tokenizer': {
    reason: 'damaged',
    spoil: (file) => fs.truncateSync(file('tokenizer.json'), 1000),
  },
  'with half a manifest': { reason: 'damaged', spoil: (file) => fs.truncateSync(file('manifest.json'), 100) },
  'with one bit of its weights flipped': {
    reason: 'damaged',
    spoil(file) {
      const bytes = fs.readFileSync(file(onnx));
      const middle = bytes.length >> 1;
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
      fs.writeFileSync(file(onnx), bytes);
    },
  },
};

test.each(Object.entries(spoilings))(
  'a model %s is refused, and taken once repaired',
  async (_, { reason, spoil }) => {
    using copy = copyBuiltModel();
    spoil(copy.file);
    await using embedder = startTestEmbedder({ modelDir: copy.modelDir });
    const early = expect(embedder.embed(['asked before anyone knew'])).rejects.toMatchObject({ reason });
    expect(await embedder.whenSettled()).toEqual({ state: 'degraded', reason, detail: expect.any(String) });
    await early;
    await expect(embedder.embed(['x'])).rejects.toMatchObject({ code: 'unavailable', reason });
    await expect(embedder.countTokens(['x'])).rejects.toMatchObject({ code: 'unavailable', reason });

    using whole = copyBuiltModel();
    fs.cpSync(whole.modelDir, copy.modelDir, { recursive: true });
    expect(await embedder.restart()).toMatchObject({ state: 'ready' });
    expect(await embedder.embed(['x'])).toHaveLength(1);
  },
);

test('stopping ends the process and answers everyone', async () => {
  const embedder = startTestEmbedder();
  const { pid = 0 } = await embedder.whenSettled();
  const waiting = expect(embedder.embed(passages)).rejects.toMatchObject({ reason: 'stopped' });
  await embedder.stop();
  await waiting;
  expect(isRunning(pid)).toBe(false);
  expect(embedder.status()).toEqual({ state: 'stopped' });
  await expect(embedder.embed(['x'])).rejects.toMatchObject({ reason: 'stopped' });
});

test('stopping while it starts leaves no process behind', async () => {
  const embedder = startTestEmbedder();
  const settled = embedder.whenSettled();
  await embedder.stop();
  expect(await settled).toEqual({ state: 'stopped' });
});

test('the worker does not outlive a killed app', async () => {
  const app = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { fork } from 'node:child_process';
       const worker = fork(${JSON.stringify(workerFile)}, { serialization: 'advanced', execArgv: [] });
       worker.on('message', () => console.log(worker.pid));
       const runtime = { kind: 'native', threads: 1 };
       worker.send({ kind: 'load', modelDir: ${JSON.stringify(builtModelDir)}, runtime, isPinned: true, background: false });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface({ input: app.stdout }), 'line');
  const worker = Number(line);
  expect(isRunning(worker)).toBe(true);
  app.kill('SIGKILL');
  await vi.waitUntil(() => !isRunning(worker), { timeout: 10_000 });
});
