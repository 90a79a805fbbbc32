import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { textsNow } from '../../shared/texts/index.ts';
import { adapterKeepings, type AddedAdapters } from '../../shared/schemas/adapter.ts';
import { readAdapter } from '../adapters/inspect-adapter.ts';
import { toRefusal } from '../adapters/refusal.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { inTransaction } from '../database/transaction.ts';
import { toLociError, violatedConstraint } from '../errors/database-error.ts';
import { LociError } from '../errors/loci-error.ts';
import { defineRunner, type JobContext, type JobRunner } from '../jobs/job-runner.ts';
import type { UndoStack } from '../undo/undo-stack.ts';
import { adapterKinds, copyOne, type AdapterJobOptions } from './adapter-jobs.ts';
import { adapterNameFor, FreeNames } from './adapter-name.ts';
import { SpecializationTrashRepository } from './specialization-trash.repository.ts';
import { SpecializationRepository, type AdapterFacts } from './specialization.repository.ts';
import { factsOf, readKnowledge, type Knowledge } from './stored-adapter.ts';

export interface FoundAdaptersOptions extends AdapterJobOptions {
  readonly em: EntityManager;
  readonly audit: AuditTrail;
  readonly undo: UndoStack;
  /** Reads through what has no hashes yet, later. */
  readonly hashLater: () => Promise<unknown>;
}

/** Rows that become visible together; lists are read anew with each. */
const batchSize = 100;
const atOnce = 8;
const mostFailures = 20;
/** What earlier jobs added is remembered for so many of them. */
const mostRemembered = 5;

const wish = z.strictObject({ places: z.array(z.string()).max(100_000), keep: z.enum(adapterKeepings) });
const failure = z.object({ name: z.string(), message: z.string() });
const progressMade = z.object({
  next: z.int(),
  ids: z.array(z.uuid()),
  failed: z.int(),
  failures: z.array(failure),
});
type Wish = z.output<typeof wish>;
type Made = z.output<typeof progressMade>;
type Context = JobContext<Wish, Made>;

interface Remembered extends Made {
  readonly userId: string;
  undoId: string | null | undefined;
}

interface FoundOne {
  readonly place: string;
  readonly facts: AdapterFacts;
}

/** Adds what a scan has found, thousands at once: whatever ends in the middle, what was added is there. */
export class FoundAdapters {
  readonly #options: FoundAdaptersOptions;
  readonly #rows: SpecializationRepository;
  readonly #trash: SpecializationTrashRepository;
  readonly #made = new Map<string, Remembered>();

  constructor(options: FoundAdaptersOptions) {
    this.#options = options;
    this.#rows = new SpecializationRepository(options.em);
    this.#trash = new SpecializationTrashRepository(options.em);
  }

  runner(): JobRunner {
    return defineRunner({
      kind: adapterKinds.addFound,
      parameters: wish,
      checkpoint: progressMade,
      run: (context: Context) => this.#run(context),
    });
  }

  /** What a job has added so far, also one that was stopped; all of it is taken back at once. */
  added(userId: string, jobId: string): AddedAdapters {
    const made = this.#made.get(jobId);
    if (made?.userId !== userId) return { added: 0, failed: 0, failures: [], undoId: null };
    const { ids, failed, failures } = made;
    made.undoId ??= ids.length === 0 ? null : this.#offerUndo(userId, [...ids]);
    return { added: ids.length, failed, failures, undoId: made.undoId };
  }

  async #run({ jobId, userId, parameters, checkpoint, report, saveCheckpoint, ...context }: Context) {
    const { places, keep } = parameters;
    const made: Remembered = {
      userId,
      undoId: undefined,
      ...(checkpoint ?? { next: 0, ids: [], failed: 0, failures: [] }),
    };
    this.#remember(jobId, made);
    const knowledge = await readKnowledge(this.#options.baseModelsDir);
    // Somebody may use one of them meanwhile: the database tells.
    const names = new FreeNames(await this.#rows.findTakenNames(userId));
    const fail = (place: string, message: string) => {
      made.failed++;
      if (made.failures.length < mostFailures) made.failures.push({ name: adapterNameFor(place), message });
    };
    try {
      while (made.next < places.length) {
        await context.pausePoint();
        const batch = places.slice(made.next, made.next + batchSize);
        const read = await this.#readAll(batch, knowledge, fail);
        const next = made.next + batch.length;
        // It may be run again, so nothing is remembered before it is stored.
        const added = await this.#add(userId, read, names, fail, (ids) =>
          saveCheckpoint({
            next,
            ids: [...made.ids, ...ids],
            failed: made.failed,
            failures: made.failures,
          }),
        );
        made.next = next;
        made.ids.push(...added.map(({ id }) => id));
        report({ progress: made.next - (keep === 'copy' ? added.length : 0), total: places.length });
        if (keep === 'copy')
          for (const [index, { id, place }] of added.entries()) {
            await this.#copy({ userId, id, place }, knowledge, context, fail);
            report({ progress: made.next - added.length + index + 1, total: places.length });
          }
      }
    } finally {
      if (made.ids.length > 0 && keep === 'reference') await this.#options.hashLater().catch(() => undefined);
    }
    return { added: made.ids.length, failed: made.failed };
  }

