import type { UndoableServiceParts } from '../undo/service-parts.ts';
import type { NewSavedSearch, SavedSearch, SavedSearchChange } from '../../shared/schemas/saved-search.ts';
import type { Undoable } from '../../shared/schemas/undo.ts';
import { inTransaction } from '../database/transaction.ts';
import { violatedConstraint } from '../errors/database-error.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import { SavedSearchRepository } from './saved-search.repository.ts';

/** Searches worth keeping, in the order a person gave them. */
export class SavedSearchService {
  readonly #options: UndoableServiceParts;
  readonly #searches: SavedSearchRepository;

  constructor(options: UndoableServiceParts) {
    this.#options = options;
    this.#searches = new SavedSearchRepository(options.em);
  }

  list(): Promise<SavedSearch[]> {
    return this.#searches.findAll(this.#options.currentUserId());
  }

  create(wish: NewSavedSearch): Promise<SavedSearch> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return this.#withName(userId, wish.name, async () => {
      const search = await this.#searches.add(userId, wish);
      audit.note({ userId, action: 'created', entity: 'saved_search', ids: [search.id] });
      return search;
    });
  }

  change({ id, name, query }: SavedSearchChange): Promise<SavedSearch> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return this.#withName(userId, name, async () => {
      const before = await this.#searches.lock(userId, id);
      if (!before) throw notFound('saved search');
      const after = { id, name: name ?? before.name, query: query ?? before.query };
      const fields = (['name', 'query'] as const).filter((field) => before[field] !== after[field]);
      if (fields.length === 0) return before;
      await this.#searches.save(userId, after);
      audit.note({ userId, action: 'changed', entity: 'saved_search', ids: [id], fields });
      return after;
    });
  }

  async reorder(ids: readonly string[]): Promise<SavedSearch[]> {
    const { em, audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return inTransaction(em, async () => {
      const moved = await this.#searches.reorder(userId, ids);
      audit.note({ userId, action: 'changed', entity: 'saved_search', ids: moved, fields: ['position'] });
      return this.#searches.findAll(userId);
    });
  }

  async delete({ id }: { id: string }): Promise<Undoable> {
    const { em, audit, undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const { name, deleted } = await inTransaction(em, async () => {
      const search = await this.#searches.lock(userId, id);
      if (!search) throw notFound('saved search');
      const row = await this.#searches.delete(userId, id);
      audit.note({ userId, action: 'deleted', entity: 'saved_search', ids: [id] });
      return { name: search.name, deleted: row };
    });
    const undoId = undo.offer(userId, `Saved search “${name}” deleted`, () =>
      inTransaction(em, async () => {
        await this.#searches.restore(deleted);
        audit.note({ userId, action: 'restored', entity: 'saved_search', ids: [id] });
      }),
    );
    return { undoId };
  }

  /** A name that is taken leads to the search that has it. */
  async #withName<T>(userId: string, name: string | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await inTransaction(this.#options.em, work);
    } catch (error) {
      if (name === undefined || violatedConstraint(error) !== 'saved_search_user_id_name_unique') throw error;
      const other = await this.#searches.findByName(userId, name);
      if (!other) throw error;
      throw conflict((texts) => texts.failures.savedSearch.nameTaken(other.name), {
        id: other.id,
        name: other.name,
      });
    }
  }
}
