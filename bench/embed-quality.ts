import path from 'node:path';
import { forkWorker } from '../main/embedding/child-process-host.ts';
import { startEmbedder } from '../main/embedding/embedder.ts';
import { silentLog } from '../main/logging/log.ts';
import { root, shippedModelDir } from '../scripts/places.mjs';
import { option, printReport, progress } from './report.ts';
import { readSciFact } from './scifact.ts';

/** Published for the unquantized model: 0.645. Below this, what is faster is not worth it. */
const leastNdcg = 0.638;

/**
 * How well our vectors find what people judged relevant: nDCG@10 on SciFact, through the worker as it ships.
 * Takes some minutes.
 *
 *     npm run bench -- embed-quality [--json] [--model <folder>] [--data <folder of SciFact>]
 */
export async function run(args: string[]): Promise<void> {
  const { documents, queries, judgements } = readSciFact(args);
  const workerFile = path.join(root, 'main/embedding/embedding-worker.ts');
  const embedder = startEmbedder({
    host: () => forkWorker(workerFile),
    modelDir: path.resolve(option(args, 'model') ?? shippedModelDir),
    log: silentLog,
  });
  try {
    const { state, detail, model } = await embedder.whenSettled();
    if (state !== 'ready') throw new Error(`The worker is ${state}: ${detail}`);
    const start = performance.now();
    const vectors: Float32Array[] = [];
    while (vectors.length < documents.length) {
      const next = documents.slice(vectors.length, vectors.length + 256);
      vectors.push(...(await embedder.embed(next.map(({ title, text }) => `${title} ${text}`))));
      progress(`${vectors.length} of ${documents.length} abstracts`);
    }
    const seconds = (performance.now() - start) / 1000;
    let sum = 0;
    for (const { id, text } of queries) {
      const [vector] = await embedder.embed([text], { priority: 'query' });
      const found = vector ? nearest(vector, vectors, 10) : [];
      sum += ndcg(
        found.map((position) => judgements.get(id)?.get(documents[position]?.id ?? '') ?? 0),
        [...(judgements.get(id)?.values() ?? [])],
      );
    }
    const score = sum / queries.length;
    printReport(args, {
      title: `SciFact, ${documents.length} abstracts, ${queries.length} claims, model ${model?.revision}`,
      tables: {
        quality: [{ nDCG10: score, atLeast: leastNdcg, met: score >= leastNdcg }],
        speed: [{ abstractsPerSecond: documents.length / seconds }],
      },
    });
  } finally {
    await embedder.stop();
  }
}

/** The positions of the most similar vectors, best first. All have unit length. */
function nearest(vector: Float32Array, among: readonly Float32Array[], count: number): number[] {
  return among
    .map((other, position) => ({ position, similarity: dot(vector, other) }))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, count)
    .map(({ position }) => position);
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** @param relevances of what was found, in its order; @param all of everything judged */
function ndcg(relevances: readonly number[], all: readonly number[]): number {
  const gain = (values: readonly number[]) =>
    values.slice(0, 10).reduce((sum, value, rank) => sum + value / Math.log2(rank + 2), 0);
  return gain(relevances) / gain(all.toSorted((a, b) => b - a));
}