  async #readAll(
    places: readonly string[],
    knowledge: Knowledge,
    fail: (place: string, message: string) => void,
  ): Promise<FoundOne[]> {
    const read: (FoundOne | undefined)[] = [];
    for (let at = 0; at < places.length; at += atOnce)
      read.push(
        ...(await Promise.all(
          places.slice(at, at + atOnce).map(async (place) => {
            try {
              return { place, facts: factsOf(await readAdapter(place, knowledge), place, knowledge) };
            } catch (error) {
              fail(place, toRefusal(error).message);
              return undefined;
            }
          }),
        )),
      );
    return read.filter((one) => one !== undefined);
  }

  /** Together; if a name was taken meanwhile, one by one, so that only that one fails. */
  async #add(
    userId: string,
    found: readonly FoundOne[],
    names: FreeNames,
    fail: (place: string, message: string) => void,
    within: (ids: readonly string[]) => Promise<void>,
  ): Promise<{ id: string; place: string }[]> {
    const { em, audit } = this.#options;
    const named = (one: FoundOne) => ({ ...one, name: names.take(adapterNameFor(one.place)) });
    const insert = async (some: readonly ReturnType<typeof named>[]) => {
      const added: { id: string; place: string }[] = [];
      for (const { place, facts, name } of some)
        added.push({ id: (await this.#rows.add(userId, { ...facts, name })).id, place });
      const ids = added.map(({ id }) => id);
      audit.note({ userId, action: 'created', entity: 'specialization', ids });
      return added;
    };
    const isTaken = (error: unknown) => violatedConstraint(error) === 'specialization_user_id_name_unique';
    const all = found.map(named);
    try {
      return await inTransaction(em, async () => {
        const added = await insert(all);
        await within(added.map(({ id }) => id));
        return added;
      });
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
    names.renew(await this.#rows.findTakenNames(userId));
    const added: { id: string; place: string }[] = [];
    for (const one of found.map(named))
      try {
        added.push(...(await inTransaction(em, () => insert([one]))));
      } catch (error) {
        if (!isTaken(error)) throw error;
        fail(one.place, toLociError(error)?.said(textsNow()) ?? '');
      }
    await inTransaction(em, () => within(added.map(({ id }) => id)));
    return added;
  }

  /** What cannot be copied is used where it lies. */
  async #copy(
    { place, ...about }: { readonly userId: string; readonly id: string; readonly place: string },
    knowledge: Knowledge,
    { signal, pausePoint }: Pick<Context, 'signal' | 'pausePoint'>,
    fail: (place: string, message: string) => void,
  ): Promise<void> {
    try {
      await copyOne(this.#options, about, knowledge, { signal, onProgress: () => pausePoint() });
    } catch (error) {
      if (signal.aborted || !(error instanceof LociError)) throw error;
      fail(place, error.said(textsNow()));
    }
  }

  #remember(jobId: string, made: Remembered): void {
    this.#made.set(jobId, made);
    const [oldest] = this.#made.keys();
    if (this.#made.size > mostRemembered && oldest !== undefined) this.#made.delete(oldest);
  }

  #offerUndo(userId: string, ids: readonly string[]): string {
    const { em, audit, undo } = this.#options;
    const takeBack = () =>
      inTransaction(em, async () => {
        const trashed = (await this.#trash.trash(userId, ids)).map(({ id }) => id);
        audit.note({ userId, action: 'trashed', entity: 'specialization', ids: trashed });
        return { notUndone: ids.length - trashed.length };
      });
    return undo.offer(userId, `${ids.length} specializations added`, takeBack, { rows: ids.length });
  }
}
