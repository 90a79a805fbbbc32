import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { withRequestContext } from '../database/request-context.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Log } from '../logging/log.ts';
import { defineRunner, type JobRunner } from './job-runner.ts';
import { JobService, type JobServiceOptions } from './job-service.ts';

/** Writes numbered lines into the table `line`, each in one transaction with the checkpoint after it. */
export function lineWriter(
  em: EntityManager,
  onLine: (line: number) => unknown = () => undefined,
): JobRunner {
  return defineRunner({
    kind: 'test.write',
    parameters: z.object({ lines: z.int() }),
    checkpoint: z.object({ written: z.int() }),
    async run({ jobId, parameters: { lines }, checkpoint, report, saveCheckpoint, pausePoint }) {
      for (let line = checkpoint?.written ?? 0; line < lines; line++) {
        await pausePoint();
        await inTransaction(em, async () => {
          await em.execute('insert into line (job_id, number) values (?, ?)', [jobId, line]);
          await saveCheckpoint({ written: line + 1 });
        });
        report({ progress: line + 1, total: lines });
        await onLine(line);
      }
      return { lines };
    },
  });
}

export function serviceOn(
  orm: MikroORM,
  options: Omit<JobServiceOptions, 'em' | 'inContext'> & { readonly log: Log },
): JobService {
  return new JobService({
    ...options,
    em: orm.em,
    inContext: (work) => withRequestContext(orm, work),
  });
}
