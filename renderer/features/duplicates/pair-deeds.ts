import type { MemoryDto, MergedText } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { attempt, offerUndo } from '../undo/undo.ts';

type Seen = Pick<MemoryDto, 'id' | 'version'>;
const seen = ({ id, version }: Seen): Seen => ({ id, version });

/** One of them stays, with the history of all; false when that could not be done. */
export async function keepOne(kept: Seen, others: readonly Seen[]): Promise<boolean> {
  const done = await attempt(() => loci.memories.merge({ ...seen(kept), others: others.map(seen) }));
  if (!done) return false;
  offerUndo(
    (texts) =>
      others.length === 1
        ? texts.duplicates.said.keptOneOfTwo
        : texts.duplicates.said.keptOne(others.length + 1),
    [done.undoId],
  );
  return true;
}

/** Rejects with the reason: what was written by hand is still there then. */
export async function mergeByHand(into: Seen, other: Seen, text: MergedText): Promise<void> {
  const { undoId } = await loci.memories.merge({ ...seen(into), others: [seen(other)], ...text });
  offerUndo((texts) => texts.duplicates.said.merged, [undoId]);
}

export async function sayDifferent(one: Seen, other: Seen): Promise<boolean> {
  const done = await attempt(() => loci.duplicates.keepApart({ ids: [one.id, other.id] }));
  if (!done) return false;
  offerUndo((texts) => texts.duplicates.said.different, [done.undoId]);
  return true;
}
