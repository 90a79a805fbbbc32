import type { EntityManager } from '@mikro-orm/postgresql';

export interface MemoryCounts {
  readonly memories: number;
  readonly pinned: number;
  readonly trash: number;
}

export interface OtherCounts {
  readonly sessions: number;
  readonly specializations: number;
}

/** Counting reads an index from end to end; each count has one that holds nothing else. */
export class OverviewRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async countMemories(userId: string): Promise<MemoryCounts> {
    const [counts] = await this.#em.execute<MemoryCounts[]>(
      `select
         (select count(*)::int from memory m where m.user_id = ? and m.deleted_at is null) as memories,
         (select count(*)::int from memory m where m.user_id = ? and m.pinned and m.deleted_at is null) as pinned,
         (select count(*)::int from memory m where m.user_id = ? and m.deleted_at is not null) as trash`,
      [userId, userId, userId],
    );
    return counts ?? { memories: 0, pinned: 0, trash: 0 };
  }

  async countOthers(userId: string): Promise<OtherCounts> {
    const [counts] = await this.#em.execute<OtherCounts[]>(
      `select (select count(*)::int from session s where s.user_id = ?) as sessions,
         (select count(*)::int from specialization s where s.user_id = ? and s.deleted_at is null) as specializations`,
      [userId, userId],
    );
    return counts ?? { sessions: 0, specializations: 0 };
  }
}
