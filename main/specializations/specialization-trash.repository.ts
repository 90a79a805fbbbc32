import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '../database/sql-values.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** With when it came into the trash, as Postgres writes it. */
interface Trashed extends Named {
  readonly trashedAt: string;
}

export class SpecializationTrashRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async trash(userId: string, ids: readonly string[]): Promise<Trashed[]> {
    return this.#em.execute(
      `update specialization set deleted_at = now()
       where user_id = ? and deleted_at is null and id = any(?::uuid[])
       returning id, name, deleted_at::text as "trashedAt"`,
      [userId, uuidArray(ids)],
    );
  }

  async restore(userId: string, ids: readonly string[]): Promise<Trashed[]> {
    return this.#em.execute(
      `update specialization s set deleted_at = null from (
         select id, deleted_at from specialization
         where user_id = ? and deleted_at is not null and id = any(?::uuid[]) order by id for update
       ) before where s.id = before.id returning s.id, s.name, before.deleted_at::text as "trashedAt"`,
      [userId, uuidArray(ids)],
    );
  }

  /** As if they had never been restored. */
  async trashAgain(userId: string, trashed: readonly Trashed[]): Promise<Named[]> {
    return this.#em.execute(
      `update specialization s set deleted_at = t."trashedAt"
       from jsonb_to_recordset(?::jsonb) as t (id uuid, "trashedAt" timestamptz)
       where s.user_id = ? and s.id = t.id and s.deleted_at is null returning s.id, s.name`,
      [JSON.stringify(trashed), userId],
    );
  }

  /** Only those that have been there since then: another time they were thrown away on purpose. */
  async restoreUnchanged(userId: string, trashed: readonly Trashed[]): Promise<Named[]> {
    return this.#em.execute(
      `update specialization s set deleted_at = null
       from jsonb_to_recordset(?::jsonb) as t (id uuid, "trashedAt" timestamptz)
       where s.user_id = ? and s.id = t.id and s.deleted_at = t."trashedAt" returning s.id, s.name`,
      [JSON.stringify(trashed), userId],
    );
  }

  /** A name that two of them have that are not, or would not be, in the trash; outside of it comes first. */
  async findTakenName(userId: string, ids: readonly string[]): Promise<Named | undefined> {
    const [taken] = await this.#em.execute<Named[]>(
      `select o.id, o.name from specialization s join specialization o
         on o.user_id = s.user_id and lower(o.name) = lower(s.name) and o.id <> s.id
         and (o.deleted_at is null or o.id = any(?::uuid[]))
       where s.user_id = ? and s.deleted_at is not null and s.id = any(?::uuid[])
       order by o.deleted_at nulls first, o.id limit 1`,
      [uuidArray(ids), userId, uuidArray(ids)],
    );
    return taken;
  }

  async purge(userId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `delete from specialization where user_id = ? and deleted_at is not null and id = any(?::uuid[])
       returning id`,
      [userId, uuidArray(ids)],
    );
    return rows.map(({ id }) => id);
  }

  /** Everybody who has anything in the trash. */
  async findPeopleWithTrash(): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select distinct user_id as id from specialization where deleted_at is not null order by user_id',
    );
    return rows.map(({ id }) => id);
  }

  /** What has been in the trash since then or longer. */
  async purgeTrashedBefore(userId: string, time: Date): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'delete from specialization where user_id = ? and deleted_at <= ?::timestamptz returning id',
      [userId, time],
    );
    return rows.map(({ id }) => id);
  }
}
