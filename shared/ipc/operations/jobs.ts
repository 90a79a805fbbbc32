import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { job, jobPage, jobPageRequest } from '../../schemas/job.ts';
import { command, query } from '../define.ts';

const one = z.strictObject({ id });

export const jobOperations = {
  list: query(jobPageRequest, jobPage),
  get: query(one, job),
  /** It stops at the next place where it can go on later. */
  pause: command(one, job),
  resume: command(one, job),
  /** What it has done so far stays done. Answers at once; the event says when it has stopped. */
  cancel: command(one, job),
  retry: command(one, job),
  /** Takes finished jobs off the list: all of them, or these. */
  forget: command(
    z.strictObject({ ids: z.array(id).max(10_000).optional() }),
    z.object({ forgotten: z.int().nonnegative() }),
  ),
} as const;
