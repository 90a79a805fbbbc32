import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { textsNow } from '../../shared/texts/index.ts';
import {
  jobActions,
  type Job,
  type JobPage,
  type JobPageRequest,
  type JobStatus,
} from '../../shared/schemas/job.ts';
import { inTransaction } from '../database/transaction.ts';
import { toldAsText } from '../../shared/schemas/told.ts';
import { toldBy } from '../../shared/texts/told.ts';
import { toLociError } from '../errors/database-error.ts';
import { conflict, LociError, notFound, unavailable } from '../errors/loci-error.ts';
import type { Log } from '../logging/log.ts';
import { toJob } from './job-dto.ts';
import type { JobProgress, JobRunner, Json } from './job-runner.ts';
import { JobRepository, type JobEnding, type StoredJob } from './job.repository.ts';
import { Lane } from './lane.ts';
import { LiveJob } from './live-job.ts';
import { RunnerLock } from './runner-lock.ts';

export interface JobServiceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  /** Opens the ORM's request context, as around every call. */
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  readonly runners: readonly JobRunner[];
  readonly log: Log;
  /** Told each change of a job of the person at work, and its progress a few times a second. */
  readonly onChange: (job: Job) => void;
  /** How long closing waits for work that does not stop; by the next start it counts as interrupted. */
  readonly closeGraceMs?: number;
}

const mostOfKind = 100;

/** Whatever takes longer than a person likes to wait: begun, watched, paused, stopped, taken up again. */
export class JobService {
  readonly #options: JobServiceOptions;
  readonly #repository: JobRepository;
  readonly #lock: RunnerLock;
  readonly #runners: ReadonlyMap<string, JobRunner>;
  /** By person and kind: nobody waits for what they cannot see. */
  readonly #lanes = new Map<string, Lane>();
  readonly #live = new Map<string, LiveJob>();
  /** A job outlives the call that started it, and must not take part in its transaction. */
  readonly #apart: <T>(work: () => Promise<T>) => Promise<T>;
  #isClosing = false;

  constructor(options: JobServiceOptions) {
    this.#options = options;
    this.#lock = new RunnerLock(options.em);
    this.#repository = new JobRepository(options.em, this.#lock.runner);
    this.#runners = new Map(options.runners.map((runner) => [runner.kind, runner]));
    const outside = AsyncLocalStorage.snapshot();
    this.#apart = (work) => outside(() => options.inContext(work));
  }

