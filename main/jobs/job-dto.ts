import type { Job } from '../../shared/schemas/job.ts';
import { toldOf } from '../../shared/schemas/told.ts';
import type { StoredJob } from './job.repository.ts';

/** Without its parameters: those may name files, and are nobody's business but main's. */
export function toJob(stored: StoredJob): Job {
  return {
    id: stored.id,
    kind: stored.kind,
    status: stored.status,
    progress: stored.progress,
    total: stored.total,
    result: stored.result,
    error: stored.error === null ? null : toldOf(stored.error),
    createdAt: stored.createdAt.toISOString(),
    startedAt: stored.startedAt?.toISOString() ?? null,
    finishedAt: stored.finishedAt?.toISOString() ?? null,
  };
}
