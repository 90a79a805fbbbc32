import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '../database/sql-values.ts';

/** A memory under a tag. */
export interface TagLink {
  readonly memoryId: string;
  readonly tagId: string;
}

export class MemoryLinkRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Of these, the tags that are this person's; none of them is deleted until the end of the transaction. */
  async lockTags(userId: string, tagIds: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select id from tag where user_id = ? and id = any(?::uuid[]) order by id for key share',
      [userId, uuidArray(tagIds)],
    );
    return rows.map(({ id }) => id);
  }

  /** The memories must be locked, or their date and place beside the link could be of before. */
  async link(memoryIds: readonly string[], tagIds: readonly string[]): Promise<TagLink[]> {
    if (tagIds.length === 0) return [];
    return this.#em.execute<TagLink[]>(
      `insert into memory_tag (memory_id, tag_id, occurred_at, trashed)
       select m.id, t.id, m.occurred_at, m.deleted_at is not null
       from memory m cross join unnest(?::uuid[]) as t (id) where m.id = any(?::uuid[])
       on conflict do nothing returning memory_id as "memoryId", tag_id as "tagId"`,
      [uuidArray(tagIds), uuidArray(memoryIds)],
    );
  }

  async unlink(memoryIds: readonly string[], tagIds: readonly string[]): Promise<TagLink[]> {
    if (tagIds.length === 0) return [];
    return this.#em.execute<TagLink[]>(
      `delete from memory_tag where memory_id = any(?::uuid[]) and tag_id = any(?::uuid[])
       returning memory_id as "memoryId", tag_id as "tagId"`,
      [uuidArray(memoryIds), uuidArray(tagIds)],
    );
  }
}
