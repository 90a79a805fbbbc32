import { followJob } from '../../api/adapter-jobs.ts';
import { LociFailure } from '../../api/client.ts';
import { loci } from '../../api/loci.ts';

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

const mostNames = 50;

/** Under its name, or the first with a number that is free. */
export async function addUnderFreeName(token: string, keep: Keeping, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    try {
      return (await addOne(token, keep, { name: number === 1 ? name : `${name} ${number}` })).id;
    } catch (error) {
      const isTaken = error instanceof LociFailure && error.code === 'conflict';
      if (!isTaken || number >= mostNames) throw error;
    }
  }
}
