import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { unavailable } from '../errors/loci-error.ts';
import {
  isConnectionLost,
  isTransactionConflict,
  outcomeOf,
  serverDeadline,
  waitForServer,
} from './lost-connection.ts';

/** Writes what was noted during a transaction, and hears of it once that is saved. */
interface Recorder {
  write(notes: unknown[], em: EntityManager): Promise<void>;
  saved(notes: unknown[]): void;
}

/** What is to be written along with the transaction under way, by who will write it. */
type Notes = Map<Recorder, unknown[]>;

const notesOfTransaction = new AsyncLocalStorage<Notes>();

/** After that many, something is wrong that waiting does not mend. */
const mostConflicts = 3;
/** A server that is lost twice over one piece of work may be lost because of it. */
const mostLosses = 1;
/** The pause before the next try is random up to this, times the tries: two that met must not meet again. */
const conflictPauseMs = 30;

/**
 * Saves all that `work` does or nothing of it. Repositories made with the same `em` take part by
 * themselves; within another transaction this one becomes a part of that.
 *
 * `work` is run again when the server asks for it because of other transactions, and once more after
 * the connection was lost; hence it must read all it uses, and do nothing that cannot be done twice
 * but by `em`. It is never saved twice: when the connection is lost in the very moment of saving, the
 * server is asked whether it did.
 */
export async function inTransaction<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  if (em.isInTransaction()) return takePart(em, work);

  let conflicts = 0;
  let losses = 0;
  let deadline: number | undefined;
  for (;;) {
    // What another try has read may not be so any more.
    const run = new Run<T>(em, { startAfresh: conflicts + losses > 0 });
    let result: T;
    try {
      result = await run.save(work);
    } catch (error) {
      if (isTransactionConflict(error) && conflicts < mostConflicts) {
        conflicts++;
        await setTimeout(Math.random() * conflictPauseMs * conflicts);
        continue;
      }
      if (!isConnectionLost(error)) throw error;
      // A server that is coming back refuses for a while: that is one loss, however often it is tried.
      if (run.begun || deadline === undefined) deadline = serverDeadline();
      if (Date.now() > deadline || !(await waitForServer(em, deadline))) throw unsaved(error, run);
      if (run.saving) {
        const outcome = await outcomeOf(em, run.saving.xid, deadline);
        if (outcome === 'committed') {
          run.tellSaved();
          return run.saving.result;
        }
        if (outcome === 'unknown') throw unsaved(error, run);
      }
      if (run.begun && losses++ >= mostLosses) throw error;
      continue;
    }
    run.tellSaved();
    return result;
  }
}

/** One try at a whole transaction, and how far it came. */
class Run<T> {
  readonly #em: EntityManager;
  readonly #startAfresh: boolean;
  readonly #notes: Notes = new Map();
  begun = false;
  /** All is done, and the server is told to save it under this number. Unset when there is nothing to save. */
  saving: { readonly xid: string; readonly result: T } | undefined;

  constructor(em: EntityManager, { startAfresh }: { startAfresh: boolean }) {
    this.#em = em;
    this.#startAfresh = startAfresh;
  }

  save(work: () => Promise<T>): Promise<T> {
    return this.#em.transactional(
      async (inner) => {
        // A plain `fork()` does not follow the transaction: its repositories would quietly write outside of it.
        if (!this.#em.isInTransaction())
          throw new Error('This EntityManager was forked without `useContext`');
        this.begun = true;
        const result = await notesOfTransaction.run(this.#notes, work);
        // Notes are about rows as they end up.
        await inner.flush();
        for (const [recorder, gathered] of this.#notes) await recorder.write(gathered, inner);
        await inner.flush();
        const [row] = await inner.execute<{ xid: string | null }[]>(
          'select pg_current_xact_id_if_assigned()::text as xid',
        );
        if (row?.xid) this.saving = { xid: row.xid, result };
        return result;
      },
      { clear: this.#startAfresh },
    );
  }

  /** It is saved, whatever becomes of those who hear of it. */
  tellSaved(): void {
    for (const [recorder, gathered] of this.#notes) {
      try {
        recorder.saved(gathered);
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#em.config
          .getLogger()
          .error('transaction', `Nobody could be told of what was saved: ${reason}`, { enabled: true });
      }
    }
  }
}

/** A part that is undone takes its notes with it; one that holds leaves them to the whole. */
async function takePart<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  const around = notesOfTransaction.getStore();
  if (!around) throw new Error('Transactions are begun with `inTransaction` alone');
  const notes: Notes = new Map();
  const result = await em.transactional(async (inner) => {
    const done = await notesOfTransaction.run(notes, work);
    await inner.flush();
    return done;
  });
  for (const [recorder, gathered] of notes) {
    around.set(recorder, [...(around.get(recorder) ?? []), ...gathered]);
  }
  return result;
}

/** Nobody can tell whether it was saved: a person has to look, and must not be told that nothing happened. */
function unsaved(error: unknown, { saving }: Run<unknown>): unknown {
  if (!saving) return error;
  return unavailable(
    'The database stopped answering while this was being saved, and Loci cannot tell whether it was. ' +
      'Look at it before you try again.',
    error,
  );
}

/**
 * Gathers what services note during a transaction; `write` gets it all together, as the last thing
 * before everything is saved, and `saved` right after it was.
 */
export function writtenAtTheEnd<Note>(
  write: (notes: readonly Note[], em: EntityManager) => Promise<void>,
  saved: (notes: readonly Note[]) => void = () => undefined,
): (note: Note) => void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Only the function below fills the list for this recorder.
  const recorder = { write, saved } as Recorder;
  return (note) => {
    const notes = notesOfTransaction.getStore();
    if (!notes) throw new Error('There is no transaction for this to be written with');
    const gathered = notes.get(recorder);
    if (gathered) gathered.push(note);
    else notes.set(recorder, [note]);
  };
}
