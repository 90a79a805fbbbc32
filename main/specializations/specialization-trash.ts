import type { BulkOutcome } from '../../shared/schemas/memory.ts';
import { inTransaction } from '../database/transaction.ts';
import { violatedConstraint } from '../errors/database-error.ts';
import { conflict } from '../errors/loci-error.ts';
import type { Leftover } from '../undo/undo-stack.ts';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { SpecializationTrashRepository } from './specialization-trash.repository.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** How specializations go into the trash, come back from it, and go for good. */
export class SpecializationTrash {
  readonly #options: UndoableServiceParts;
  readonly #specializations: SpecializationTrashRepository;

  constructor(options: UndoableServiceParts) {
    this.#options = options;
    this.#specializations = new SpecializationTrashRepository(options.em);
  }

  async trash(ids: readonly string[]): Promise<BulkOutcome> {
    const { undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const trashed = await this.#trash(userId, () => this.#specializations.trash(userId, ids));
    if (trashed.length === 0) return { changed: 0, undoId: null };
    const undoId = undo.offer(
      userId,
      `${inWords(trashed)} moved to the trash`,
      async () =>
        leftOf(
          trashed,
          await this.#restore(userId, idsOf(trashed), () =>
            this.#specializations.restoreUnchanged(userId, trashed),
          ),
        ),
      { rows: trashed.length },
    );
    return { changed: trashed.length, undoId };
  }

  async restore(ids: readonly string[]): Promise<BulkOutcome> {
    const { undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const restored = await this.#restore(userId, ids, () => this.#specializations.restore(userId, ids));
    if (restored.length === 0) return { changed: 0, undoId: null };
    const undoId = undo.offer(
      userId,
      `${inWords(restored)} restored`,
      async () =>
        leftOf(restored, await this.#trash(userId, () => this.#specializations.trashAgain(userId, restored))),
      { rows: restored.length },
    );
    return { changed: restored.length, undoId };
  }

  /** Removes them from the trash, for good; answers with how many. */
  async purge(ids: readonly string[]): Promise<{ purged: number }> {
    const { em, audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return inTransaction(em, async () => {
      const purged = await this.#specializations.purge(userId, ids);
      audit.note({ userId, action: 'purged', entity: 'specialization', ids: purged });
      return { purged: purged.length };
    });
  }

  /**
   * What has been in anybody's trash for as long as they wanted goes for good, also of those who are
   * away. To be called now and then.
   */
  async purgeExpired(keepDays: (userId: string) => Promise<number | null>): Promise<number> {
    let purged = 0;
    for (const userId of await this.#specializations.findPeopleWithTrash()) {
      const days = await keepDays(userId);
      if (days !== null) purged += await this.#purgeBefore(userId, new Date(Date.now() - days * dayMs));
    }
    return purged;
  }

  #purgeBefore(userId: string, time: Date): Promise<number> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      const purged = await this.#specializations.purgeTrashedBefore(userId, time);
      audit.note({ userId, actor: 'app', action: 'purged', entity: 'specialization', ids: purged });
      return purged.length;
    });
  }

  #trash<T extends { readonly id: string }>(userId: string, trash: () => Promise<T[]>): Promise<T[]> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      const trashed = await trash();
      audit.note({ userId, action: 'trashed', entity: 'specialization', ids: idsOf(trashed) });
      return trashed;
    });
  }

  async #restore<T extends { readonly id: string }>(
    userId: string,
    ids: readonly string[],
    restore: () => Promise<T[]>,
  ): Promise<T[]> {
    const { em, audit } = this.#options;
    try {
      return await inTransaction(em, async () => {
        const restored = await restore();
        audit.note({ userId, action: 'restored', entity: 'specialization', ids: idsOf(restored) });
        return restored;
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'specialization_user_id_name_unique') throw error;
      const taken = await this.#specializations.findTakenName(userId, ids);
      if (!taken) throw error;
      throw conflict((texts) => texts.failures.specialization.nameTakenSince(taken.name), taken);
    }
  }
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

function leftOf(wanted: readonly unknown[], done: readonly unknown[]): Leftover {
  return { notUndone: wanted.length - done.length };
}

function inWords(rows: readonly { readonly name: string }[]): string {
  const [first] = rows;
  return rows.length === 1 && first ? `Specialization “${first.name}”` : `${rows.length} specializations`;
}
