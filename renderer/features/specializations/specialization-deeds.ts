import { textsNow, type Texts } from '../../../shared/texts/index.ts';
import type { BulkOutcome, MemorySummary } from '../../../shared/schemas/memory.ts';
import type { MemoryRole } from '../../../shared/schemas/specialization.ts';
import { knownSpecialization } from '../../api/specializations.ts';
import { loci } from '../../api/loci.ts';
import { tell, type Said } from '../../components/toasts.tsx';
import { listText } from '../../text/preview.ts';
import { attempt, offerUndo } from '../undo/undo.ts';
import { specializationsInWords } from './adapter-words.ts';

/** As many as main takes in one go. */
const batchSize = 1000;

interface Deed {
  readonly done: (texts: Texts, what: string) => string;
  readonly unchanged: Said;
  readonly run: (ids: string[]) => Promise<BulkOutcome>;
}

async function perform(ids: readonly string[], { done, unchanged, run }: Deed): Promise<void> {
  const undoIds: string[] = [];
  let changed = 0;
  // Its name is not known any more once it is gone.
  const only = ids.length === 1 ? knownSpecialization(ids[0] ?? '')?.name : undefined;
  await attempt(async () => {
    for (let from = 0; from < ids.length; from += batchSize) {
      const outcome = await run(ids.slice(from, from + batchSize));
      changed += outcome.changed;
      if (outcome.undoId !== null) undoIds.push(outcome.undoId);
    }
  });
  const what = (texts: Texts) =>
    only === undefined ? specializationsInWords(changed) : texts.specializations.deeds.named(only);
  if (undoIds.length > 0) offerUndo((texts) => done(texts, what(texts)), undoIds, specializationsInWords);
  else if (changed === 0) tell({ words: unchanged });
}

export const moveToTrash = (ids: readonly string[]): Promise<void> =>
  perform(ids, {
    done: (texts, what) => texts.specializations.deeds.trashed(what),
    unchanged: (texts) => texts.specializations.deeds.trashedAlready,
    run: (batch) => loci.specializations.trash({ ids: batch }),
  });

export const restore = (ids: readonly string[]): Promise<void> =>
  perform(ids, {
    done: (texts, what) => texts.specializations.deeds.restored(what),
    unchanged: (texts) => texts.specializations.deeds.restoredAlready,
    run: (batch) => loci.specializations.restore({ ids: batch }),
  });

/** For good: whoever calls this has asked. */
export async function purge(ids: readonly string[]): Promise<void> {
  let purged = 0;
  for (let from = 0; from < ids.length; from += batchSize)
    purged += (await loci.specializations.purge({ ids: ids.slice(from, from + batchSize) })).purged;
  tell({ words: (texts) => texts.specializations.deeds.purged(purged) });
}

export const roleInWords = (role: MemoryRole): string => textsNow().specializations.roles[role];

export async function link(
  { id, name }: { readonly id: string; readonly name: string },
  memoryIds: readonly string[],
  role: MemoryRole,
): Promise<void> {
  const outcome = await attempt(() => loci.specializations.link({ id, memoryIds: [...memoryIds], role }));
  if (outcome) sayLinked(outcome, name, role);
}

export function sayLinked({ changed, undoId }: BulkOutcome, name: string, role: MemoryRole): void {
  if (undoId === null) tell({ words: (texts) => texts.specializations.deeds.linkedAlready(name) });
  else
    offerUndo(
      (texts) =>
        role === 'training'
          ? texts.specializations.deeds.linkedToLearn(changed, name)
          : texts.specializations.deeds.linkedToLookUp(changed, name),
      [undoId],
    );
}

export async function unlink(
  { id, name }: { readonly id: string; readonly name: string },
  memoryIds: readonly string[],
): Promise<void> {
  const outcome = await attempt(() => loci.specializations.unlink({ id, memoryIds: [...memoryIds] }));
  if (outcome?.undoId)
    offerUndo((texts) => texts.specializations.deeds.unlinked(outcome.changed, name), [outcome.undoId]);
}

/** What a memory is called in a line. */
export const memoryName = ({ title, preview }: Pick<MemorySummary, 'title' | 'preview'>): string =>
  listText(title, preview).heading || textsNow().specializations.deeds.wordless;
