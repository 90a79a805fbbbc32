import { raw } from '@mikro-orm/core';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { v7 as uuidV7 } from 'uuid';
import type { JobPageRequest, JobStatus } from '../../shared/schemas/job.ts';
import { Job } from './job.entity.ts';
import type { JobProgress, Json } from './job-runner.ts';
import { runnerLock } from './runner-lock.ts';

export interface StoredJob {
  readonly id: string;
  readonly user: string;
  readonly kind: string;
  readonly status: JobStatus;
  readonly progress: number;
  readonly total: number | null;
  readonly parameters: unknown;
  readonly checkpoint: unknown;
  readonly result: Json;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Which app has it in hand, or had it last. */
  readonly runner: number | null;
}

/** How a job came to its end. */
export type JobEnding =
  | { readonly status: 'succeeded'; readonly result: Json }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'cancelled' };

/** On behalf of one app, which is not the only one on a library that lies on another server. */
export class JobRepository {
  readonly #em: EntityManager;
  readonly #runner: number;

  constructor(em: EntityManager, runner: number) {
    this.#em = em;
    this.#runner = runner;
  }

  async add(userId: string, kind: string, parameters: unknown): Promise<string> {
    const row = { id: uuidV7(), user: userId, kind, parameters, checkpoint: null, result: null };
    return this.#em.insert(Job, { ...row, runner: this.#runner });
  }

  async find(userId: string, id: string): Promise<StoredJob | undefined> {
    return this.#first({ id, user: userId });
  }

  /** The newest first, one more than asked for if there are more. */
  async findPage(userId: string, request: JobPageRequest): Promise<StoredJob[]> {
    const { kind, statuses, after, limit } = request;
    const rows = await this.#em.find(
      Job,
      {
        user: userId,
        ...(kind === undefined ? {} : { kind }),
        ...(statuses === undefined ? {} : { status: { $in: statuses } }),
        ...(after === undefined
          ? {}
          : {
              [raw('(created_at, id)')]: {
                $lt: raw('(?::timestamptz, ?::uuid)', [after.createdAt, after.id]),
              },
            }),
      },
      { orderBy: { createdAt: 'desc', id: 'desc' }, limit: limit + 1, disableIdentityMap: true },
    );
    return rows.map(toStored);
  }

  /** Undefined when its status is none of these any more: somebody else was faster. */
  move(id: string, from: readonly JobStatus[], to: JobStatus): Promise<StoredJob | undefined> {
    return this.#move({ id, status: { $in: [...from] } }, to);
  }

  /** As `move`, and undefined also when another app has taken it over. */
  moveOwn(id: string, from: readonly JobStatus[], to: JobStatus): Promise<StoredJob | undefined> {
    return this.#move({ id, status: { $in: [...from] }, runner: this.#runner }, to);
  }

  /** From here on it is this app's, whoever's it was. */
  takeUp(id: string, from: readonly JobStatus[]): Promise<StoredJob | undefined> {
    return this.#move({ id, status: { $in: [...from] } }, 'queued', { runner: this.#runner });
  }

  end(id: string, ending: JobEnding, finalProgress: JobProgress): Promise<StoredJob | undefined> {
    return this.#end({ id, finishedAt: null }, ending, finalProgress);
  }

  /** As `end`, and undefined also when another app has taken it over. */
  endOwn(id: string, ending: JobEnding, finalProgress: JobProgress): Promise<StoredJob | undefined> {
    return this.#end({ id, finishedAt: null, runner: this.#runner }, ending, finalProgress);
  }

  async #move(
    where: FilterQuery<Job> & { readonly id: string },
    to: JobStatus,
    also: { readonly runner?: number } = {},
  ): Promise<StoredJob | undefined> {
    const moved = await this.#em.nativeUpdate(Job, where, {
      ...also,
      status: to,
      error: null,
      finishedAt: null,
      ...(to === 'running' ? { startedAt: raw('coalesce(started_at, now())') } : {}),
    });
    return moved === 0 ? undefined : this.#first({ id: where.id });
  }

  async #end(
    where: FilterQuery<Job> & { readonly id: string },
    ending: JobEnding,
    finalProgress: JobProgress,
  ): Promise<StoredJob | undefined> {
    const ended = await this.#em.nativeUpdate(Job, where, {
      ...finalProgress,
      error: null,
      ...ending,
      finishedAt: raw('now()'),
    });
    return ended === 0 ? undefined : this.#first({ id: where.id });
  }

  /** False when it is not under way any more, as far as the library knows, or is another app's. */
  async saveProgress(id: string, progress: JobProgress): Promise<boolean> {
    return this.#saveUnderWay(id, { ...progress });
  }

  async saveCheckpoint(id: string, checkpoint: unknown, progress: JobProgress): Promise<boolean> {
    return this.#saveUnderWay(id, { checkpoint, ...progress });
  }

  /** Those under way whose app is gone, which this one is not. Answers with how many there were. */
  async interruptLeftBehind(): Promise<number> {
    const interrupted = await this.#em.execute<{ id: string }[]>(
      `update job set status = 'interrupted'
       where finished_at is null and status in ('queued', 'running')
         and runner is distinct from ? and (runner is null or runner::oid not in (
           select objid from pg_locks
           where locktype = 'advisory' and classid = ? and objsubid = 2 and granted
             and database = (select oid from pg_database where datname = current_database())))
       returning id`,
      [this.#runner, runnerLock],
    );
    return interrupted.length;
  }

  async deleteFinished(userId: string, ids?: readonly string[]): Promise<number> {
    return this.#em.nativeDelete(Job, {
      user: userId,
      finishedAt: { $ne: null },
      ...(ids === undefined ? {} : { id: { $in: [...ids] } }),
    });
  }

  async #saveUnderWay(id: string, values: JobProgress & { checkpoint?: unknown }): Promise<boolean> {
    const saved = await this.#em.nativeUpdate(
      Job,
      { id, status: { $in: ['queued', 'running', 'paused'] }, runner: this.#runner },
      values,
    );
    return saved > 0;
  }

  async #first(where: FilterQuery<Job>): Promise<StoredJob | undefined> {
    const row = await this.#em.findOne(Job, where, { disableIdentityMap: true });
    return row ? toStored(row) : undefined;
  }
}

function toStored(row: Job): StoredJob {
  const { total = null, error = null, startedAt = null, finishedAt = null, runner = null } = row;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A jsonb column holds nothing else.
  const result = row.result as Json;
  return { ...row, total, error, startedAt, finishedAt, runner, result };
}
