import { auditedEntities, type AuditVerification, type Difference } from '../../shared/schemas/audit.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import type { AuditVerificationRepository } from './audit-verification.repository.ts';
import { ChainWalk } from './chain-walk.ts';

/** As much as is in memory at once, and as takes a statement some tens of milliseconds. */
const defaultPageSize = 5_000;
/** Whoever finds more has another problem than to know their names. */
const mostNamed = 100;
const beforeAll = '00000000-0000-0000-0000-000000000000';

export interface VerifyOptions extends Pick<JobContext, 'userId' | 'report' | 'pausePoint'> {
  readonly pageSize?: number;
}

/**
 * Everything a person's audit can tell: whether the events are those that were written, and the rows
 * those they tell of. Not found is who rewrites the chain from some event to its end with every row
 * along with it: nothing outside of the library knows how its chain ended.
 */
export async function verifyAudit(
  repository: AuditVerificationRepository,
  { userId, report, pausePoint, pageSize = defaultPageSize }: VerifyOptions,
): Promise<AuditVerification> {
  const found: { brokenLink: AuditVerification['brokenLink']; differing: number; differences: Difference[] } =
    {
      brokenLink: null,
      differing: 0,
      differences: [],
    };
  const add = (differences: readonly Difference[]) => {
    found.differing += differences.length;
    found.differences.push(...differences.slice(0, mostNamed - found.differences.length));
  };

  const { events, lastSequence } = await repository.countEvents(userId);
  let total = events;
  for (const entity of auditedEntities) total += await repository.countRows(userId, entity);
  let progress = 0;
  const advance = async (count: number) => {
    progress += count;
    report({ progress, total: Math.max(total, progress) });
    await pausePoint();
  };

  const walk = new ChainWalk({ findFollower: (hash) => repository.findFollower(userId, hash) });
  for (let sequence = 0; sequence < lastSequence;) {
    const page = await repository.findEvents(userId, sequence, lastSequence, pageSize);
    for (const event of page) found.brokenLink ??= (await walk.step(event)) ?? null;
    const end = page.at(-1)?.sequence ?? lastSequence;
    add(await repository.findRemoved(userId, sequence, end));
    sequence = end;
    await advance(page.length);
  }

  let rows = 0;
  for (const entity of auditedEntities) {
    let after = beforeAll;
    for (;;) {
      const page = await repository.findPageEnd(userId, entity, after, pageSize);
      if (!page) break;
      add(await repository.findDiffering(userId, entity, after, page.last));
      rows += page.rows;
      after = page.last;
      await advance(page.rows);
    }
  }
  return { isIntact: !found.brokenLink && found.differing === 0, events, rows, ...found };
}
