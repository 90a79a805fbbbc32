import { followJob } from '../../api/adapter-jobs.ts';
import { isAtWork } from '../../api/latest-job.ts';
import { listen, loci } from '../../api/loci.ts';
import type { Job } from '../../../shared/schemas/job.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { offerUndo } from '../undo/undo.ts';
import { specializationsInWords } from './adapter-words.ts';

export type Keeping = 'reference' | 'copy';

/** Adds one, and answers with its key. */
export async function addOne(
  token: string,
  keep: Keeping,
  wish: { readonly name: string; readonly domain?: string },
): Promise<{ readonly id: string; readonly undoIds: readonly string[] }> {
  const { specialization, jobId, undoId } = await loci.specializations.addAdapter({ token, keep, to: wish });
  followJob(jobId, specialization.id);
  return { id: specialization.id, undoIds: undoId === null ? [] : [undoId] };
}

/** Gives an adapter to one that is there. */
export async function giveAdapter(
  token: string,
  keep: Keeping,
  to: { readonly id: string; readonly version: number },
): Promise<readonly string[]> {
  const { specialization, jobId, undoId } = await loci.specializations.addAdapter({ token, keep, to });
  followJob(jobId, specialization.id);
  return undoId === null ? [] : [undoId];
}

/** What came of adding many; `problem`: why it came to an end before all were added. */
export interface AddedFound extends Outcome {
  readonly problem: string | undefined;
}
type Outcome = Awaited<ReturnType<typeof loci.specializations.addedFound>>;

/** Adds all of these, by a job that goes on whoever looks at it; says in the end how many, and takes them back. */
export async function addFound(
  tokens: readonly string[],
  keep: Keeping,
): Promise<{ readonly id: string; readonly ended: Promise<AddedFound> }> {
  const over = new Map<string, Job>();
  let tellOver: (job: Job) => void = () => undefined;
  let id: string | undefined;
  // It may be over before its key is known here.
  const stop = listen('job:changed', (job) => {
    if (isAtWork(job)) return;
    if (job.id === id) tellOver(job);
    else if (id === undefined) over.set(job.id, job);
  });
  try {
    id = (await loci.specializations.addFound({ tokens: [...tokens], keep })).jobId;
  } catch (error) {
    stop();
    throw error;
  }
  const jobId = id;
  followJob(jobId);
  const early = over.get(jobId);
  const ended = (early ? Promise.resolve(early) : new Promise<Job>((resolve) => (tellOver = resolve)))
    .then(async (job): Promise<AddedFound> => {
      const outcome = await loci.specializations.addedFound({ jobId });
      if (outcome.undoId !== null)
        offerUndo(
          textsNow().specializations.adding.added(outcome.added),
          [outcome.undoId],
          specializationsInWords,
        );
      return { ...outcome, problem: job.error ?? undefined };
    })
    .finally(stop);
  return { id: jobId, ended };
}
