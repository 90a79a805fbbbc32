import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog } from '../logging/log.ts';
import { forkWorker } from './child-process-host.ts';
import { startEmbedder, type Embedder, type EmbedderOptions } from './embedder.ts';
import { modelName } from './model-files.ts';

/** For tests: the model that set-up made. */
export const builtModelDir = fileURLToPath(new URL(`../../build/model/${modelName}`, import.meta.url));
export const workerFile = fileURLToPath(new URL('embedding-worker.ts', import.meta.url));

/** For tests: the real worker with the real model, stopped at the end of the test. */
export function startTestEmbedder(options: Partial<EmbedderOptions> = {}): Embedder & AsyncDisposable {
  const embedder = startEmbedder({
    // Two threads that wait for each other get nowhere while other tests keep both cores busy.
    host: () => forkWorker(workerFile, { runtime: { kind: 'native', threads: 1 } }),
    modelDir: builtModelDir,
    log: silentLog,
    background: false,
    ...options,
  });
  return { ...embedder, [Symbol.asyncDispose]: () => embedder.stop() };
}

/** For tests: a copy of the model to spoil. */
export function copyBuiltModel(): { modelDir: string; file: (name: string) => string } & Disposable {
  const modelDir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-model-'));
  fs.cpSync(builtModelDir, modelDir, { recursive: true });
  return {
    modelDir,
    file: (name) => path.join(modelDir, name),
    [Symbol.dispose]: () => fs.rmSync(modelDir, { recursive: true, force: true }),
  };
}

export function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) throw new Error('Two vectors of equal length are compared.');
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
