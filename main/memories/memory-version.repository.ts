import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemoryState, MemoryVersionSummary, VersionCause } from '../../shared/schemas/memory.ts';
import { isoTime, uuidArray } from '../database/sql-values.ts';

/** As it is kept: with the keys of its tags in the order of their names, where they were kept. */
export interface KeptState extends MemoryState {
  readonly tagIds: readonly string[] | null;
}

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
       insert into memory_version (id, memory_id, number, title, content, importance, tags, tag_ids, cause)
       select uuid_v7(), s.id, s.number, s.title, s.content, s.importance, coalesce(t.names, '{}'), coalesce(t.ids, '{}'), ?
       from state s cross join lateral (
         select array_agg(t.name order by lower(t.name)) as names, array_agg(t.id order by lower(t.name)) as ids
         from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = s.id) t`,
      [uuidArray(memoryIds), cause],
    );
  }

  /**
   * Whether the latest state that was kept gave way for the same cause a short while ago: then one more is
   * no state that anybody left, but a moment of the same writing.
   */
  async endsWithRecent(memoryId: string, cause: VersionCause): Promise<boolean> {
    const rows = await this.#em.execute(
      `select from (select cause, created_at from memory_version where memory_id = ? order by number desc limit 1) v
       where cause = ? and created_at > now() - interval '10 minutes'`,
      [memoryId, cause],
    );
    return rows.length > 0;
  }

  /** The latest first, from before this one on. */
  async findVersions(
    userId: string,
    memoryId: string,
    before: number | undefined,
    limit: number,
  ): Promise<MemoryVersionSummary[]> {
    return this.#em.execute<MemoryVersionSummary[]>(
      `select v.number, v.title, left(v.content, 300) as preview, v.importance, v.tags, v.cause, v.merged,
         ${isoTime('v.created_at')} as "endedAt"
       from memory_version v where v.memory_id = (select id from memory where user_id = ? and id = ?) and v.number < ?
       order by v.number desc limit ?`,
      [userId, memoryId, before ?? 2_147_483_647, limit],
    );
  }

  /**
   * What a memory was like when its version was this. Not every version ends with a state to keep:
   * then it was as it still was when the next one that did came to its end, or is so now.
   */
  async findState(userId: string, memoryId: string, number: number): Promise<KeptState | undefined> {
    const [state] = await this.#em.execute<KeptState[]>(
      `select s.title, s.content, s.importance, s.tags, s."tagIds" from memory m cross join lateral (
         select v.number, v.title, v.content, v.importance, v.tags, v.tag_ids::text[] as "tagIds" from memory_version v
         where v.memory_id = m.id and v.number >= ?
         union all
         select m.version, m.title, m.content, m.importance, array(
           select t.name from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = m.id order by lower(t.name)),
           array(
           select t.id::text from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = m.id order by lower(t.name))
         order by number limit 1) s
       where m.user_id = ? and m.id = ? and m.version >= ?`,
      [number, userId, memoryId, number],
    );
    return state;
  }
}
