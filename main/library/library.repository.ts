import type { EntityManager } from '@mikro-orm/postgresql';
import type { LibraryReport } from '../../shared/schemas/library.ts';

export interface TableSize {
  readonly name: string;
  readonly bytes: number;
}

const nothingRead = '00000000-0000-0000-0000-000000000000';

/**
 * What concerns the library as a whole. Apart from the counts it is about the tables, whoever's rows are in them: a
 * damaged page is damaged for all.
 */
export class LibraryRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** With their indexes and what is kept outside of their rows. */
  async findSizes(): Promise<TableSize[]> {
    return this.#em.execute<TableSize[]>(
      `select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes
       from pg_class c
       where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
       order by c.relname`,
    );
  }

  async databaseBytes(): Promise<number> {
    const [row] = await this.#em.execute<{ bytes: number }[]>(
      'select pg_database_size(current_database())::float8 as bytes',
    );
    return row?.bytes ?? 0;
  }

  async count(userId: string): Promise<LibraryReport['counts']> {
    const [row] = await this.#em.execute<LibraryReport['counts'][]>(
      `select
         (select count(*) from memory where user_id = u.id and deleted_at is null)::int as memories,
         (select count(*) from memory_version v join memory m on m.id = v.memory_id where m.user_id = u.id)::int
           as versions,
         (select count(*) from tag where user_id = u.id)::int as tags,
         (select count(*) from session where user_id = u.id)::int as sessions,
         (select count(*) from document where user_id = u.id)::int as documents,
         (select count(*) from specialization where user_id = u.id and deleted_at is null)::int as specializations
       from (select ?::uuid as id) u`,
      [userId],
    );
    return row ?? { memories: 0, versions: 0, tags: 0, sessions: 0, documents: 0, specializations: 0 };
  }

  /** Every row of a table in full, so that the server compares each page with its checksum. */
  async readThrough(table: string): Promise<number> {
    const [row] = await this.#em.execute<{ rows: number }[]>(
      `select count(*)::int as rows, bit_xor(hashtext(t::text)) as all_of_it from ${quoted(table)} t`,
    );
    return row?.rows ?? 0;
  }

  /** Of so many memories behind the one named, how many do not say what they said when they were saved, or cannot be found by words. */
  async checkMemories(
    after: string | undefined,
    limit: number,
  ): Promise<{ last: string | null; read: number; altered: number; withoutWords: number }> {
    const [row] = await this.#em.execute<
      { last: string | null; read: number; altered: number; withoutWords: number }[]
    >(
      `select (max(p.id::text))::text as last, count(*)::int as read,
         count(*) filter (where p.content_hash <> sha256(convert_to(p.content, 'UTF8')))::int as altered,
         count(*) filter (where w.memory_id is null)::int as "withoutWords"
       from (select id, content, content_hash from memory where id > ?::uuid order by id limit ?) p
       left join memory_word w on w.memory_id = p.id`,
      [after ?? nothingRead, limit],
    );
    return row ?? { last: null, read: 0, altered: 0, withoutWords: 0 };
  }

  /** Left half made by a build that was interrupted: the server does not use them. */
  async findInvalidIndexes(): Promise<string[]> {
    const rows = await this.#em.execute<{ name: string }[]>(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
       where not i.indisvalid and c.relnamespace = current_schema()::regnamespace`,
    );
    return rows.map(({ name }) => name);
  }

  /** Reading a large table takes as long as it takes. */
  async withoutLimits(): Promise<void> {
    await this.#em.execute(`set local statement_timeout to 0`);
    await this.#em.execute(`set local lock_timeout to 0`);
  }
}

/** Names come from the server's own catalogue. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
