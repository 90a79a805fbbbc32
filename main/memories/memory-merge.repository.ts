import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '../database/sql-values.ts';

/** Statements that make one memory of several. All of these memories must be locked. */
export class MemoryMergeRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /**
   * Gives a memory all that others ever were, what they are now included, as versions of its own. Each memory's
   * history stays together and in its order, behind the versions that are there. How many these are.
   */
  async adoptStates(id: string, version: number, otherIds: readonly string[]): Promise<number> {
    const [row] = await this.#em.execute<{ adopted: number }[]>(
      `with state as (
         select v.memory_id, v.number, v.title, v.content, v.importance, v.tags, v.tag_ids, v.created_at
         from memory_version v where v.memory_id = any(?::uuid[])
         union all
         select m.id, m.version, m.title, m.content, m.importance, array(
           select t.name from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = m.id order by lower(t.name)),
           array(
           select t.id from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = m.id order by lower(t.name)),
           now()
         from memory m where m.id = any(?::uuid[])
       ), adopted as (
         insert into memory_version
           (id, memory_id, number, title, content, importance, tags, tag_ids, cause, merged, created_at, updated_at)
         select uuid_v7(), ?, ?::integer - 1 + row_number() over (order by memory_id, number),
           title, content, importance, tags, tag_ids, 'merge', true, created_at, created_at
         from state
         returning 1
       )
       update memory set version = version + (select count(*)::integer from adopted)
       where id = ? returning (select count(*)::integer from adopted) as adopted`,
      [uuidArray(otherIds), uuidArray(otherIds), id, version, id],
    );
    return row?.adopted ?? 0;
  }

  /** They are still with the memories they were of. */
  async giveBackStates(id: string, first: number, count: number): Promise<void> {
    await this.#em.execute(
      'delete from memory_version where memory_id = ? and merged and number >= ? and number < ?',
      [id, first, first + count],
    );
  }

  /** Puts a memory into the specializations of others that it is not in; for training where any of them was. */
  async joinSpecializations(
    userId: string,
    id: string,
    otherIds: readonly string[],
  ): Promise<readonly string[]> {
    await this.#em.execute(
      `select from specialization where user_id = ? and id in (
         select specialization_id from specialization_memory where memory_id = any(?::uuid[])) order by id for update`,
      [userId, uuidArray(otherIds)],
    );
    const rows = await this.#em.execute<{ id: string }[]>(
      `insert into specialization_memory (specialization_id, memory_id, role)
       select specialization_id, ?, max(role) from specialization_memory
       where memory_id = any(?::uuid[]) group by specialization_id order by specialization_id
       on conflict do nothing returning specialization_id as id`,
      [id, uuidArray(otherIds)],
    );
    return rows.map((row) => row.id);
  }

  /** Answers with those it was still in. */
  async leaveSpecializations(
    userId: string,
    id: string,
    specializationIds: readonly string[],
  ): Promise<readonly string[]> {
    await this.#em.execute(
      'select from specialization where user_id = ? and id = any(?::uuid[]) order by id for update',
      [userId, uuidArray(specializationIds)],
    );
    const rows = await this.#em.execute<{ id: string }[]>(
      `delete from specialization_memory where memory_id = ? and specialization_id = any(?::uuid[])
       returning specialization_id as id`,
      [id, uuidArray(specializationIds)],
    );
    return rows.map((row) => row.id);
  }
}
