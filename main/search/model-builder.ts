import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Database } from '../database/orm.ts';
import { inTransaction } from '../database/transaction.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { ModelFaultError } from '../embedding/model-files.ts';
import { LociError } from '../errors/loci-error.ts';
import { defineRunner, type JobContext, type JobRunner } from '../jobs/job-runner.ts';
import type { Log } from '../logging/log.ts';
import { EmbeddingModelRepository } from './embedding-model.repository.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { SemanticIndex } from './semantic-index.ts';

export const buildKind = 'models.build';

const parameters = z.strictObject({
  folder: z.string(),
  model: z.strictObject({
    name: z.string(),
    revision: z.string(),
    dimension: z.int(),
    maxTokens: z.int(),
  }),
});
export type BuildParameters = z.infer<typeof parameters>;

/** Undefined for what an older Loci may have written. */
export const readBuildParameters = (stored: unknown): BuildParameters | undefined =>
  parameters.safeParse(stored).data;

export interface ModelBuilderOptions {
  readonly database: Pick<Database, 'orm' | 'versions'>;
  readonly em: EntityManager;
  readonly shelf: ModelShelf;
  readonly index: SemanticIndex;
  readonly log: Log;
}

/** How often it is looked how far it is, and whether it is to be paused. */
const lookEveryMs = 250;

/**
 * Makes the vectors of another model beside those in use, and then puts it in use. What is made is in the library as
 * soon as it is made: after an interruption, of whatever kind, it goes on with what is missing.
 */
export function modelBuilder(options: ModelBuilderOptions): JobRunner {
  return defineRunner({
    kind: buildKind,
    parameters,
    run: (context) => build(options, context),
  });
}

async function build(
  { database, em, shelf, index, log }: ModelBuilderOptions,
  context: JobContext<BuildParameters, never>,
): Promise<{ modelId: number }> {
  const { folder: from, model } = context.parameters;
  const models = new EmbeddingModelRepository(em);
  shelf.building.set(model.revision, context.jobId);
  let embedder: Embedder | undefined;
  let queue: EmbeddingQueue | undefined;
  try {
    embedder = shelf.start(await takeFiles(shelf, from, model));
    const { state, reason, detail, model: loaded } = await embedder.whenSettled();
    if (state !== 'ready' || loaded?.revision !== model.revision)
      throw new EmbedderUnavailableError(reason ?? 'failed', detail);
    context.signal.throwIfAborted();
    const id = await inTransaction(em, () => models.ensure(model));
    queue = new EmbeddingQueue({ database, embedder, currentUserId: () => context.userId, log });
    for (;;) {
      await untilIdle(context, queue, async () => {
        const kept = (await models.findKept()).find((each) => each.id === id);
        if (kept) context.report({ progress: kept.memories - kept.waiting, total: kept.memories });
      });
      const failed = (await models.findKept()).find((each) => each.id === id)?.failed ?? 0;
      if (failed > 0) throw someFailed(failed);
      await index.ensure({ id, dimension: model.dimension });
      await context.pausePoint();
      // Whoever wrote something in this moment has it in both queues, or waits.
      const isSwitched = await inTransaction(
        em,
        async () => !(await models.hasWaiting(id)) && (await models.putInUse(id)),
      );
      if (!isSwitched) continue;
      await queue.stop();
      shelf.embedder.use(embedder);
      embedder = undefined;
      return { modelId: id };
    }
  } finally {
    shelf.building.delete(model.revision);
    await queue?.stop();
    await embedder?.stop();
  }
}

async function takeFiles(shelf: ModelShelf, from: string, model: BuildParameters['model']): Promise<string> {
  try {
    return await shelf.take(from, model);
  } catch (error) {
    if (!(error instanceof ModelFaultError)) throw error;
    throw new LociError('unavailable', (texts) => texts.failures.model.filesChanged, {
      cause: error,
    });
  }
}

/** Reports and can be paused until nothing is left to do. */
async function untilIdle(
  context: JobContext<unknown, never>,
  queue: EmbeddingQueue,
  report: () => Promise<void>,
): Promise<void> {
  const idle = queue.whenIdle().then(() => 'idle' as const);
  for (;;) {
    const timer = new AbortController();
    const look = pause(lookEveryMs, 'look' as const, { signal: timer.signal }).catch(() => 'look' as const);
    const come = await Promise.race([idle, look]);
    timer.abort();
    await report();
    if (come === 'idle') return;
    let mayGoOn = false;
    const goingOn = context.pausePoint().then(() => {
      mayGoOn = true;
    });
    await Promise.race([goingOn, new Promise(setImmediate)]);
    if (mayGoOn) continue;
    queue.pause();
    await goingOn;
    queue.resume();
  }
}

const someFailed = (memories: number): LociError =>
  new LociError('unavailable', (texts) => texts.failures.model.someFailed(memories));