  /** Answers as soon as the job is noted; it begins when no other of its person and kind is under way. */
  async start(kind: string, parameters: Json = {}): Promise<{ jobId: string }> {
    const { em, currentUserId } = this.#options;
    if (em.isInTransaction()) throw new Error('A job is started after the transaction that prepares it');
    this.#refuseWhenClosing();
    const userId = currentUserId();
    this.#runnerOf(kind).readParameters(parameters);
    await this.#lock.hold();
    const id = await inTransaction(em, () => this.#repository.add(userId, kind, parameters));
    const stored = await this.#find(userId, id);
    this.#tell(stored);
    this.#launch(stored);
    return { jobId: id };
  }

  async list(request: JobPageRequest): Promise<JobPage> {
    const found = await this.#repository.findPage(this.#options.currentUserId(), request);
    const jobs = found.slice(0, request.limit).map((stored) => toJob(this.#withProgress(stored)));
    const last = found.length > request.limit ? jobs.at(-1) : undefined;
    return { jobs, next: last ? { createdAt: last.createdAt, id: last.id } : null };
  }

  /** For who starts jobs of a kind, with what they were started with; the newest first. */
  async ofKind(kind: string): Promise<{ readonly job: Job; readonly parameters: unknown }[]> {
    const { currentUserId } = this.#options;
    const found = await this.#repository.findPage(currentUserId(), { kind, limit: mostOfKind });
    return found.map((stored) => ({
      job: toJob(this.#withProgress(stored)),
      parameters: stored.parameters,
    }));
  }

  async get(id: string): Promise<Job> {
    return toJob(this.#withProgress(await this.#find(this.#options.currentUserId(), id)));
  }

  async pause(id: string): Promise<Job> {
    const job = await this.#own(id);
    const live = await this.#liveOf(job);
    live?.pause();
    const paused = await this.#moved(job, 'paused', () =>
      this.#repository.move(id, jobActions.pause, 'paused'),
    ).catch((error: unknown) => {
      live?.resume();
      throw error;
    });
    return toJob(paused);
  }

  /** Goes on where it stood still, or from its last checkpoint if the app was closed since. */
  async resume(id: string): Promise<Job> {
    this.#refuseWhenClosing();
    const job = await this.#own(id);
    const live = await this.#liveOf(job);
    if (!live) return this.#takeUp(job, jobActions.resume);
    // It may not even have reached the place where it would have stood still.
    const to = live.isInLane ? 'running' : 'queued';
    const resumed = await this.#moved(job, to, () => this.#repository.moveOwn(id, ['paused'], to));
    live.resume();
    return toJob(resumed);
  }

  async retry(id: string): Promise<Job> {
    this.#refuseWhenClosing();
    const job = await this.#own(id);
    // Its end was told before all of it was over.
    await this.#live.get(id)?.done;
    return this.#takeUp(job, jobActions.retry);
  }

  async cancel(id: string): Promise<Job> {
    const job = await this.#own(id);
    const live = await this.#liveOf(job);
    if (live) {
      live.stop('cancelled');
      return toJob(this.#withProgress(job));
    }
    if (!isOneOf(job.status, jobActions.cancel)) throw notPossible(job);
    const ended = await this.#ended(job, (progress) =>
      this.#repository.end(id, { status: 'cancelled' }, progress),
    );
    if (!ended) throw notFound('job');
    return toJob(ended);
  }

  /** Takes finished jobs off the list; those that are not finished stay. */
  async forget(ids?: readonly string[]): Promise<number> {
    const userId = this.#options.currentUserId();
    return inTransaction(this.#options.em, () => this.#repository.deleteFinished(userId, ids));
  }

  /**
   * Those of an app that has ended, or that nobody has heard of for a while, can be resumed; others keep what is
   * theirs. To be called when the library is opened, before anything is started, and now and then after.
   */
  async interruptLeftBehind(): Promise<number> {
    const jobs = await this.#repository.interruptLeftBehind();
    if (jobs > 0) this.#options.log.info('Jobs were interrupted when the app ended', { jobs });
    return jobs;
  }

  /** Resolves when the job has come to a halt; for tools that have nothing else to do. */
  async whenStopped(id: string): Promise<void> {
    await this.#live.get(id)?.done;
  }

  /** Stops what is under way, to be resumed after the next start, and waits for it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const live = [...this.#live.values()];
    for (const job of live) job.stop('closing');
    const limit = new AbortController();
    const graceOver = setTimeout(this.#options.closeGraceMs ?? 5_000, 'over', {
      signal: limit.signal,
      ref: false,
    }).catch(() => undefined);
    const end = await Promise.race([Promise.all(live.map((job) => job.done)), graceOver]);
    limit.abort();
    if (end === 'over') this.#options.log.warn('Jobs did not stop in time', { jobs: this.#live.size });
    await this.#lock.close();
  }

  async #takeUp(job: StoredJob, from: readonly JobStatus[]): Promise<Job> {
    this.#runnerOf(job.kind);
    await this.#lock.hold();
    const queued = await this.#moved(job, 'queued', () => this.#repository.takeUp(job.id, from));
    // Asked for twice at once: it is already on its way.
    if (!this.#live.has(job.id)) this.#launch(queued);
    return toJob(queued);
  }

  #launch(stored: StoredJob): void {
    const { em, log } = this.#options;
    const laneName = `${stored.user} ${stored.kind}`;
    const lane = this.#lanes.get(laneName) ?? new Lane();
    this.#lanes.set(laneName, lane);
    const live = new LiveJob({
      stored,
      runner: this.#runnerOf(stored.kind),
      lane,
      em,
      repository: this.#repository,
      log,
      apart: this.#apart,
      onChange: (changed) => this.#tell(changed.told),
    });
    this.#live.set(stored.id, live);
    live.done = this.#apart(() => this.#runToItsEnd(live))
      .catch((error: unknown) => log.error('The end of a job was not written', error, { jobId: stored.id }))
      .finally(() => this.#live.delete(stored.id));
  }

  async #runToItsEnd(live: LiveJob): Promise<void> {
    let ending: JobEnding;
    try {
      ending = { status: 'succeeded', result: (await live.run()) ?? null };
    } catch (error) {
      if (live.stopReason === 'lost') return this.#tellLost(live.stored);
      if (live.stopReason === 'closing') {
        // What was paused stays so.
        const left = await this.#repository.moveOwn(live.stored.id, ['queued', 'running'], 'interrupted');
        if (left) this.#tell(left);
        return;
      }
      ending = live.stopReason ? { status: 'cancelled' } : this.#failure(live.stored, error);
    }
    const ended = await this.#ended(live.stored, (progress) =>
      this.#repository.endOwn(live.stored.id, ending, progress),
    );
    if (!ended) await this.#tellLost(live.stored);
  }

  /** Another app has it now, or has ended it: what that one says about it holds. */
  async #tellLost({ user, id }: StoredJob): Promise<void> {
    const current = await this.#repository.find(user, id);
    if (current) this.#tell(current);
  }

  #failure({ id, kind }: StoredJob, error: unknown): JobEnding {
    this.#options.log.error('A job failed', error, { jobId: id, kind });
    const meant = error instanceof LociError ? error : toLociError(error);
    return {
      status: 'failed',
      error: toldAsText(toldBy(() => meant?.said(textsNow()) ?? textsNow().failures.internal)),
    };
  }

  async #ended(
    job: StoredJob,
    write: (final: JobProgress) => Promise<StoredJob | undefined>,
  ): Promise<StoredJob | undefined> {
    const { progress, total } = this.#withProgress(job);
    const end = () => write({ progress, total });
    // While the library is closed nobody waits for a server that went away.
    const ended = await (this.#isClosing ? end() : inTransaction(this.#options.em, end));
    if (ended) this.#tell(ended);
    return ended;
  }

  /** What is already so is fine: a person may press a button twice. */
  async #moved(
    job: StoredJob,
    to: JobStatus,
    move: () => Promise<StoredJob | undefined>,
  ): Promise<StoredJob> {
    const moved = await inTransaction(this.#options.em, move);
    if (!moved) {
      const current = await this.#find(job.user, job.id);
      if (current.status === to) return current;
      throw notPossible(current);
    }
    const changed = this.#withProgress(moved);
    this.#tell(changed);
    return changed;
  }

  /** What of a job is in this app. It stops when another app has taken the job over while it stood still here. */
  async #liveOf(job: StoredJob): Promise<LiveJob | undefined> {
    const live = this.#live.get(job.id);
    if (!live || job.runner === this.#lock.runner) return live;
    live.stop('lost');
    await live.done;
    return undefined;
  }

  #own(id: string): Promise<StoredJob> {
    return this.#find(this.#options.currentUserId(), id);
  }

  async #find(userId: string, id: string): Promise<StoredJob> {
    const stored = await this.#repository.find(userId, id);
    if (!stored) throw notFound('job');
    return stored;
  }

  #runnerOf(kind: string): JobRunner {
    const runner = this.#runners.get(kind);
    if (!runner) throw unavailable((texts) => texts.failures.job.unknown);
    return runner;
  }

  #refuseWhenClosing(): void {
    if (this.#isClosing) throw unavailable((texts) => texts.failures.job.closing);
  }

  /** What the row does not say yet. */
  #withProgress(stored: StoredJob): StoredJob {
    return { ...stored, ...this.#live.get(stored.id)?.progress };
  }

  #tell(stored: StoredJob): void {
    const { currentUserId, onChange } = this.#options;
    if (stored.user === currentUserId()) onChange(toJob(stored));
  }
}

function isOneOf(status: JobStatus, statuses: readonly JobStatus[]): boolean {
  return statuses.includes(status);
}

function notPossible(current: StoredJob): LociError {
  return conflict((texts) => texts.failures.job.goneOn, toJob(current));
}
