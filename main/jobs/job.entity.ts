import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { jobStatuses } from '../../shared/schemas/job.ts';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/** Work that takes a while: what it was asked to do, how far it is, how it ended. */
export const Job = defineEntity({
  name: 'Job',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    kind: p.text(),
    status: p.enum(jobStatuses).default('queued'),
    progress: p.bigint('number').defaultRaw('0'),
    /** Unknown as long as it is null. */
    total: p.bigint('number').nullable(),
    parameters: p.json<unknown>().defaultRaw(`'{}'`),
    /** Where to go on after an interruption. */
    checkpoint: p.json<unknown>().nullable(),
    result: p.json<unknown>().nullable(),
    error: p.text().nullable(),
    startedAt: p.datetime(3).nullable(),
    finishedAt: p.datetime(3).nullable(),
    /** Which app has it in hand, or had it last: the number of its lock (runner-lock.ts). */
    runner: p.integer().nullable(),
  },
  checks: [
    { name: 'job_kind_check', expression: `kind <> '' and char_length(kind) <= 100` },
    { name: 'job_progress_check', expression: 'progress >= 0 and total >= 0' },
    { name: 'job_error_check', expression: `(status = 'failed') = (error is not null)` },
    {
      name: 'job_finished_at_check',
      expression: `(status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)`,
    },
  ],
  indexes: [
    {
      name: 'job_newest_index',
      expression: 'create index "job_newest_index" on "job" ("user_id", "created_at" desc, "id" desc)',
    },
    {
      name: 'job_unfinished_index',
      expression: 'create index "job_unfinished_index" on "job" ("created_at") where finished_at is null',
    },
  ],
});
export type Job = InferEntity<typeof Job>;
