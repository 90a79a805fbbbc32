import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forkWorker } from './child-process-host.ts';
import { cosine, startTestEmbedder, workerFile } from './testing.ts';

test('the WebAssembly runtime, which macOS gets, finds the same meaning', async () => {
  const onnxWeb = createRequire(import.meta.url).resolve('onnxruntime-web');
  // What the bundle for macOS does: one runtime under the name of the other.
  const swap = `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) =>
      next(name === 'onnxruntime-node' ? 'onnxruntime-web' : name, context) });`;
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(swap)}`];
  await using wasm = startTestEmbedder({
    host: () =>
      forkWorker(workerFile, { runtime: { kind: 'wasm', folder: path.dirname(onnxWeb) }, execArgv }),
  });
  await using native = startTestEmbedder();
  const texts = ['A cat sat on the mat.', 'Où est la bibliothèque?'];
  const [ours, theirs] = await Promise.all([native.embed(texts), wasm.embed(texts)]);
  expect(texts.map((_, i) => cosine(ours[i], theirs[i]) > 0.99)).toEqual([true, true]);
});

test('a text has the same vector, to the bit, alone on one thread and among many on several', async () => {
  await using embedder = startTestEmbedder({
    host: () => forkWorker(workerFile, { runtime: { kind: 'native', threads: 2 } }),
  });
  const texts = ['A cat sat on the mat.', 'Roses want to be cut back in March.', 'Where did I park the car?'];
  const among = await embedder.embed(texts);
  const alone = await Promise.all(
    texts.map(async (text) => (await embedder.embed([text], { priority: 'query' }))[0]),
  );
  expect(alone).toEqual(among);
  expect(await embedder.embed(texts, { priority: 'shown' })).toEqual(among);
});
