import { z } from 'zod';
import { id } from './id.ts';
import { instant } from './instant.ts';
import { told } from './told.ts';

/** `interrupted` was running when the app ended; it can be resumed. */
export const jobStatuses = [
  'queued',
  'running',
  'paused',
  'interrupted',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What a person can do with a job, and the statuses in which there is a sense to it. */
export const jobActions = {
  pause: ['queued', 'running'],
  resume: ['paused', 'interrupted'],
  cancel: ['queued', 'running', 'paused', 'interrupted'],
  /** Goes on where it failed, if it can. */
  retry: ['failed', 'cancelled'],
  forget: ['succeeded', 'failed', 'cancelled'],
} as const satisfies Readonly<Record<string, readonly JobStatus[]>>;

const moment = z.iso.datetime();

export const job = z.object({
  id,
  /** What it does, as `feature.verb`. */
  kind: z.string(),
  status: z.enum(jobStatuses),
  progress: z.int().nonnegative(),
  /** Null as long as nobody knows how much there is to do. */
  total: z.int().nonnegative().nullable(),
  /** What came of it; each kind has its own. */
  result: z.json(),
  /** A sentence for a person; there is one when it failed. */
  error: told.nullable(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
});
export type Job = z.infer<typeof job>;

/** It has not come to an end, though it may rest, or have been interrupted when the app ended. */
export const isUnfinished = ({ status }: Pick<Job, 'status'>): boolean =>
  jobActions.cancel.some((each) => each === status);

const cursor = z.strictObject({ createdAt: instant, id });

export const jobPageRequest = z.strictObject({
  kind: z.string().max(100).optional(),
  statuses: z.array(z.enum(jobStatuses)).max(jobStatuses.length).optional(),
  limit: z.int().min(1).max(200).default(50),
  after: cursor.optional(),
});
export type JobPageRequest = z.output<typeof jobPageRequest>;

/** The newest first. */
export const jobPage = z.object({ jobs: z.array(job), next: cursor.nullable() });
export type JobPage = z.infer<typeof jobPage>;
