import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { LibraryCheck } from '../../shared/schemas/library.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Run } from '../database/without-indexes.ts';
import { defineRunner, type JobContext, type JobRunner } from '../jobs/job-runner.ts';
import type { Log } from '../logging/log.ts';
import { LibraryRepository } from './library.repository.ts';

export const libraryJobKinds = { check: 'library.check', rebuild: 'library.rebuild' } as const;

export interface LibraryJobsOptions {
  readonly em: EntityManager;
  readonly log: Log;
  /** Each makes anew what was worked out of the memories; called in a transaction of its own. */
  readonly derived: readonly ((run: Run) => Promise<void>)[];
  /** What is made anew outside of a transaction. */
  readonly apart: () => Promise<void>;
}

/** As many as are compared with their checksums in some hundred milliseconds. */
const pageSize = 2_000;
const none = z.strictObject({});

export function libraryJobs(options: LibraryJobsOptions): readonly JobRunner[] {
  return [
    defineRunner({
      kind: libraryJobKinds.check,
      parameters: none,
      run: (context) => check(options, context),
    }),
    defineRunner({
      kind: libraryJobKinds.rebuild,
      parameters: none,
      run: (context) => rebuild(options, context),
    }),
  ];
}

/** Begins anew after an interruption: what was whole an hour ago says nothing about now. */
async function check({ em, log }: LibraryJobsOptions, context: JobContext): Promise<LibraryCheck> {
  const repository = new LibraryRepository(em);
  const findings: LibraryCheck['findings'] = [];
  const tables = await repository.findSizes();
  const total = tables.reduce((sum, { bytes }) => sum + bytes, 0) * 2;
  let progress = 0;
  let rows = 0;
  context.report({ progress, total });
  for (const { name, bytes } of tables) {
    await context.pausePoint();
    try {
      rows += await inTransaction(em, async () => {
        await repository.withoutLimits();
        return repository.readThrough(name);
      });
    } catch (error) {
      if (!isDamage(error)) throw error;
      log.error('A table cannot be read through', error, { table: name });
      findings.push({ finding: 'unreadable', count: 1, what: name });
    }
    progress += bytes;
    context.report({ progress, total });
  }

  let altered = 0;
  let withoutWords = 0;
  let read = 0;
  for (let after: string | undefined; ;) {
    await context.pausePoint();
    const page = await repository.checkMemories(after, pageSize);
    altered += page.altered;
    withoutWords += page.withoutWords;
    read += page.read;
    if (page.last === null) break;
    after = page.last;
    // Of how many there are nobody has to know: it goes on at half the pace of what is left.
    progress += (total - progress) / 8;
    context.report({ progress, total });
  }
  if (altered > 0) findings.push({ finding: 'altered', count: altered, what: null });
  if (withoutWords > 0) findings.push({ finding: 'withoutWords', count: withoutWords, what: null });
  for (const what of await repository.findInvalidIndexes())
    findings.push({ finding: 'invalidIndex', count: 1, what });
  context.report({ progress: total, total });
  log.info('The library was checked', { rows, memories: read, findings: findings.length });
  return { rows, findings };
}

async function rebuild({ em, log, derived, apart }: LibraryJobsOptions, context: JobContext): Promise<void> {
  const repository = new LibraryRepository(em);
  const total = derived.length + 1;
  for (const [index, make] of derived.entries()) {
    context.report({ progress: index, total });
    await context.pausePoint();
    await inTransaction(em, async () => {
      await repository.withoutLimits();
      await make((sql) => em.execute<Record<string, unknown>[]>(sql));
    });
  }
  context.report({ progress: derived.length, total });
  await context.pausePoint();
  await apart();
  context.report({ progress: total, total });
  log.info('What was worked out of the memories was made anew');
}

/** By the codes of the server: a page whose checksum is wrong, a row that points to nothing. */
function isDamage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && (cause.code === 'XX001' || cause.code === 'XX002')) return true;
  return false;
}
