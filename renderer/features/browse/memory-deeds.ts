import type { Texts } from '../../../shared/texts/index.ts';
import type { BulkOutcome } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { retell, tell, untell, type Said } from '../../components/toasts.tsx';
import { attempt, offerUndo } from '../undo/undo.ts';

/** In one go: small enough to say in between how far it is. */
const batchSize = 20_000;

interface Deed {
  /** While it goes on: "Moving to the trash". */
  readonly doing: Said;
  /** "Moved 12 memories to the trash" */
  readonly done: (texts: Texts, count: number) => string;
  /** When there was nothing to be done. */
  readonly unchanged: Said;
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
  if (undoIds.length > 0) offerUndo((texts) => done(texts, changed), undoIds);
  else if (changed === 0) tell({ words: unchanged });
}

function sayHowFar(toast: string | undefined, doing: Said, doneNow: number, total: number): string {
  const words: Said = (texts) => texts.browse.doing.far(doing(texts), doneNow, total);
  const news = { words, progress: { done: doneNow, total }, forMs: null } as const;
  if (toast === undefined) return tell(news);
  retell(toast, news);
  return toast;
}

export function moveToTrash(ids: readonly string[]): Promise<void> {
  return perform(ids, {
    doing: (texts) => texts.browse.doing.trash,
    done: (texts, count) => texts.browse.done.trash(count),
    unchanged: (texts) => texts.browse.unchanged.trash,
    run: (batch) => loci.memories.trash({ ids: batch }),
  });
}

export function restore(ids: readonly string[]): Promise<void> {
  return perform(ids, {
    doing: (texts) => texts.browse.doing.restore,
    done: (texts, count) => texts.browse.done.restore(count),
    unchanged: (texts) => texts.browse.unchanged.restore,
    run: (batch) => loci.memories.restore({ ids: batch }),
  });
}

export function setPinned(ids: readonly string[], pinned: boolean): Promise<void> {
  return perform(ids, {
    doing: (texts) => (pinned ? texts.browse.doing.pin : texts.browse.doing.unpin),
    done: (texts, count) => (pinned ? texts.browse.done.pin(count) : texts.browse.done.unpin(count)),
    unchanged: (texts) => (pinned ? texts.browse.unchanged.pin : texts.browse.unchanged.unpin),
    run: (batch) => loci.memories.setPinned({ ids: batch, pinned }),
  });
}

export function setImportance(
  ids: readonly string[],
  importance: number,
  name: 'high' | 'normal' | 'low',
): Promise<void> {
  return perform(ids, {
    doing: (texts) => texts.browse.doing.importance,
    done: (texts, count) =>
      ({ high: texts.browse.done.high, normal: texts.browse.done.normal, low: texts.browse.done.low })[name](
        count,
      ),
    unchanged: (texts) => texts.browse.unchanged.importance,
    run: (batch) => loci.memories.setImportance({ ids: batch, importance }),
  });
}

export function moveToSession(
  ids: readonly string[],
  session: { readonly id: string; readonly title: string } | null,
): Promise<void> {
  return perform(ids, {
    doing: (texts) => texts.browse.doing.session,
    done: (texts, count) =>
      session ? texts.browse.done.session(count, session.title) : texts.browse.done.noSession(count),
    unchanged: (texts) =>
      session ? texts.browse.unchanged.session(session.title) : texts.browse.unchanged.noSession,
    run: (batch) => loci.memories.moveToSession({ ids: batch, sessionId: session?.id ?? null }),
  });
}

/** A tag that is there, or one that is made by its name. */
export function addTag(
  ids: readonly string[],
  wish: { readonly id?: string; readonly name: string },
): Promise<void> {
  return perform(ids, {
    doing: (texts) => texts.browse.doing.tag(wish.name),
    done: (texts, count) => texts.browse.done.tag(count, wish.name),
    unchanged: (texts) => texts.browse.unchanged.tag(wish.name),
    run: (batch) =>
      loci.memories.tag({
        ids: batch,
        ...(wish.id === undefined ? { names: [wish.name] } : { tagIds: [wish.id] }),
      }),
  });
}

export function removeTag(
  ids: readonly string[],
  wish: { readonly id: string; readonly name: string },
): Promise<void> {
  return perform(ids, {
    doing: (texts) => texts.browse.doing.untag(wish.name),
    done: (texts, count) => texts.browse.done.untag(count, wish.name),
    unchanged: (texts) => texts.browse.unchanged.untag(wish.name),
    run: (batch) => loci.memories.untag({ ids: batch, tagIds: [wish.id] }),
  });
}

/** For good: whoever calls this has asked. */
export async function purge(ids: readonly string[]): Promise<void> {
  let purged = 0;
  for (let from = 0; from < ids.length; from += batchSize) {
    purged += (await loci.memories.purge({ ids: ids.slice(from, from + batchSize) })).purged;
  }
  tell({ words: (texts) => texts.browse.done.purge(purged) });
}
