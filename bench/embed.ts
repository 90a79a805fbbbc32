import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { env, pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import { forkWorker } from '../main/embedding/child-process-host.ts';
import { startEmbedder, type Embedder } from '../main/embedding/embedder.ts';
import { silentLog } from '../main/logging/log.ts';
import { convertModel, modelName } from '../scripts/model/convert.mjs';
import { root } from '../scripts/places.mjs';
import { median, option, percentile, printReport, progress, type Row } from './report.ts';
import { readSciFact, type SciFact } from './scifact.ts';

/** What texts are timed, and how many per round. */
const sizes = [
  { size: 'short', from: 10, to: 14, count: 128 },
  { size: 'medium', from: 55, to: 65, count: 64 },
  { size: 'long', from: 240, to: 256, count: 32 },
] as const;

interface Contestant {
  readonly name: string;
  /** How many times as fast the worker should be; for a query, how many times as long it may take. */
  readonly target?: number;
  embed(texts: readonly string[]): Promise<unknown>;
}

/**
 * Texts a second through our worker and through plain transformers.js pipelines in this process, in turn,
 * round by round; then the time a single query takes.
 *
 *     npm run bench -- embed [--json] [--rounds 7] [--queries 200] [--data <folder of SciFact>]
 */
export async function run(args: string[]): Promise<void> {
  const rounds = Number(option(args, 'rounds') ?? 7);
  const queryCount = Number(option(args, 'queries') ?? 200);
  const scifact = readSciFact(args);
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'loci-bench-embed-'));
  const workerFile = path.join(root, 'main/embedding/embedding-worker.ts');
  try {
    const modelDir = await convertModel(scratch, { forMeasuring: true });
    const embedder = startEmbedder({
      host: () => forkWorker(workerFile),
      modelDir,
      log: silentLog,
      // The pipelines run at the usual priority too; on a busy machine the difference would be measured.
      background: false,
    });
    try {
      const { state, detail } = await embedder.whenSettled();
      if (state !== 'ready') throw new Error(`The worker is ${state}: ${detail}`);
      const same = await plainPipeline(scratch, 'model');
      const standard = await plainPipeline(scratch, 'standard');
      const contestants: Contestant[] = [
        { name: 'worker', embed: (texts) => embedder.embed(texts) },
        { name: 'pipeline, one by one', target: 2, embed: (texts) => inBatches(same, texts, 1) },
        { name: 'pipeline, by 16', target: 1, embed: (texts) => inBatches(same, texts, 16) },
        { name: 'standard model, one by one', embed: (texts) => inBatches(standard, texts, 1) },
        { name: 'standard model, by 16', embed: (texts) => inBatches(standard, texts, 16) },
      ];
      const throughput = await measureThroughput(contestants, await chooseTexts(embedder, scifact), rounds);
      const latency = await measureLatency(
        [
          { name: 'worker', target: 1.1, embed: (texts) => embedder.embed(texts, { priority: 'query' }) },
          { name: 'pipeline in this process', embed: (texts) => inBatches(same, texts, 1) },
          { name: 'standard model in this process', embed: (texts) => inBatches(standard, texts, 1) },
        ],
        scifact.queries.slice(0, queryCount).map(({ text }) => text),
      );
      printReport(args, {
        title: `Embedding, medians of ${rounds} rounds in turn`,
        tables: { 'texts per second': throughput, 'one query': latency },
      });
    } finally {
      await embedder.stop();
    }
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

async function plainPipeline(modelDir: string, fileName: string): Promise<FeatureExtractionPipeline> {
  env.allowRemoteModels = false;
  env.localModelPath = modelDir;
  env.useFSCache = false;
  return pipeline('feature-extraction', modelName, { quantized: true, model_file_name: fileName });
}

async function inBatches(
  pipe: FeatureExtractionPipeline,
  texts: readonly string[],
  size: number,
): Promise<void> {
  for (let i = 0; i < texts.length; i += size)
    await pipe(texts.slice(i, i + size), { pooling: 'mean', normalize: true });
}

type TextsBySize = ReadonlyMap<(typeof sizes)[number], readonly string[]>;

/** Whole sentences from the start of abstracts, as many as make the wanted length. */
async function chooseTexts(embedder: Embedder, { documents }: SciFact): Promise<TextsBySize> {
  const candidates = documents.slice(0, 1500).flatMap(({ title, text }) => {
    const sentences = `${title} ${text}`.split(/(?<=[.?!]) /);
    return [title, ...sentences.map((_, i) => sentences.slice(0, i + 1).join(' '))];
  });
  const counts = await embedder.countTokens(candidates);
  return new Map(
    sizes.map((size) => {
      const fitting = candidates.filter((_, i) => {
        const count = counts[i] ?? 0;
        return count >= size.from && count <= size.to;
      });
      if (fitting.length < size.count) throw new Error(`Too few ${size.size} texts in the data.`);
      return [size, fitting.slice(0, size.count)];
    }),
  );
}

async function measureThroughput(
  contestants: readonly Contestant[],
  texts: TextsBySize,
  rounds: number,
): Promise<Row[]> {
  const seconds = new Map<string, number[]>();
  const key = (size: string, name: string) => `${size}: ${name}`;
  for (let round = 0; round <= rounds; round++) {
    progress(round === 0 ? 'Warming up' : `Round ${round} of ${rounds}`);
    for (const [{ size }, list] of texts) {
      // Another one begins each round, so that none always follows the same neighbour.
      for (let i = 0; i < contestants.length; i++) {
        const contestant = contestants[(i + round) % contestants.length];
        if (!contestant) continue;
        const start = performance.now();
        await contestant.embed(list);
        const taken = (performance.now() - start) / 1000;
        const name = key(size, contestant.name);
        if (round > 0) seconds.set(name, [...(seconds.get(name) ?? []), taken]);
      }
    }
  }
  return [...texts].flatMap(([{ size, from, to }, list]) =>
    contestants.map(({ name, target }) => {
      const perSecond = (who: string) => list.length / median(seconds.get(key(size, who)) ?? []);
      const times = perSecond('worker') / perSecond(name);
      return {
        texts: `${size} (${from} to ${to} tokens)`,
        contestant: name,
        textsPerSecond: perSecond(name),
        workerIsTimesAsFast: times,
        ...(target === undefined ? {} : { target, met: times >= target }),
      };
    }),
  );
}

async function measureLatency(
  contestants: readonly Contestant[],
  queries: readonly string[],
): Promise<Row[]> {
  const taken = new Map<Contestant, number[]>(contestants.map((contestant) => [contestant, []]));
  // In blocks: each contestant's threads go on spinning for a moment and would disturb the next one.
  for (let block = 0; block < queries.length; block += 20) {
    for (const [contestant, milliseconds] of taken) {
      await contestant.embed(['the first of a block finds cold caches']);
      for (const query of queries.slice(block, block + 20)) {
        const start = performance.now();
        await contestant.embed([query]);
        milliseconds.push(performance.now() - start);
      }
    }
  }
  const inProcess = median([...taken.values()][1] ?? []);
  return [...taken].map(([{ name, target }, milliseconds]) => {
    const times = median(milliseconds) / inProcess;
    return {
      contestant: name,
      medianMs: median(milliseconds),
      p95Ms: percentile(milliseconds, 95),
      timesThePipelineInThisProcess: times,
      ...(target === undefined ? {} : { target, met: times <= target }),
    };
  });
}
