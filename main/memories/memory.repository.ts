import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidV7 } from 'uuid';
import type { MemoryDto, MemorySource } from '../../shared/schemas/memory.ts';
import { isoTime, uuidArray } from '../database/sql-values.ts';
import { contentHash } from './kept-text.ts';

export interface MemoryFields {
  readonly title: string | null;
  readonly content: string;
  readonly importance: number;
  readonly pinned: boolean;
  readonly source: MemorySource;
  readonly occurredAt: string;
  readonly sessionId: string | null;
  readonly documentId: string | null;
}

/** How each field is written; `hash` is the content's. */
const columns = {
  title: ['title', '?'],
  content: ['content', '?'],
  hash: ['content_hash', `decode(?, 'hex')`],
  importance: ['importance', '?'],
  pinned: ['pinned', '?'],
  source: ['source', '?'],
  occurredAt: ['occurred_at', '?'],
  sessionId: ['session_id', '?'],
  documentId: ['document_id', '?'],
} as const satisfies Record<keyof MemoryFields | 'hash', readonly [column: string, value: string]>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The type of the object names its keys.
const fieldNames = Object.keys(columns) as (keyof typeof columns)[];

export const columnOf = (field: keyof MemoryFields): string => columns[field][0];

/** What a memory and its summary have in common, as they cross to the page. */
export const factColumns = `m.id, m.title, m.importance, m.pinned, m.source, ${isoTime('m.occurred_at')} as "occurredAt",
  ${isoTime('m.created_at')} as "createdAt", ${isoTime('m.updated_at')} as "updatedAt", ${isoTime('m.deleted_at')} as "deletedAt",
  m.session_id as "sessionId", m.document_id as "documentId", m.version`;

const tagsOfMemory = `(select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'colour', t.colour)
    order by lower(t.name)), '[]') from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = m.id)`;

export class MemoryRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** @returns their keys, in the same order */
  async insert(userId: string, memories: readonly MemoryFields[]): Promise<string[]> {
    const rows = memories.map((fields) => ({ id: uuidV7(), hash: contentHash(fields.content), ...fields }));
    const values = fieldNames.map((field) => columns[field][1]).join(', ');
    // The longest first: where there are none yet, it tells what language the short ones are in.
    const [longest, ...others] = rows.toSorted((a, b) => b.content.length - a.content.length);
    for (const some of [longest ? [longest] : [], others]) {
      if (some.length === 0) continue;
      await this.#em.execute(
        `insert into memory (id, user_id, ${fieldNames.map((field) => columns[field][0]).join(', ')})
         values ${some.map(() => `(?, ?, ${values})`).join(', ')}`,
        some.flatMap((row) => [row.id, userId, ...fieldNames.map((field) => row[field])]),
      );
    }
    return rows.map(({ id }) => id);
  }

  /** Those that exist, in the order asked for; also from the trash. */
  async findByIds(userId: string, ids: readonly string[]): Promise<MemoryDto[]> {
    return this.#em.execute<MemoryDto[]>(
      `select ${factColumns}, m.content, ${tagsOfMemory} as tags
       from unnest(?::uuid[]) with ordinality as asked (id, place) join memory m on m.id = asked.id
       where m.user_id = ? order by asked.place`,
      [uuidArray(ids), userId],
    );
  }

  /** The memory as it is, and nobody changes it until the end of the transaction. */
  async lock(userId: string, id: string): Promise<MemoryDto | undefined> {
    await this.#em.execute('select from memory where user_id = ? and id = ? for update', [userId, id]);
    // Asked for once the lock is held: its tags may have changed while it was waited for.
    const [memory] = await this.findByIds(userId, [id]);
    return memory;
  }

  /** To be called for a memory that is locked, and whose version was counted. */
  async change(id: string, fields: Partial<MemoryFields>): Promise<void> {
    const written = writtenFields(fields);
    if (written.length === 0) return;
    const assignments = written.map(([field]) => `${columns[field][0]} = ${columns[field][1]}`);
    await this.#em.execute(`update memory set ${assignments.join(', ')} where id = ?`, [
      ...written.map(([, value]) => value),
      id,
    ]);
  }

  /** For changes that leave no earlier state behind; `isWritten` where they are of what a person wrote. */
  async countVersion(id: string, { isWritten = false } = {}): Promise<void> {
    await this.#em.execute(
      'update memory set version = version + 1, updated_at = case when ? then now() else updated_at end where id = ?',
      [isWritten, id],
    );
  }

  /** Memories outside of the trash that say the very same; without content, those of the same title. */
  async findSame(userId: string, text: { title: string | null; content: string }): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select id from memory where user_id = ? and content_hash = decode(?, 'hex') and deleted_at is null
         and (content <> '' or title = ?)
       order by id limit 100`,
      [userId, contentHash(text.content), text.title],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether these are this person's. */
  async owns(userId: string, what: 'session' | 'document', id: string): Promise<boolean> {
    const rows = await this.#em.execute(`select from ${what} where user_id = ? and id = ?`, [userId, id]);
    return rows.length > 0;
  }
}

function writtenFields(fields: Partial<MemoryFields>): [keyof typeof columns, unknown][] {
  const withHash = fields.content === undefined ? fields : { ...fields, hash: contentHash(fields.content) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The type of the object names its keys.
  const entries = Object.entries(withHash) as [keyof typeof columns, unknown][];
  return entries.filter(([, value]) => value !== undefined);
}
