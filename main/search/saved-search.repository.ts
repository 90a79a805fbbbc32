import type { EntityManager } from '@mikro-orm/postgresql';
import type { NewSavedSearch, SavedSearch } from '../../shared/schemas/saved-search.ts';
import { uuidArray } from '../database/sql-values.ts';
import { notFound } from '../errors/loci-error.ts';

export class SavedSearchRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async findAll(userId: string): Promise<SavedSearch[]> {
    return this.#em.execute(
      'select id, name, query from saved_search where user_id = ? order by position, id',
      [userId],
    );
  }

  async findByName(userId: string, name: string): Promise<SavedSearch | undefined> {
    const [found] = await this.#em.execute<SavedSearch[]>(
      'select id, name, query from saved_search where user_id = ? and lower(name) = lower(?)',
      [userId, name],
    );
    return found;
  }

  /** Nobody else changes it before the transaction is over. */
  async lock(userId: string, id: string): Promise<SavedSearch | undefined> {
    const [found] = await this.#em.execute<SavedSearch[]>(
      'select id, name, query from saved_search where user_id = ? and id = ? for update',
      [userId, id],
    );
    return found;
  }

  /** Comes after all others. */
  async add(userId: string, { name, query }: NewSavedSearch): Promise<SavedSearch> {
    const [added] = await this.#em.execute<SavedSearch[]>(
      `insert into saved_search (id, user_id, name, query, position)
       select uuid_v7(), ?, ?, ?, coalesce(max(position) + 1, 0) from saved_search where user_id = ?
       returning id, name, query`,
      [userId, name, query, userId],
    );
    if (!added) throw new Error('A row that was added came back empty');
    return added;
  }

  async save(userId: string, { id, name, query }: SavedSearch): Promise<void> {
    await this.#em.execute('update saved_search set name = ?, query = ? where user_id = ? and id = ?', [
      name,
      query,
      userId,
      id,
    ]);
  }

  /** Answers with those that stand elsewhere now. */
  async reorder(userId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `with wanted as (
         select s.id, row_number() over (order by o.place nulls last, s.position, s.id) - 1 as position
         from saved_search s left join unnest(?::uuid[]) with ordinality as o(id, place) on o.id = s.id
         where s.user_id = ?
       )
       update saved_search s set position = w.position from wanted w where s.id = w.id and s.position <> w.position
       returning s.id`,
      [uuidArray([...new Set(ids)]), userId],
    );
    return rows.map(({ id }) => id);
  }

  /** Answers with the whole row, for `restore`. */
  async delete(userId: string, id: string): Promise<string> {
    const [deleted] = await this.#em.execute<{ row: string }[]>(
      'delete from saved_search s where s.user_id = ? and s.id = ? returning to_jsonb(s)::text as row',
      [userId, id],
    );
    if (!deleted) throw notFound('saved search');
    return deleted.row;
  }

  async restore(deleted: string): Promise<void> {
    await this.#em.execute(
      'insert into saved_search select * from jsonb_populate_record(null::saved_search, ?::jsonb)',
      [deleted],
    );
  }
}
