import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemoryFilter, MemorySummary } from '../../shared/schemas/memory.ts';
import { uuidArray } from '../database/sql-values.ts';
import { conditionsOf } from './memory-filter.repository.ts';
import { summaryColumns } from './memory-list.repository.ts';

/** As the server packs it: times are whole numbers with the highest byte first, microseconds since 2000. */
interface PackedOutline {
  readonly ids: Buffer;
  readonly times: Buffer;
}

export class MemoryOutlineRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** All of a list, in its order. The server packs it: a row for each memory would take ten times as long. */
  async findOutline(userId: string, filter: MemoryFilter): Promise<PackedOutline> {
    const conditions = conditionsOf(userId, filter, undefined);
    const time = filter.trashed ? 'm.deleted_at' : 'm.occurred_at';
    const [packed] = await this.#em.execute<PackedOutline[]>(
      `select coalesce(string_agg(uuid_send(o.id), ''::bytea), '') as ids,
         coalesce(string_agg(timestamptz_send(o.time), ''::bytea), '') as times
       from (
         select m.id, ${time} as time from memory m
         where ${conditions.map(([sql]) => sql).join(' and ')} order by ${time} desc, m.id desc
       ) o`,
      conditions.flatMap(([, ...params]) => params),
    );
    return packed ?? { ids: Buffer.alloc(0), times: Buffer.alloc(0) };
  }

  /** Those that exist, in no certain order; also from the trash. */
  async findSummaries(userId: string, ids: readonly string[]): Promise<MemorySummary[]> {
    return this.#em.execute(
      `select ${summaryColumns} from memory m where m.user_id = ? and m.id = any(?::uuid[])`,
      [userId, uuidArray(ids)],
    );
  }
}
