import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { mostNewMemories } from '../shared/schemas/memory.ts';
import type { EmbeddingProgress } from '../shared/schemas/embedding-progress.ts';
import { composeServices, type Services } from '../main/app/services.ts';
import { forkWorker } from '../main/embedding/child-process-host.ts';
import { startEmbedder, type Embedder } from '../main/embedding/embedder.ts';
import { switchableEmbedder } from '../main/embedding/switchable-embedder.ts';
import type { PieceText } from '../main/embedding/worker-protocol.ts';
import { silentLog } from '../main/logging/log.ts';
import { root, shippedModelDir } from '../scripts/places.mjs';
import { openLibrary } from './library/open-library.ts';
import { median, printReport, progress, wholeNumber, type Row } from './report.ts';
import { readSciFact, type SciFact } from './scifact.ts';
import { withTemporaryDir } from './temporary-dir.ts';

type Abstract = SciFact['documents'][number];

/** So much of the speed of the model alone should be left when all else is done beside it. */
const leastShare = 0.9;
const longestBlockMs = 50;
const mostGrowthMegabytes = 200;
/** As the app asks for them. */
const requestTokens = 2048;
const requestsAtOnce = 3;
const settleMs = 3_000;
/** More often the looking itself would take a tenth of a processor. */
const sampleEveryMs = 1_000;
const clockMs = 5;

/**
 * How long it takes from a file of abstracts to memories that can all be found by meaning, through the services of the
 * app as they are, against the model alone with the very same pieces of text: part by part, one after the other, so
 * that a machine that is busy now and then slows both. This process stands for the one that serves the window.
 *
 *     npm run bench -- ingest [--json] [--memories 5183] [--parts 4] [--data <folder of SciFact>]
 */
export async function run(args: string[]): Promise<void> {
  const { documents } = readSciFact(args);
  const abstracts = documents.slice(0, wholeNumber(args, 'memories', documents.length));
  const parts = Math.max(1, wholeNumber(args, 'parts', 4));
  await withTemporaryDir('ingest', async (dir, signal) => {
    const library = await openLibrary({ libraryDir: path.join(dir, 'library'), signal });
    const startModel = (folder: string) =>
      startEmbedder({
        host: () => forkWorker(path.join(root, 'main/embedding/embedding-worker.ts')),
        modelDir: folder,
        log: silentLog,
        // As in the app.
        background: true,
      });
    const embedder = switchableEmbedder(startModel(shippedModelDir));
    try {
      const { state, detail } = await embedder.whenSettled();
      if (state !== 'ready') throw new Error(`The worker is ${state}: ${detail}`);
      const ears = new Set<(progress: EmbeddingProgress) => void>();
      const services = await composeServices(
        library.database,
        {
          embedder,
          startModel,
          modelDir: shippedModelDir,
          modelsDir: path.join(dir, 'models'),
          draftsDir: path.join(dir, 'drafts'),
          adaptersDir: path.join(dir, 'adapters'),
          baseModelsDir: path.join(dir, 'base-models'),
          chooseFolder: async () => undefined,
          chooseAdapter: async () => undefined,
          chooseSavePlace: async () => undefined,
          showFolder: async () => undefined,
          dropped: () => undefined,
        },
        silentLog,
        {
          onSettings: () => undefined,
          onSwitch: () => undefined,
          onJob: () => undefined,
          onChanges: () => undefined,
          onDuplicates: () => undefined,
          onEmbeddings: (now) => ears.forEach((tell) => tell(now)),
        },
      );
      try {
        const whenReady = (memories: number) =>
          new Promise<void>((resolve) => {
            const tell = ({ ready, state: doing }: EmbeddingProgress): void => {
              if (ready < memories || doing !== 'idle') return;
              ears.delete(tell);
              resolve();
            };
            ears.add(tell);
          });
        // Whatever there is to start has started.
        await pause(settleMs);
        const memory = watchMemory(() => library.cluster?.processIds() ?? Promise.resolve([]), embedder);
        await memory.startFrom();
        const rows: Row[] = [];
        const results = { model: [] as Measured[], all: [] as Measured[] };
        for (let part = 0; part < parts; part++) {
          signal.throwIfAborted();
          const from = Math.floor((part * abstracts.length) / parts);
          const until = Math.floor(((part + 1) * abstracts.length) / parts);
          const some = abstracts.slice(from, until);
          const requests = await cutAsTheAppDoes(embedder, some);
          const pieces = requests.flat().length;
          const model = await measured(async () => {
            const waiting = requests.values();
            const ask = async () => {
              for (const request of waiting) await embedder.embedPieces(request);
            };
            await Promise.all(Array.from({ length: requestsAtOnce }, ask));
          });
          const all = await measured(async () => {
            const isReady = whenReady(until);
            await write(services, some);
            await isReady;
          });
          results.model.push(model);
          results.all.push(all);
          rows.push({
            part: part + 1,
            memories: some.length,
            pieces,
            modelSeconds: model.seconds,
            allSeconds: all.seconds,
            share: model.seconds / all.seconds,
          });
          progress(`Part ${part + 1}: ${JSON.stringify(rows.at(-1))}`);
          // What the app still has to do behind it must not slow what is measured next.
          await pause(settleMs);
        }
        const growth = await memory.stop();
        const sum = (of: readonly Measured[]) => of.reduce((total, { seconds }) => total + seconds, 0);
        const share = sum(results.model) / sum(results.all);
        const longest = (of: readonly Measured[]) => Math.max(...of.map(({ blockMs }) => blockMs));
        printReport(args, {
          title: `${abstracts.length} abstracts from the file to found by meaning`,
          tables: {
            speed: [
              {
                memoriesPerSecond: abstracts.length / sum(results.all),
                modelSeconds: sum(results.model),
                allSeconds: sum(results.all),
                share,
                medianShare: median(rows.map((row) => Number(row['share']))),
                atLeast: leastShare,
                met: share >= leastShare,
              },
            ],
            parts: rows,
            'longest block of the event loop, ms': [
              {
                whileItOnlyWaits: longest(results.model),
                block: longest(results.all),
                p999: Math.max(...results.all.map(({ p999Ms }) => p999Ms)),
                atMost: longestBlockMs,
                met: longest(results.all) <= longestBlockMs,
              },
            ],
            'memory over idle at its peak, MB': [
              { ...growth, atMost: mostGrowthMegabytes, met: growth.all <= mostGrowthMegabytes },
            ],
          },
        });
      } finally {
        await services.close();
      }
    } finally {
      await embedder.stop();
      await library.close();
    }
  });
}

