import type { EntityManager } from '@mikro-orm/postgresql';
import type { VersionCause } from '../../shared/schemas/memory.ts';
import { uuidArray } from '../database/sql-values.ts';

export class MemoryVersionRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /**
   * Keeps these memories as they are now, and counts a new version of each. To be called in the
   * transaction that changes their content, title, importance or tags, before it does so; the
   * memories are locked until its end.
   */
  async keepStates(memoryIds: readonly string[], cause: VersionCause): Promise<void> {
    await this.#em.execute(
      `with state as (
         update memory set version = version + 1, updated_at = now() where id = any(?::uuid[])
         returning id, version - 1 as number, title, content, importance
       )
       insert into memory_version (id, memory_id, number, title, content, importance, tags, cause)
       select uuid_v7(), s.id, s.number, s.title, s.content, s.importance,
         coalesce((select array_agg(t.name order by lower(t.name)) from memory_tag l join tag t on t.id = l.tag_id
                   where l.memory_id = s.id), '{}'),
         ?
       from state s`,
      [uuidArray(memoryIds), cause],
    );
  }
}
