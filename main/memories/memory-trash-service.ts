import type { ServiceParts } from '../undo/service-parts.ts';
import type { AuditActor } from '../../shared/schemas/audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { MemoryTrashRepository } from './memory-trash.repository.ts';

export interface MemoryTrashServiceOptions extends ServiceParts {
  /** How long this person wants to keep what is in the trash; null for ever. */
  readonly keepDays: (userId: string) => Promise<number | null>;
}

const dayMs = 24 * 60 * 60 * 1000;
/** In one transaction: other work gets in between, and an app that is closed meanwhile loses little. */
const batchSize = 2000;

/** Where memories end: nothing of their text stays anywhere in the library, and nothing brings it back. */
export class MemoryTrashService {
  readonly #options: MemoryTrashServiceOptions;
  readonly #trash: MemoryTrashRepository;

  constructor(options: MemoryTrashServiceOptions) {
    this.#options = options;
    this.#trash = new MemoryTrashRepository(options.em);
  }

  /** All or nothing; what is not in the trash is passed over. How many are gone. */
  async purge(ids: readonly string[]): Promise<number> {
    return this.#purge(this.#options.currentUserId(), ids, 'person');
  }

  /** Whatever the clock said when it was thrown away. */
  async empty(): Promise<number> {
    // Asked once: another person may take over while this is going on.
    return this.#purgeBefore(this.#options.currentUserId(), 'infinity', 'person');
  }

  /**
   * What has been in anybody's trash for as long as they wanted, also of those who are away. To be
   * called now and then.
   */
  async purgeExpired(): Promise<number> {
    let purged = 0;
    for (const userId of await this.#trash.findPeopleWithTrash()) {
      const keepDays = await this.#options.keepDays(userId);
      if (keepDays === null) continue;
      purged += await this.#purgeBefore(userId, new Date(Date.now() - keepDays * dayMs).toISOString(), 'app');
    }
    return purged;
  }

  async #purgeBefore(userId: string, before: string, actor: AuditActor): Promise<number> {
    let purged = 0;
    for (;;) {
      const ids = await this.#trash.findTrashedBefore(userId, before, batchSize);
      purged += await this.#purge(userId, ids, actor);
      if (ids.length < batchSize) return purged;
    }
  }

  async #purge(userId: string, ids: readonly string[], actor: AuditActor): Promise<number> {
    return inTransaction(this.#options.em, async () => {
      const { audit } = this.#options;
      const trashed = await this.#trash.lockTrashed(userId, ids);
      if (trashed.length === 0) return 0;
      const poorer = await this.#trash.findSpecializationsWith(trashed);
      await this.#trash.remove(trashed);
      audit.note({ userId, actor, action: 'purged', entity: 'memory', ids: trashed });
      audit.note({
        userId,
        actor,
        action: 'changed',
        entity: 'specialization',
        ids: poorer,
        fields: ['memories'],
      });
      return trashed.length;
    });
  }
}
