import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '../database/sql-values.ts';

/** What can be set on many memories at once, with the type of its column. */
const columnTypes = {
  importance: 'double precision',
  pinned: 'boolean',
  session_id: 'uuid',
  deleted_at: 'timestamptz',
} as const;
export type BulkColumn = keyof typeof columnTypes;
export type BulkValue = string | number | boolean | null;

export interface Earlier {
  readonly id: string;
  /** As Postgres writes it. */
  readonly value: string | null;
}

/** Statements about sets of memories: ten thousand take one each. */
export class MemoryBulkRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Of these, those that are not in the trash; locked. */
  async lockKept(userId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select id from memory where user_id = ? and id = any(?::uuid[]) and deleted_at is null order by id for update`,
      [userId, uuidArray(ids)],
    );
    return rows.map(({ id }) => id);
  }

  /** Of these, those in the trash or out of it that do not have this value, with what they have; locked. */
  async lockDifferent(
    userId: string,
    ids: readonly string[],
    column: BulkColumn,
    value: BulkValue,
    trashed: boolean,
  ): Promise<Earlier[]> {
    return this.#em.execute<Earlier[]>(
      `select id, ${column}::text as value from memory
       where user_id = ? and id = any(?::uuid[]) and deleted_at is ${trashed ? 'not null' : 'null'}
         and ${column} is distinct from ?::${columnTypes[column]}
       order by id for update`,
      [userId, uuidArray(ids), value],
    );
  }

  /** Of these, those that still have this value; locked. Those in the trash can only leave it. */
  async lockStill(
    userId: string,
    ids: readonly string[],
    column: BulkColumn,
    value: BulkValue,
  ): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select id from memory where user_id = ? and id = any(?::uuid[])
         and ${column} is not distinct from ?::${columnTypes[column]}
         ${column === 'deleted_at' ? '' : 'and deleted_at is null'}
       order by id for update`,
      [userId, uuidArray(ids), value],
    );
    return rows.map(({ id }) => id);
  }

  async set(ids: readonly string[], column: BulkColumn, value: BulkValue): Promise<void> {
    await this.#em.execute(
      `update memory set ${column} = ?::${columnTypes[column]}${countVersion(column)} where id = any(?::uuid[])`,
      [value, uuidArray(ids)],
    );
  }

  async setEach(rows: readonly Earlier[], column: BulkColumn): Promise<void> {
    await this.#em.execute(
      `update memory m set ${column} = e.value::${columnTypes[column]}${countVersion(column)}
       from jsonb_to_recordset(?::jsonb) as e (id uuid, value text) where m.id = e.id`,
      [JSON.stringify(rows)],
    );
  }

  /** Of these, the sessions that are there; none of them is deleted until the end of the transaction. */
  async lockSessions(userId: string, ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select id from session where user_id = ? and id = any(?::uuid[]) order by id for key share',
      [userId, uuidArray(ids)],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

/** Where an earlier state was kept, its version was counted with it. */
function countVersion(column: BulkColumn): string {
  return column === 'importance' ? '' : ', version = version + 1';
}
