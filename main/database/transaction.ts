import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';

type Write = (notes: unknown[], em: EntityManager) => Promise<void>;

/** What is to be written along with the transaction under way, by who will write it. */
type Notes = Map<Write, unknown[]>;

const notesOfTransaction = new AsyncLocalStorage<Notes>();

/**
 * Saves all that `work` does or nothing of it. Repositories made with the same `em` take part by
 * themselves; within another transaction this one becomes a part of that.
 */
export async function inTransaction<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  const around = em.isInTransaction() ? notesOfTransaction.getStore() : undefined;
  const notes: Notes = new Map();
  const result = await em.transactional(async (inner) => {
    // A plain `fork()` does not follow the transaction: its repositories would quietly write outside of it.
    if (!em.isInTransaction()) throw new Error('This EntityManager was forked without `useContext`');
    const done = await notesOfTransaction.run(notes, work);
    // Notes are about rows as they end up.
    await inner.flush();
    if (!around) for (const [write, gathered] of notes) await write(gathered, inner);
    return done;
  });
  // A part that was undone takes its notes with it; one that holds leaves them to the whole.
  if (around)
    for (const [write, gathered] of notes) around.set(write, [...(around.get(write) ?? []), ...gathered]);
  return result;
}

/**
 * Gathers what services note during a transaction; `write` gets it all together, as the last thing
 * before everything is saved.
 */
export function writtenAtTheEnd<Note>(
  write: (notes: readonly Note[], em: EntityManager) => Promise<void>,
): (note: Note) => void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Only the function below fills the list for this writer.
  const untyped = write as Write;
  return (note) => {
    const notes = notesOfTransaction.getStore();
    if (!notes) throw new Error('There is no transaction for this to be written with');
    const gathered = notes.get(untyped);
    if (gathered) gathered.push(note);
    else notes.set(untyped, [note]);
  };
}
