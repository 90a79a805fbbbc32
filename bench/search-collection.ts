import path from 'node:path';
import { forkWorker } from '../main/embedding/child-process-host.ts';
import { startEmbedder, type Embedder } from '../main/embedding/embedder.ts';
import type { ModelIdentity } from '../main/embedding/worker-protocol.ts';
import { silentLog } from '../main/logging/log.ts';
import { buildDir, root, shippedModelDir } from '../scripts/places.mjs';
import { readSciFact, type SciFact } from './scifact.ts';
import { mixedTexts, realTexts, type SearchTexts } from './search-texts.ts';
import { embedOnce, findNeighbours } from './search-vectors.ts';

/** Where vectors and libraries stay, so that only the first run takes long. */
export const collectionDir = path.join(buildDir, 'bench');

/** Sentences and what they mean, for libraries of several sizes. */
export interface SearchCollection {
  readonly scifact: SciFact;
  /** Those that somebody wrote. */
  readonly texts: readonly string[];
  readonly model: ModelIdentity;
  /** So many, mixtures among them if more are wanted than were written. */
  mixed(count: number): SearchTexts;
}

export async function searchCollection(
  args: readonly string[],
  most: number,
  { embedder, signal }: { readonly embedder: Embedder; readonly signal: AbortSignal },
): Promise<SearchCollection> {
  const { model } = embedder.status();
  if (!model) throw new Error('The model is not there.');
  const scifact = readSciFact(args);
  const texts = realTexts(scifact);
  const vectors = await embedOnce(collectionDir, texts, embedder, signal);
  const turns = Math.ceil(most / texts.length) - 1;
  const neighbours = turns > 0 ? findNeighbours(vectors, turns) : () => 0;
  return { scifact, texts, model, mixed: (count) => mixedTexts(texts, vectors, neighbours, count) };
}

/** With the app's own worker in a process of its own, gone when the work is done. */
export async function withEmbedder<T>(work: (embedder: Embedder) => Promise<T>): Promise<T> {
  const embedder = startEmbedder({
    host: () => forkWorker(path.join(root, 'main/embedding/embedding-worker.ts')),
    modelDir: shippedModelDir,
    log: silentLog,
    background: false,
  });
  try {
    const { state, detail } = await embedder.whenSettled();
    if (state !== 'ready') throw new Error(`The worker is ${state}: ${detail}`);
    return await work(embedder);
  } finally {
    await embedder.stop();
  }
}
