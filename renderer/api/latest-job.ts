import { useEffect, useState } from 'react';
import type { Job } from '../../shared/schemas/job.ts';
import { reasonOf } from './failure-words.ts';
import { listen, loci } from './loci.ts';

export interface LatestJob {
  /** Null when there never was one, undefined until that is known. */
  readonly job: Job | null | undefined;
  /** Why it could not be begun, stopped or asked for. */
  readonly failure: string | undefined;
  start(): Promise<void>;
  cancel(): Promise<void>;
}

/** The latest job of a kind, as it gets on; `begin` makes the next one. */
export function useLatestJob(kind: string, begin: () => Promise<unknown>): LatestJob {
  const [job, setJob] = useState<Job | null>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let isGone = false;
    const stop = listen('job:changed', (changed) => {
      if (changed.kind === kind) setJob(changed);
    });
    loci.jobs.list({ kind, limit: 1 }).then(
      // What was announced meanwhile is newer.
      ({ jobs: [latest] }) => isGone || setJob((known) => known ?? latest ?? null),
      (error: unknown) => isGone || setFailure(reasonOf(error)),
    );
    return () => {
      isGone = true;
      stop();
    };
  }, [kind]);

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    setFailure(undefined);
    try {
      await deed();
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  return {
    job,
    failure,
    // The event tells the rest.
    start: () => attempt(begin),
    cancel: () => attempt(() => (job ? loci.jobs.cancel({ id: job.id }) : Promise.resolve())),
  };
}

/** Unfinished, and nobody has to resume it after an interruption; what is paused counts. */
export const isAtWork = (job: Job | null | undefined): boolean =>
  job?.status === 'queued' || job?.status === 'running' || job?.status === 'paused';
