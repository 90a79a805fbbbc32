import type { EntityManager } from '@mikro-orm/postgresql';
import type { PageCursor } from '../../shared/schemas/page.ts';
import { uuidArray } from '../database/sql-values.ts';
import { notFound } from '../errors/loci-error.ts';
import type { SessionToStart } from './session-to-start.ts';

/** A session as it stands in its table. */
export interface SessionRow {
  readonly id: string;
  readonly title: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export interface CountedSessionRow extends SessionRow {
  readonly memories: number;
}

/** As the driver hands it over. */
interface RawSession extends Record<'id' | 'title' | 'startedAt' | 'expiresAt', string> {
  readonly endedAt: string | null;
}

const columns = `s.id, s.title, s.started_at as "startedAt", s.expires_at as "expiresAt", s.ended_at as "endedAt"`;
const memoriesOfSession =
  '(select count(*)::int from memory m where m.session_id = s.id and m.deleted_at is null) as memories';

export class SessionRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async add(userId: string, { title, startedAt, expiresAt }: SessionToStart): Promise<SessionRow> {
    const [added] = await this.#find(
      `insert into session as s (id, user_id, title, started_at, expires_at)
       values (uuid_v7(), ?, ?, ?::timestamptz, ?::timestamptz) returning ${columns}`,
      [userId, title, startedAt, expiresAt],
    );
    if (!added) throw new Error('A row that was added came back empty');
    return added;
  }

  async findCurrent(userId: string): Promise<SessionRow | undefined> {
    const [newest] = await this.#find(
      `select ${columns} from session s where s.user_id = ? and s.ended_at is null and s.expires_at > now()
       order by s.started_at desc, s.id desc limit 1`,
      [userId],
    );
    return newest;
  }

  async findCounted(userId: string, id: string): Promise<CountedSessionRow | undefined> {
    const [row] = await this.#em.execute<(RawSession & { memories: number })[]>(
      `select ${columns}, ${memoriesOfSession} from session s where s.user_id = ? and s.id = ?`,
      [userId, id],
    );
    return row && { ...toRow(row), memories: row.memories };
  }

  /** Nobody else changes it, or puts a memory into it, before the transaction is over. */
  async lock(userId: string, id: string): Promise<SessionRow | undefined> {
    const [found] = await this.#find(
      `select ${columns} from session s where s.user_id = ? and s.id = ? for update`,
      [userId, id],
    );
    return found;
  }

  /** Newest first; the page begins after the session named by `after`. */
  async findNewest(
    userId: string,
    limit: number,
    after: PageCursor | undefined,
  ): Promise<CountedSessionRow[]> {
    const rows = await this.#em.execute<(RawSession & { memories: number })[]>(
      `select ${columns}, ${memoriesOfSession} from session s
       where s.user_id = ? ${after ? 'and (s.started_at, s.id) < (?::timestamptz, ?::uuid)' : ''}
       order by s.started_at desc, s.id desc limit ?`,
      [userId, ...(after ? [after.time, after.id] : []), limit],
    );
    return rows.map((row) => ({ ...toRow(row), memories: row.memories }));
  }

  async save(userId: string, { id, title, expiresAt, endedAt }: SessionRow): Promise<void> {
    await this.#em.execute(
      `update session set title = ?, expires_at = ?::timestamptz, ended_at = ?::timestamptz
       where user_id = ? and id = ?`,
      [title, expiresAt, endedAt, userId, id],
    );
  }

  /** Of all persons, because time goes on for those who are away as well. */
  async endExpired(): Promise<{ id: string; userId: string }[]> {
    return this.#em.execute(
      `update session set ended_at = expires_at where ended_at is null and expires_at <= now()
       returning id, user_id as "userId"`,
    );
  }

  /** Answers with the memories that were in it. */
  async releaseMemories(userId: string, id: string): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `update memory set session_id = null, version = version + 1 where user_id = ? and session_id = ?
       returning id`,
      [userId, id],
    );
    return rows.map((row) => row.id);
  }

  /** Answers with the whole row, for `restore`. */
  async delete(userId: string, id: string): Promise<string> {
    const [deleted] = await this.#em.execute<{ row: string }[]>(
      'delete from session s where s.user_id = ? and s.id = ? returning to_jsonb(s)::text as row',
      [userId, id],
    );
    if (!deleted) throw notFound('session');
    return deleted.row;
  }

  async restore(deleted: string): Promise<void> {
    await this.#em.execute(
      'insert into session select * from jsonb_populate_record(null::session, ?::jsonb)',
      [deleted],
    );
  }

  /** Puts these memories into the session, unless they have gone or are in another by now. */
  async takeBackMemories(userId: string, id: string, memoryIds: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `update memory set session_id = ?, version = version + 1
       where user_id = ? and session_id is null and id = any(?::uuid[])
       returning id`,
      [id, userId, uuidArray(memoryIds)],
    );
    return rows.map((row) => row.id);
  }

  async #find(sql: string, values: unknown[]): Promise<SessionRow[]> {
    return (await this.#em.execute<RawSession[]>(sql, values)).map(toRow);
  }
}

function toRow(raw: RawSession): SessionRow {
  return {
    id: raw.id,
    title: raw.title,
    startedAt: new Date(raw.startedAt),
    expiresAt: new Date(raw.expiresAt),
    endedAt: raw.endedAt === null ? null : new Date(raw.endedAt),
  };
}
