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
  async lockTags(userId: string, tagIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select id from tag where user_id = ? and id = any(?::uuid[]) order by id for key share',
      [userId, uuidArray(tagIds)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Divides links into those that are there and those that are not. */
  async divide(links: readonly TagLink[]): Promise<{ present: TagLink[]; absent: TagLink[] }> {
    const rows = await this.#em.execute<{ place: number }[]>(
      `select e.place::int from unnest(?::uuid[], ?::uuid[]) with ordinality as e (memory_id, tag_id, place)
       join memory_tag l using (memory_id, tag_id)`,
      pairs(links),
    );
    const places = new Set(rows.map(({ place }) => place));
    return {
      present: links.filter((_, index) => places.has(index + 1)),
      absent: links.filter((_, index) => !places.has(index + 1)),
    };
  }

  /** The memories must be locked, or their date and place beside the link could be of before. */
  async add(links: readonly TagLink[]): Promise<void> {
    if (links.length === 0) return;
    await this.#em.execute(
      `insert into memory_tag (memory_id, tag_id, occurred_at, trashed)
       select m.id, e.tag_id, m.occurred_at, m.deleted_at is not null
       from unnest(?::uuid[], ?::uuid[]) as e (memory_id, tag_id) join memory m on m.id = e.memory_id
       on conflict do nothing`,
      pairs(links),
    );
  }

  async remove(links: readonly TagLink[]): Promise<void> {
    if (links.length === 0) return;
    await this.#em.execute(
      `delete from memory_tag l using unnest(?::uuid[], ?::uuid[]) as e (memory_id, tag_id)
       where l.memory_id = e.memory_id and l.tag_id = e.tag_id`,
      pairs(links),
    );
  }
}

function pairs(links: readonly TagLink[]): string[] {
  return [uuidArray(links.map(({ memoryId }) => memoryId)), uuidArray(links.map(({ tagId }) => tagId))];
}
