import { useSyncExternalStore } from 'react';
import { isUnfinished, type Job, type JobStatus } from '../../shared/schemas/job.ts';
import { remembered } from '../navigation/remembered.ts';
import { listen, loci } from './loci.ts';
import { withSample, type Sample } from '../text/pace.ts';

/** A job, and how quickly it went of late. */
export interface ShownJob {
  readonly job: Job;
  readonly samples: readonly Sample[];
}

export interface Jobs {
  readonly underWay: readonly ShownJob[];
  /** Until the person has read them. */
  readonly failed: readonly Job[];
  /** Of what was seen to end. */
  readonly ended: readonly Job[];
}

const shown = [
  'queued',
  'running',
  'paused',
  'interrupted',
  'failed',
] as const satisfies readonly JobStatus[];
const mostEnded = 5;
const mostRead = 200;

const readOnes = remembered('jobs.read', (text) => text);
let known = new Map<string, ShownJob>();
let seenEnding: readonly string[] = [];
let read = new Set((readOnes.read() ?? '').split(' '));
let jobs: Jobs = { underWay: [], failed: [], ended: [] };
const watchers = new Set<() => void>();

function tell(): void {
  const all = [...known.values()].toSorted((a, b) => (a.job.createdAt < b.job.createdAt ? 1 : -1));
  jobs = {
    underWay: all.filter(({ job }) => isUnfinished(job)),
    failed: all.flatMap(({ job }) => (job.status === 'failed' && !read.has(job.id) ? [job] : [])),
    ended: seenEnding.flatMap((id) => {
      const job = known.get(id)?.job;
      return job?.status === 'succeeded' ? [job] : [];
    }),
  };
  for (const watcher of watchers) watcher();
}

function note(job: Job): void {
  const before = known.get(job.id);
  const samples =
    job.status === 'running'
      ? withSample(before?.samples ?? [], { atMs: performance.now(), progress: job.progress })
      : [];
  known.set(job.id, { job, samples });
  const hasEnded = job.status === 'succeeded' && before !== undefined && isUnfinished(before.job);
  if (hasEnded) seenEnding = [job.id, ...seenEnding.filter((id) => id !== job.id)].slice(0, mostEnded);
}

async function readAll(): Promise<void> {
  const asked = known;
  const { jobs: found } = await loci.jobs.list({ statuses: [...shown], limit: 100 });
  // What was announced meanwhile is newer; another person's are nobody's business.
  if (known !== asked) return;
  for (const job of found) if (!known.has(job.id)) note(job);
  tell();
}

function start(): () => void {
  const stops = [
    listen('job:changed', (job) => {
      note(job);
      tell();
    }),
    listen('user:switched', () => {
      known = new Map();
      seenEnding = [];
      tell();
      readAll().catch(() => undefined);
    }),
  ];
  readOnes.follow((ids) => {
    read = new Set(ids.split(' '));
    tell();
  });
  readAll().catch(() => undefined);
  return () => stops.forEach((stop) => stop());
}

let stop: (() => void) | undefined;

/** Everything long, whoever began it. Followed from the first look on: what ends while nobody looks was seen all the same. */
export function useJobs(): Jobs {
  return useSyncExternalStore(
    (onChange) => {
      watchers.add(onChange);
      stop ??= start();
      return () => watchers.delete(onChange);
    },
    () => jobs,
  );
}

/** It was read and need not be shown again. */
export function dismissJob(id: string): void {
  read = new Set([...[...read].slice(1 - mostRead), id]);
  readOnes.write([...read].join(' '));
  seenEnding = seenEnding.filter((each) => each !== id);
  tell();
}
