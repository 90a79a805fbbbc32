import type { Told } from '../../../shared/texts/told.ts';
import { followJob, whenOver } from '../../api/adapter-jobs.ts';
import { loci } from '../../api/loci.ts';
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
  readonly problem: Told | undefined;
}
type Outcome = Awaited<ReturnType<typeof loci.specializations.addedFound>>;

/** Adds all of these, by a job that goes on whoever looks at it; says in the end how many, and takes them back. */
export async function addFound(
  tokens: readonly string[],
  keep: Keeping,
): Promise<{ readonly id: string; readonly ended: Promise<AddedFound> }> {
  const { jobId } = await loci.specializations.addFound({ tokens: [...tokens], keep });
  followJob(jobId);
  const ended = whenOver(jobId).then(async (job): Promise<AddedFound> => {
    const outcome = await loci.specializations.addedFound({ jobId });
    if (outcome.undoId !== null)
      offerUndo(
        (texts) => texts.specializations.adding.added(outcome.added),
        [outcome.undoId],
        specializationsInWords,
      );
    return { ...outcome, problem: job?.error ?? undefined };
  });
  return { id: jobId, ended };
}
