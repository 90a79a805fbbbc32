import { useEffect, useState } from 'react';
import type { AuditVerification } from '../../shared/schemas/audit.ts';
import type { Job } from '../../shared/schemas/job.ts';
import { reasonOf } from './failure-words.ts';
import { listen, loci } from './loci.ts';

const kind = 'audit.verify';

interface Check {
  /** The latest; null when there never was one, undefined until that is known. */
  readonly job: Job | null | undefined;
  /** Why it could not be begun, stopped or asked for. */
  readonly failure: string | undefined;
  start(): Promise<void>;
  cancel(): Promise<void>;
}

/** The check of the whole audit: the latest there was, and how the one under way is getting on. */
export function useAuditCheck(): Check {
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
  }, []);

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
    start: () => attempt(() => loci.audit.verify()),
    cancel: () => attempt(() => (job ? loci.jobs.cancel({ id: job.id }) : Promise.resolve())),
  };
}

/** What came of it; undefined for anything a check would not have written. */
export function verificationOf({ result }: Job): AuditVerification | undefined {
  const value: unknown = result;
  return isVerification(value) ? value : undefined;
}

function isVerification(value: unknown): value is AuditVerification {
  return (
    typeof value === 'object' &&
    value !== null &&
    'isIntact' in value &&
    'brokenLink' in value &&
    'differences' in value &&
    typeof value.isIntact === 'boolean' &&
    Array.isArray(value.differences)
  );
}
