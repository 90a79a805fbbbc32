import { textsNow, type Texts } from '../../shared/texts/index.ts';
import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import type { Database } from '../database/orm.ts';
import { withClient } from '../database/with-client.ts';
import { EmbedderUnavailableError, keptReason } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import { toLociError } from '../errors/database-error.ts';
import { Pace } from '../jobs/pace.ts';
import type { Log } from '../logging/log.ts';
import { ChunkRepository } from './chunk.repository.ts';
import { QueueConnection } from './embedding-queue-connection.ts';
import { EmbeddingRun } from './embedding-queue-run.ts';
import { countEmbeddings, EmbeddingQueueRepository, retryFailed } from './embedding-queue.repository.ts';

/** The number that vectors of this model have in the library. */
export interface StoredModel {
  readonly id: number;
  readonly dimension: number;
}

export interface EmbeddingQueueOptions {
  readonly database: Pick<Database, 'orm'>;
  readonly embedder: Embedder;
  readonly currentUserId: () => string;
  readonly log: Log;
  readonly onProgress?: (progress: EmbeddingProgress) => void;
  /** After each batch, and when nothing is left: for what has to be kept up behind it. */
  readonly onStored?: (model: StoredModel, isMoreToCome: boolean) => void;
}

/** Something may have been written by another app on the same server, which can't tell us. */
const pollMs = 30_000;
const progressEveryMs = 500;
const longestPauseMs = 30_000;
/** Forgotten first in, first out: what was on the screen long ago is not any more. */
const mostHurried = 500;

/**
 * Gives every piece of every memory its vector, in the background. The database itself is the queue: what is to
 * be done is what is written there as not done, so that nothing is lost or done twice whatever ends in the middle.
 */
export class EmbeddingQueue {
  readonly #options: EmbeddingQueueOptions;
  readonly #progressPace: Pace;
  readonly #stopping = new AbortController();
  readonly #hurried = new Set<string>();
  readonly #stopListening: () => void;
  readonly #running: Promise<void>;
  #model: ModelIdentity | undefined;
  #isPaused = false;
  #isElsewhere = false;
  #isWorking = false;
  #problem: ((texts: Texts) => string) | undefined;
  #failures = 0;
  #stored = 0;
  /** Something has come in since the window was read. */
  #isNews = true;
  #alarm: (() => void) | undefined;
  #idleListeners: (() => void)[] = [];

