import type { BulkOutcome } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { retell, tell, untell } from '../../components/toasts.tsx';
import { formatCount, memoriesInWords } from '../../text/quantities.ts';
import { attempt, offerUndo } from '../undo/undo.ts';

/** In one go: small enough to say in between how far it is. */
const batchSize = 20_000;

interface Deed {
  /** While it goes on: "Moving to the trash". */
  readonly doing: string;
  /** "Moved 12 memories to the trash" */
  readonly done: (memories: string) => string;
  /** When there was nothing to be done. */
  readonly unchanged: string;
  readonly run: (ids: string[]) => Promise<BulkOutcome>;
}

async function perform(ids: readonly string[], { doing, done, unchanged, run }: Deed): Promise<void> {
  const undoIds: string[] = [];
  let changed = 0;
  let toast: string | undefined;
  await attempt(async () => {
    for (let from = 0; from < ids.length; from += batchSize) {
      if (ids.length > batchSize) toast = sayHowFar(toast, doing, from, ids.length);
      const outcome = await run(ids.slice(from, from + batchSize));
      changed += outcome.changed;
      if (outcome.undoId !== null) undoIds.push(outcome.undoId);
    }
  });
  if (toast !== undefined) untell(toast);
  if (undoIds.length > 0) offerUndo(done(memoriesInWords(changed)), undoIds);
  else if (changed === 0) tell({ words: unchanged });
}

function sayHowFar(toast: string | undefined, doing: string, doneNow: number, total: number): string {
  const words = `${doing}: ${formatCount(doneNow)} of ${memoriesInWords(total)}`;
  const news = { words, progress: { done: doneNow, total }, forMs: null } as const;
  if (toast === undefined) return tell(news);
  retell(toast, news);
  return toast;
}

export const moveToTrash = (ids: readonly string[]): Promise<void> =>
  perform(ids, {
    doing: 'Moving to the trash',
    done: (memories) => `Moved ${memories} to the trash`,
    unchanged: 'They are in the trash already',
    run: (batch) => loci.memories.trash({ ids: batch }),
  });

export const restore = (ids: readonly string[]): Promise<void> =>
  perform(ids, {
    doing: 'Restoring',
    done: (memories) => `Restored ${memories}`,
    unchanged: 'They are back already',
    run: (batch) => loci.memories.restore({ ids: batch }),
  });

export const setPinned = (ids: readonly string[], pinned: boolean): Promise<void> =>
  perform(ids, {
    doing: pinned ? 'Pinning' : 'Unpinning',
    done: (memories) => `${pinned ? 'Pinned' : 'Unpinned'} ${memories}`,
    unchanged: pinned ? 'Pinned already' : 'Not pinned',
    run: (batch) => loci.memories.setPinned({ ids: batch, pinned }),
  });

export const setImportance = (ids: readonly string[], importance: number, words: string): Promise<void> =>
  perform(ids, {
    doing: 'Changing the importance',
    done: (memories) => `Importance of ${memories} is now ${words}`,
    unchanged: 'The importance was that already',
    run: (batch) => loci.memories.setImportance({ ids: batch, importance }),
  });

export const moveToSession = (
  ids: readonly string[],
  session: { readonly id: string; readonly title: string } | null,
): Promise<void> =>
  perform(ids, {
    doing: 'Moving',
    done: (memories) =>
      session ? `Moved ${memories} to “${session.title}”` : `Took ${memories} out of their session`,
    unchanged: session ? `In “${session.title}” already` : 'In no session',
    run: (batch) => loci.memories.moveToSession({ ids: batch, sessionId: session?.id ?? null }),
  });

/** A tag that is there, or one that is made by its name. */
export const addTag = (
  ids: readonly string[],
  wish: { readonly id?: string; readonly name: string },
): Promise<void> =>
  perform(ids, {
    doing: `Tagging with “${wish.name}”`,
    done: (memories) => `Tagged ${memories} with “${wish.name}”`,
    unchanged: `Tagged with “${wish.name}” already`,
    run: (batch) =>
      loci.memories.tag({
        ids: batch,
        ...(wish.id === undefined ? { names: [wish.name] } : { tagIds: [wish.id] }),
      }),
  });

export const removeTag = (
  ids: readonly string[],
  wish: { readonly id: string; readonly name: string },
): Promise<void> =>
  perform(ids, {
    doing: `Taking away “${wish.name}”`,
    done: (memories) => `Took “${wish.name}” from ${memories}`,
    unchanged: `None was tagged with “${wish.name}”`,
    run: (batch) => loci.memories.untag({ ids: batch, tagIds: [wish.id] }),
  });

/** For good: whoever calls this has asked. */
export async function purge(ids: readonly string[]): Promise<void> {
  let purged = 0;
  for (let from = 0; from < ids.length; from += batchSize) {
    purged += (await loci.memories.purge({ ids: ids.slice(from, from + batchSize) })).purged;
  }
  tell({ words: `Deleted ${memoriesInWords(purged)} for good` });
}
