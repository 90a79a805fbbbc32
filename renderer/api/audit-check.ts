import type { AuditVerification } from '../../shared/schemas/audit.ts';
import type { Job } from '../../shared/schemas/job.ts';
import { type LatestJob, useLatestJob } from './latest-job.ts';
import { loci } from './loci.ts';

/** The check of the whole audit: the latest there was, and how the one under way is getting on. */
export const useAuditCheck = (): LatestJob => useLatestJob('audit.verify', begin);

const begin = () => loci.audit.verify();

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