/** As the page keeps many files. */
async function write({ handlers, inContext }: Services, abstracts: readonly Abstract[]): Promise<void> {
  for (let from = 0; from < abstracts.length; from += mostNewMemories) {
    const memories = abstracts
      .slice(from, from + mostNewMemories)
      .map(({ title, text }) => ({ title: title || null, content: text }));
    await inContext(() => handlers.memories.createMany({ memories }));
  }
}

/** All pieces, in requests as large as the app's, of like length each. */
async function cutAsTheAppDoes(embedder: Embedder, abstracts: readonly Abstract[]): Promise<PieceText[][]> {
  const memories = abstracts.map(({ title, text }) => ({ title: title || null, text }));
  const cut = await embedder.cut(memories);
  const pieces = cut.flatMap((ofOne, i) =>
    ofOne.map(({ start, end, tokens, textHash }) => {
      const { title = null, text = '' } = memories[i] ?? {};
      return { tokens, piece: { title, text: text.slice(start, end), textHash } };
    }),
  );
  const requests: PieceText[][] = [];
  let tokensLeft = 0;
  for (const { tokens, piece } of pieces.toSorted((a, b) => a.tokens - b.tokens)) {
    if (tokens > tokensLeft) {
      requests.push([]);
      tokensLeft = requestTokens;
    }
    tokensLeft -= tokens;
    requests.at(-1)?.push(piece);
  }
  return requests;
}

interface Measured {
  readonly seconds: number;
  readonly blockMs: number;
  readonly p999Ms: number;
}

async function measured(work: () => Promise<void>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: clockMs });
  delay.enable();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  return { seconds, blockMs: delay.max / 1e6, p999Ms: delay.percentile(99.9) / 1e6 };
}

const kinds = ['app', 'model', 'server'] as const;
type Sizes = Record<(typeof kinds)[number], number>;

/** Each process's fair share of what it shares (PSS), in megabytes; on Linux only. */
function watchMemory(serverPids: () => Promise<readonly number[]>, embedder: Embedder) {
  let idle: Sizes = { app: 0, model: 0, server: 0 };
  let peak: Sizes & { all: number } = { ...idle, all: 0 };
  const total = (sizes: Sizes) => sizes.app + sizes.model + sizes.server;
  const take = async (): Promise<Sizes> => {
    const [app, model, server] = await Promise.all([
      sizeOf([process.pid]),
      sizeOf([embedder.status().pid ?? 0]),
      serverPids().then(sizeOf),
    ]);
    return { app, model, server };
  };
  const ending = new AbortController();
  let watching: Promise<void> = Promise.resolve();
  return {
    async startFrom() {
      idle = await take();
      watching = (async () => {
        while (!ending.signal.aborted) {
          const now = await take();
          const largest = (kind: keyof Sizes) => Math.max(peak[kind], now[kind]);
          peak = {
            app: largest('app'),
            model: largest('model'),
            server: largest('server'),
            all: Math.max(peak.all, total(now)),
          };
          await pause(sampleEveryMs);
        }
      })();
    },
    async stop() {
      ending.abort();
      await watching;
      return {
        app: peak.app - idle.app,
        model: peak.model - idle.model,
        server: peak.server - idle.server,
        all: peak.all - total(idle),
      };
    },
  };
}

async function sizeOf(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