  constructor(options: EmbeddingQueueOptions) {
    this.#options = options;
    this.#progressPace = new Pace(progressEveryMs, () => this.#tellProgress());
    this.#stopListening = options.embedder.onStatus(({ model }) => {
      if (model) this.#model = model;
      this.wake();
      this.#progressPace.ask();
    });
    this.#model = options.embedder.status().model;
    this.#running = this.#run();
  }

  /** To be told whenever memories were written; what is told too often or for nothing costs little. */
  wake(): void {
    this.#isNews = true;
    this.#alarm?.();
  }

  /** These are on the screen: before all others, please. */
  hurry(memoryIds: readonly string[]): void {
    for (const id of memoryIds) {
      this.#hurried.delete(id);
      this.#hurried.add(id);
    }
    for (const id of this.#hurried) {
      if (this.#hurried.size <= mostHurried) break;
      this.#hurried.delete(id);
    }
    this.wake();
  }

  pause(): void {
    this.#isPaused = true;
    this.#progressPace.ask();
  }

  resume(): void {
    this.#isPaused = false;
    this.wake();
    this.#progressPace.ask();
  }

  /** What has failed is tried again now, and not after a while. */
  async retryFailed(): Promise<number> {
    const { database, currentUserId } = this.#options;
    const pieces = await retryFailed(database.orm.em.fork(), currentUserId());
    this.wake();
    return pieces;
  }

  async progress(): Promise<EmbeddingProgress> {
    const { database, currentUserId } = this.#options;
    // Before it is counted: what is stored meanwhile is told of once more, and not never.
    const stored = this.#stored;
    const { failure, ...counts } = await countEmbeddings(
      database.orm.em.fork(),
      currentUserId(),
      this.#model,
    );
    const problem =
      this.#findProblem() ?? (failure === undefined ? undefined : keptReason(failure, textsNow()));
    return { ...counts, stored, state: this.#state(), ...(problem === undefined ? {} : { problem }) };
  }

  /** Resolves when all has been tried that is there to do. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleListeners.push(resolve);
      this.wake();
    });
  }

  /** What the model has under way is given up; it waits in the library for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'));
    this.#stopListening();
    this.#alarm?.();
    await this.#running;
    await this.#progressPace.stop();
  }

  #state(): EmbeddingProgress['state'] {
    if (this.#isPaused) return 'paused';
    if (!this.#isModelReady()) return 'waiting';
    if (this.#isElsewhere) return 'elsewhere';
    return this.#isWorking ? 'working' : 'idle';
  }

  #findProblem(): string | undefined {
    const { state, reason } = this.#options.embedder.status();
    if (state === 'degraded' && reason !== undefined)
      return new EmbedderUnavailableError(reason).said(textsNow());
    return this.#problem?.(textsNow());
  }

  #isModelReady(): boolean {
    return this.#options.embedder.status().state === 'ready';
  }

  async #tellProgress(): Promise<void> {
    const { onProgress, log } = this.#options;
    if (!onProgress || this.#stopping.signal.aborted) return;
    try {
      onProgress(await this.progress());
    } catch (error) {
      log.error('It could not be counted how much can be found by meaning', error);
    }
  }

  async #run(): Promise<void> {
    const { database, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      let waitMs = pollMs;
      this.#isNews = false;
      if (!this.#isPaused && this.#isModelReady()) {
        try {
          waitMs = await withClient(database, undefined, (client) => this.#work(new QueueConnection(client)));
          this.#failures = 0;
          this.#problem = undefined;
        } catch (error) {
          waitMs = Math.min(250 * 2 ** this.#failures++, longestPauseMs);
          const known = toLociError(error);
          this.#problem = (texts) => known?.said(texts) ?? texts.failures.meaning.reading;
          log.error('Embedding was interrupted', error);
        }
        this.#isWorking = false;
      }
      // Also while it rests: what comes in meanwhile is counted.
      this.#progressPace.ask();
      if (!this.#isNews || this.#failures > 0) await this.#sleep(waitMs);
    }
  }

  #sleep(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopping.signal.aborted) return resolve();
      const timer = setTimeout(done, waitMs);
      const { signal } = this.#stopping;
      function done() {
        clearTimeout(timer);
        resolve();
      }
      // After a failure news must not make it try without end.
      this.#alarm = this.#failures > 0 ? () => signal.aborted && done() : done;
    });
  }

  /** @returns how long to wait before looking again */
  async #work(connection: QueueConnection): Promise<number> {
    const { embedder, log, onStored } = this.#options;
    const { model } = embedder.status();
    if (!model) return pollMs;
    const queue = new EmbeddingQueueRepository(connection);
    const modelId = await queue.ensureModel(model);
    this.#isElsewhere = !(await connection.tryLock(modelId));
    if (this.#isElsewhere) return pollMs;
    try {
      const isDone = await new EmbeddingRun({
        queue,
        modelId,
        chunks: new ChunkRepository(connection),
        embedder,
        log,
        signal: this.#stopping.signal,
        hurried: this.#hurried,
        takeNews: () => {
          const isNews = this.#isNews;
          this.#isNews = false;
          return isNews;
        },
        mustRest: () =>
          this.#isPaused ||
          this.#stopping.signal.aborted ||
          !this.#isModelReady() ||
          embedder.status().model?.revision !== model.revision,
        onFound: () => {
          this.#isWorking = true;
          this.#progressPace.ask();
        },
        onStored: () => {
          this.#stored += 1;
          this.#progressPace.ask();
          onStored?.({ id: modelId, dimension: model.dimension }, true);
        },
      }).finish();
      if (!isDone) {
        // It rests, who knows for how long.
        if (!this.#stopping.signal.aborted) onStored?.({ id: modelId, dimension: model.dimension }, false);
        return pollMs;
      }
      onStored?.({ id: modelId, dimension: model.dimension }, false);
      // What was told last may have been told before the end.
      if (this.#isWorking) this.#progressPace.ask();
      this.#isWorking = false;
      for (const resolve of this.#idleListeners.splice(0)) resolve();
      return Math.max(0, Math.min(pollMs, (await queue.findNextRetryMs(modelId)) ?? pollMs));
    } finally {
      // With a broken connection it has ended by itself.
      await connection.unlock(modelId).catch(() => undefined);
    }
  }
}
