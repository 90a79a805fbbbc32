import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '../database/sql-values.ts';

export class MemoryTrashRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Of these, those in the trash; locked. */
  async lockTrashed(userId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select id from memory where user_id = ? and id = any(?::uuid[]) and deleted_at is not null
       order by id for update`,
      [userId, uuidArray(ids)],
    );
    return rows.map(({ id }) => id);
  }

  /** Everybody who has anything in the trash. */
  async findPeopleWithTrash(): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select u.id from app_user u
       where exists (select from memory m where m.user_id = u.id and m.deleted_at is not null) order by u.id`,
    );
    return rows.map(({ id }) => id);
  }

  /** Some of those that came into the trash before this time, as Postgres reads it. */
  async findTrashedBefore(userId: string, before: string, limit: number): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select id from memory where user_id = ? and deleted_at is not null and deleted_at <= ?::timestamptz
       order by deleted_at desc, id desc limit ?`,
      [userId, before, limit],
    );
    return rows.map(({ id }) => id);
  }

  async findSpecializationsWith(ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select distinct specialization_id as id from specialization_memory where memory_id = any(?::uuid[])`,
      [uuidArray(ids)],
    );
    return rows.map(({ id }) => id);
  }

  /** Versions, chunks and all links go with them. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#em.execute('delete from memory where id = any(?::uuid[])', [uuidArray(ids)]);
  }
}
