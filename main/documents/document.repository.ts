import type { EntityManager } from '@mikro-orm/postgresql';
import type { CountedDocument, Document, DocumentKind } from '../../shared/schemas/document.ts';
import type { PageCursor } from '../../shared/schemas/page.ts';
import { isoTime, uuidArray } from '../database/sql-values.ts';
import { notFound } from '../errors/loci-error.ts';

/** A file as it arrives. */
export interface ArrivingDocument {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
}

/** As it crosses to the page. Sizes lie far below where a double loses whole numbers. */
const columns = `d.id, d.name, d.kind, d.size_bytes::float8 as "sizeBytes", encode(d.sha256, 'hex') as sha256,
  ${isoTime('d.imported_at')} as "importedAt"`;
const countedColumns = `${columns},
  (select count(*)::int from memory m where m.document_id = d.id and m.deleted_at is null) as memories`;

export class DocumentRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Nothing when the same bytes are there already. */
  async add(
    userId: string,
    { name, kind, sizeBytes, sha256 }: ArrivingDocument,
  ): Promise<Document | undefined> {
    const [added] = await this.#em.execute<Document[]>(
      `insert into document as d (id, user_id, name, kind, size_bytes, sha256)
       values (uuid_v7(), ?, ?, ?, ?, ?)
       on conflict (user_id, sha256) do nothing returning ${columns}`,
      [userId, name, kind, sizeBytes, Buffer.from(sha256)],
    );
    return added;
  }

  async findByHash(userId: string, sha256: Uint8Array): Promise<Document | undefined> {
    const [found] = await this.#em.execute<Document[]>(
      `select ${columns} from document d where d.user_id = ? and d.sha256 = ?`,
      [userId, Buffer.from(sha256)],
    );
    return found;
  }

  async findNewest(userId: string, limit: number, after: PageCursor | undefined): Promise<CountedDocument[]> {
    return this.#em.execute(
      `select ${countedColumns} from document d
       where d.user_id = ? ${after ? 'and (d.imported_at, d.id) < (?::timestamptz, ?::uuid)' : ''}
       order by d.imported_at desc, d.id desc limit ?`,
      [userId, ...(after ? [after.time, after.id] : []), limit],
    );
  }

  /** In the order asked for. */
  async findByIds(userId: string, ids: readonly string[]): Promise<CountedDocument[]> {
    return this.#em.execute(
      `select ${countedColumns} from document d join unnest(?::uuid[]) with ordinality as o(id, place) using (id)
       where d.user_id = ? order by o.place`,
      [uuidArray(ids), userId],
    );
  }

  /** Nobody else changes it, or adds a memory from it, before the transaction is over. */
  async lock(userId: string, id: string): Promise<Document | undefined> {
    const [found] = await this.#em.execute<Document[]>(
      `select ${columns} from document d where d.user_id = ? and d.id = ? for update`,
      [userId, id],
    );
    return found;
  }

  async rename(userId: string, id: string, name: string): Promise<void> {
    await this.#em.execute('update document set name = ? where user_id = ? and id = ?', [name, userId, id]);
  }

  /** Answers with the memories that came from it. */
  async releaseMemories(userId: string, id: string): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `update memory set document_id = null, version = version + 1 where user_id = ? and document_id = ?
       returning id`,
      [userId, id],
    );
    return rows.map((row) => row.id);
  }

  /** Says again of these memories that they came from it, unless they have gone or came from another since. */
  async takeBackMemories(userId: string, id: string, memoryIds: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `update memory set document_id = ?, version = version + 1
       where user_id = ? and document_id is null and id = any(?::uuid[]) returning id`,
      [id, userId, uuidArray(memoryIds)],
    );
    return rows.map((row) => row.id);
  }

  /** Answers with the whole row, for `restore`. */
  async delete(userId: string, id: string): Promise<string> {
    const [deleted] = await this.#em.execute<{ row: string }[]>(
      'delete from document d where d.user_id = ? and d.id = ? returning to_jsonb(d)::text as row',
      [userId, id],
    );
    if (!deleted) throw notFound('document');
    return deleted.row;
  }

  async restore(deleted: string): Promise<void> {
    await this.#em.execute(
      'insert into document select * from jsonb_populate_record(null::document, ?::jsonb)',
      [deleted],
    );
  }
}
