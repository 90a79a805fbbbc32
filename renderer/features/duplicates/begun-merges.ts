import type { MergedText } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { go } from '../../navigation/history.ts';
import type { Pair } from '../../navigation/place.ts';
import { noteUnsaved } from '../memory/unsaved.ts';

interface Begun {
  merged: MergedText;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/** A kill costs at most this much, and what the disk takes. */
const draftMs = 250;

/** What was written and not merged yet, whichever of the two stands first. */
const begun = new Map<string, Begun>();
/** The pair that is being merged by hand: also when the window is made wider or narrower meanwhile. */
let open: string | undefined;

const keyOf = (pair: Pair): string => pair.toSorted().join();

export const isMergeOpen = (pair: Pair): boolean => open === keyOf(pair);

export function openMerge(pair: Pair | undefined): void {
  open = pair && keyOf(pair);
}

export function goOnMerging(pair: Pair): void {
  openMerge(pair);
  go({ view: { kind: 'duplicates' }, pair });
}

export const begunMerge = (pair: Pair): MergedText | undefined => begun.get(keyOf(pair))?.merged;

/** Also what was begun before the app was last closed. */
export async function findBegunMerge(pair: Pair): Promise<MergedText | undefined> {
  const drafts = await loci.drafts.list().catch(() => []);
  for (const { draft } of drafts)
    if (draft.of === 'merge' && keyOf(draft.pair) === keyOf(pair)) return begunMerge(pair) ?? draft.merged;
  return begunMerge(pair);
}

export function writeMerge(pair: Pair, merged: MergedText): void {
  const key = keyOf(pair);
  const writing = begun.get(key) ?? { merged };
  begun.set(key, writing);
  writing.merged = merged;
  writing.timer ??= setTimeout(() => void keep(pair, writing), draftMs);
  noteUnsaved(writing, () => keep(pair, writing));
}

async function keep(pair: Pair, writing: Begun): Promise<void> {
  clearTimeout(writing.timer);
  writing.timer = undefined;
  const { merged } = writing;
  try {
    await loci.drafts.keep({ of: 'merge', pair: [...pair], merged });
  } catch {
    // It is still here, and tried again with the next letter and when the window closes.
    return;
  }
  if (begun.get(keyOf(pair)) !== writing) await loci.drafts.discard({ of: 'merge', pair: [...pair] });
  else if (writing.merged === merged) noteUnsaved(writing, null);
}

/** Once it is in the library. */
export async function forgetMerge(pair: Pair): Promise<void> {
  const writing = begun.get(keyOf(pair));
  begun.delete(keyOf(pair));
  clearTimeout(writing?.timer);
  if (writing) noteUnsaved(writing, null);
  await loci.drafts.discard({ of: 'merge', pair: [...pair] }).catch(() => undefined);
}
