/**
 * The process that holds the model, apart from the app so that neither its work nor its death stops a
 * window: a utilityProcess in Electron, a forked child in plain Node.
 */
import os from 'node:os';
import v8 from 'node:v8';
import { loadEmbeddingModel, type EmbeddingModel } from './embedding-model.ts';
import { countJob, cutJob, embedJob, pieceJob, type Job } from './jobs.ts';
import { ModelFaultError } from './model-files.ts';
import { once } from './once.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

interface Port {
  post(message: FromWorker): void;
  listen(listener: (message: ToWorker) => void): void;
}

/**
 * A third of the share of what runs beside it, on Linux and macOS, once there is much to embed; up to then a person
 * waits for each query, and there is no way back to more. Windows takes this as no change; the next lower class there
 * would not run at all while the machine is busy.
 */
const niceness = 5;
/** How long to stay silent at most while there is work. */
const signOfLifeMs = 1000;

/**
 * What is made for one batch is of no use after it. Left to itself V8 makes room for ever more of it: 50 MB after
 * some thousand texts. Seen to work in Node 24 and in Electron 33.
 */
v8.setFlagsFromString('--semi-space-growth-factor=1');

const port = openPort();
const jobs: Job[] = [];
let model: EmbeddingModel | undefined;
let working = false;

port.listen((message) => {
  switch (message.kind) {
    case 'load':
      void load(message).catch(die);
      return;
    case 'cancel':
      drop(message.id);
      return;
    case 'end':
      return process.exit(0);
    default:
      if (!model) return die(new Error('Asked before the model was ready.'));
      jobs.push(jobFor(model, message));
      if (!working) void work().catch(die);
  }
});

function jobFor(
  loaded: EmbeddingModel,
  message: Exclude<ToWorker, { kind: 'load' | 'cancel' | 'end' }>,
): Job {
  switch (message.kind) {
    case 'embed':
      return embedJob(loaded, message);
    case 'embedPieces':
      return pieceJob(loaded, message);
    case 'cut':
      return cutJob(loaded, message);
    case 'count':
      return countJob(loaded, message);
  }
}

async function load({
  modelDir,
  runtime,
  background,
  isPinned,
}: Extract<ToWorker, { kind: 'load' }>): Promise<void> {
  const start = performance.now();
  try {
    const loaded = await loadEmbeddingModel(modelDir, { runtime, isPinned });
    model = background ? { ...loaded, sessionForMany: givingWay(loaded) } : loaded;
  } catch (error) {
    if (!(error instanceof ModelFaultError)) throw error;
    port.post({ kind: 'refused', fault: error.fault, detail: error.message });
    return;
  }
  port.post({ kind: 'ready', model: model.identity, loadMs: Math.round(performance.now() - start) });
}

/** Before the runtime starts its threads for many, which inherit it on Linux. */
const givingWay = ({ sessionForMany }: EmbeddingModel): EmbeddingModel['sessionForMany'] =>
  once(() => {
    giveWay();
    return sessionForMany();
  });

function giveWay(): void {
  try {
    os.setPriority(niceness);
  } catch {
    // Some sandboxes forbid even that; then the worker is as important as everything else.
  }
}

async function work(): Promise<void> {
  working = true;
  let lastSign = performance.now();
  for (let job = nextJob(); job; job = nextJob()) {
    const answer = await step(job);
    if (answer) {
      drop(job.id);
      port.post(answer);
      lastSign = performance.now();
    } else if (performance.now() - lastSign > signOfLifeMs) {
      port.post({ kind: 'working' });
      lastSign = performance.now();
    }
    // The runtime computes on this thread; only here do messages come in: a query, a cancellation.
    await new Promise(setImmediate);
  }
  working = false;
}

const order = ['query', 'shown', 'cut'] as const;

/** A person waits for a query, nobody for a passage. */
function nextJob(): Job | undefined {
  for (const first of order) {
    const job = jobs.find(({ priority }) => priority === first);
    if (job) return job;
  }
  return jobs[0];
}

async function step(job: Job): Promise<FromWorker | undefined> {
  try {
    return await job.step();
  } catch (error) {
    return { kind: 'failed', id: job.id, detail: String(error) };
  }
}

function drop(id: number): void {
  const index = jobs.findIndex((job) => job.id === id);
  if (index >= 0) jobs.splice(index, 1);
}

function die(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

function openPort(): Port {
  // Undefined in plain Node, whatever Electron's types say.
  const electron: typeof process.parentPort | undefined = process.parentPort;
  if (electron) {
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      post: (message) => electron.postMessage(message),
      listen: (listener) => electron.on('message', ({ data }) => listener(data)),
    };
  }
  // Without the app nobody would ever stop this process.
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => process.send?.(message),
    listen: (listener) => process.on('message', listener),
  };
}
