import { useSyncExternalStore } from 'react';
import type { Job } from '../../shared/schemas/job.ts';
import { isAtWork } from './latest-job.ts';
import { listen, loci } from './loci.ts';

/** Jobs do not say what they are about: whoever begins one notes it here. */
let jobs: ReadonlyMap<string, { readonly about: string; readonly job: Job | undefined }> = new Map();
const watchers = new Set<() => void>();
/** What was announced before anybody could know whose it is. */
const early = new Map<string, Job>();
const mostEarly = 500;
type TellOver = (job: Job | undefined) => void;
const waiting = new Map<string, TellOver[]>();

function set(id: string, about: string, job: Job | undefined): void {
  jobs = new Map(jobs).set(id, { about, job });
  for (const watcher of watchers) watcher();
  if (!job || isAtWork(job)) return;
  const told = waiting.get(id) ?? [];
  waiting.delete(id);
  for (const tell of told) tell(job);
}

listen('job:changed', (job) => {
  const known = jobs.get(job.id);
  if (known) {
    set(job.id, known.about, job);
    return;
  }
  if (!job.kind.startsWith('specializations.')) return;
  early.set(job.id, job);
  const [oldest] = early.keys();
  if (early.size > mostEarly && oldest !== undefined) early.delete(oldest);
});

listen('user:switched', () => {
  jobs = new Map();
  early.clear();
  const told = [...waiting.values()].flat();
  waiting.clear();
  for (const tell of told) tell(undefined);
});

/** `about` is a specialization, or the job itself where it is about many. */
export function followJob(jobId: string, about = jobId): void {
  set(jobId, about, early.get(jobId));
  early.delete(jobId);
  loci.jobs.get({ id: jobId }).then(
    // What was announced meanwhile is newer.
    (job) => jobs.get(jobId)?.job ?? set(jobId, about, job),
    () => undefined,
  );
}

/** Of a job that is followed, how it ended; undefined: somebody else is at work before it has. */
export function whenOver(jobId: string): Promise<Job | undefined> {
  const known = jobs.get(jobId);
  if (!known) return Promise.resolve(undefined);
  if (known.job && !isAtWork(known.job)) return Promise.resolve(known.job);
  return new Promise((tell) => waiting.set(jobId, [...(waiting.get(jobId) ?? []), tell]));
}

function subscribe(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}

/** The latest of a kind about this, as it gets on. */
export function useJobAbout(about: string, kind: string): Job | undefined {
  const all = useSyncExternalStore(subscribe, () => jobs);
  let latest: Job | undefined;
  for (const { about: whose, job } of all.values()) if (whose === about && job?.kind === kind) latest = job;
  return latest;
}

export function useJob(id: string): Job | undefined {
  return useSyncExternalStore(subscribe, () => jobs.get(id)?.job);
}
