import type { EntityManager } from '@mikro-orm/postgresql';
import { inTransaction } from '../database/transaction.ts';
import { LociError } from '../errors/loci-error.ts';
import type { Log } from '../logging/log.ts';
import type { JobContext, JobProgress, JobRunner } from './job-runner.ts';
import type { JobRepository, StoredJob } from './job.repository.ts';
import type { Lane } from './lane.ts';
import { Pace } from './pace.ts';

/** Often enough for a bar that moves evenly, seldom enough for the page. */
const tellEveryMs = 100;
const writeEveryMs = 500;

/** `lost`: its row is gone, or another app on the same library has taken it over. */
export type StopReason = 'cancelled' | 'closing' | 'lost';

export interface LiveJobOptions {
  readonly stored: StoredJob;
  readonly runner: JobRunner;
  readonly lane: Lane;
  readonly em: EntityManager;
  readonly repository: JobRepository;
  readonly log: Log;
  readonly onChange: (live: LiveJob) => void;
  /** Runs what must not take part in a transaction that the runner has begun. */
  readonly apart: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A job that waits for its turn, works, or stands still half done: what of it is not in its row. */
export class LiveJob {
  readonly #options: LiveJobOptions;
  readonly #stop = new AbortController();
  readonly #telling: Pace;
  readonly #writing: Pace;
  #leave: (() => void) | undefined;
  #wake: (() => void) | undefined;
  #pauseWanted = false;
  stopReason: StopReason | undefined;
  stored: StoredJob;
  /** Settles when all is over, its row included. */
  done: Promise<void> = Promise.resolve();

  constructor(options: LiveJobOptions) {
    const { stored, repository, log, apart } = options;
    this.#options = options;
    this.stored = stored;
    this.#telling = new Pace(tellEveryMs, () => options.onChange(this));
    this.#writing = new Pace(writeEveryMs, () =>
      apart(async () => {
        const isUnderWay = await repository.saveProgress(stored.id, this.progress);
        if (!isUnderWay) this.stop('lost');
      }).catch(() => log.warn('The progress of a job was not written', { jobId: stored.id })),
    );
  }

  get progress(): Required<JobProgress> {
    return { progress: this.stored.progress, total: this.stored.total };
  }

  /** As it is told: one that is to stand still counts as paused before it has come to where it can. */
  get told(): StoredJob {
    return this.#pauseWanted ? { ...this.stored, status: 'paused' } : this.stored;
  }

  /** It works, or is about to. */
  get isInLane(): boolean {
    return this.#leave !== undefined;
  }

  /** Waits for its turn and does the work; throws what the runner throws, or why it was stopped. */
  async run(): Promise<Awaited<ReturnType<JobRunner['run']>>> {
    try {
      await this.#takeTurn();
      return await this.#options.runner.run(this.#context());
    } finally {
      await Promise.all([this.#telling.stop(), this.#writing.stop()]);
      this.#giveTurn();
    }
  }

  pause(): void {
    this.#pauseWanted = true;
  }

  resume(): void {
    this.#pauseWanted = false;
    this.#wake?.();
  }

  stop(reason: StopReason): void {
    this.stopReason ??= reason;
    this.#stop.abort(new LociError('cancelled', (texts) => texts.failures.job.cancelled));
    this.#wake?.();
  }

  #context(): JobContext {
    const { stored, runner, repository, em } = this.#options;
    return {
      jobId: stored.id,
      userId: stored.user,
      parameters: runner.readParameters(stored.parameters),
      checkpoint: stored.checkpoint === null ? undefined : runner.readCheckpoint(stored.checkpoint),
      signal: this.#stop.signal,
      report: ({ progress, total = this.stored.total }) => {
        this.stored = {
          ...this.stored,
          progress: whole(progress),
          total: total === null ? null : whole(total),
        };
        this.#telling.ask();
        this.#writing.ask();
      },
      saveCheckpoint: async (checkpoint) => {
        const save = () => repository.saveCheckpoint(stored.id, checkpoint, this.progress);
        // Alone it may be repeated when the connection is lost; within a transaction that is seen to around it.
        if (await (em.isInTransaction() ? save() : inTransaction(em, save))) return;
        this.stop('lost');
        this.#stop.signal.throwIfAborted();
      },
      pausePoint: () => this.#pausePoint(),
    };
  }

  async #pausePoint(): Promise<void> {
    if (this.#options.em.isInTransaction()) throw new Error('A job cannot be paused within a transaction');
    this.#stop.signal.throwIfAborted();
    if (!this.#pauseWanted) return;
    // While this one stands still, another of its kind may work.
    this.#giveTurn();
    await this.#takeTurn();
  }

  /** To begin or to go on: as soon as it is not paused and its turn has come. */
  async #takeTurn(): Promise<void> {
    const { lane, repository, stored, em } = this.#options;
    const { signal } = this.#stop;
    for (;;) {
      if (this.#pauseWanted) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      this.#leave = await lane.enter(signal);
      if (!this.#pauseWanted) {
        const begun = await inTransaction(em, () =>
          repository.moveOwn(stored.id, ['queued', 'running'], 'running'),
        );
        if (begun) return this.#changeTo(begun);
        // Paused in this very moment; or gone, or taken over by another app.
        if (!this.#pauseWanted) this.stop('lost');
        signal.throwIfAborted();
      }
      this.#giveTurn();
    }
  }

  #giveTurn(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  #changeTo(stored: StoredJob): void {
    this.stored = { ...stored, ...this.progress };
    this.#options.onChange(this);
  }
}

function whole(count: number): number {
  if (!Number.isFinite(count) || count < 0) throw new Error('Progress is counted from 0');
  return Math.trunc(count);
}
