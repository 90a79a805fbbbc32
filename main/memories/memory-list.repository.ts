import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemoryFilter, MemoryPage, MemorySummary } from '../../shared/schemas/memory.ts';
import { writeCursor, readCursor, type ListEnd } from './list-cursor.ts';
import { conditionsOf, drivers, type Condition, type Driver } from './memory-filter.repository.ts';
import { factColumns } from './memory.repository.ts';

export interface ListQuery {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Enough to tell a few from many, and counted in a fraction of a millisecond. */
const manyRows = 5000;

export const summaryColumns = `${factColumns}, left(m.content, 300) as preview,
  array(select l.tag_id::text from memory_tag l where l.memory_id = m.id order by l.tag_id) as "tagIds"`;

export class MemoryListRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async findPage(
    userId: string,
    filter: MemoryFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<MemoryPage> {
    const trashed = filter.trashed ?? false;
    const after = cursor === undefined ? undefined : readCursor(cursor, trashed);
    const driver = await this.findDriver(userId, filter);
    const { sql, params } = pageQuery({ userId, filter, driver, after, limit });
    const rows = await this.#em.execute<MemorySummary[]>(sql, [...params]);
    const memories = rows.slice(0, limit);
    const last = memories.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { memories, nextCursor: more ? writeCursor(last, trashed) : null };
  }

  async count(userId: string, filter: MemoryFilter): Promise<number> {
    const { sql, params } = countQuery(userId, filter);
    const [row] = await this.#em.execute<{ count: number }[]>(sql, [...params]);
    return row?.count ?? 0;
  }

  /**
   * The index to go down: of what is asked for, that of which there is least. Statistics would know
   * it on average; a tag of ten memories beside a session of a hundred thousand must never be slow.
   */
  async findDriver(userId: string, filter: MemoryFilter): Promise<Driver> {
    const candidates = drivers(userId, filter);
    const [first, ...others] = candidates;
    if (others.length === 0) return first;
    const samples = candidates.map(sampleQuery);
    const [row] = await this.#em.execute<{ counts: number[] }[]>(
      `select array[${samples.map(({ sql }) => `(${sql})`).join(', ')}] as counts`,
      samples.flatMap(({ params }) => params),
    );
    const counts = row?.counts ?? [];
    return candidates[counts.indexOf(Math.min(...counts))] ?? first;
  }
}

/** Counts some of the driver's range: in its order, and up to a number not said, to keep the planner on its index. */
export function sampleQuery({ table, range, order }: Driver): ListQuery {
  const { sql, params } = and(range);
  return {
    sql: `select count(*)::int from (select from ${table} d where ${sql} order by ${order} limit (select ${manyRows})) s`,
    params,
  };
}

export interface PageInput {
  readonly userId: string;
  readonly filter: MemoryFilter;
  readonly driver: Driver;
  readonly after: ListEnd | undefined;
  readonly limit: number;
}

/**
 * A page goes down the driver's index in its order, looks each memory up, and ends when it is full.
 * `offset 0` keeps the look-up apart: joined freely, or knowing how rare what is looked for is, the
 * planner would rather read the whole library and sort it. It takes conditions for independent of each
 * other and of time, and where they are not, that way is slower by far.
 */
export function pageQuery({ userId, filter, driver, after, limit }: PageInput): ListQuery {
  const { table, id, time, order } = driver;
  const seek: Condition[] = after
    ? [[`(${time}, ${id}) < (?::timestamptz, ?::uuid)`, after.time, after.id]]
    : [];
  const range = and([...driver.range, ...seek]);
  const rest = and(conditionsOf(userId, filter, driver));
  return {
    sql: `select ${summaryColumns} from ${table} d
      cross join lateral (select * from memory m where m.id = ${id} and ${rest.sql} offset 0) m
      where ${range.sql} order by ${order} limit ${limit + 1}`,
    params: [...rest.params, ...range.params],
  };
}

/** Counting reads all there is; here the planner knows best how. */
export function countQuery(userId: string, filter: MemoryFilter): ListQuery {
  const { sql, params } = and(conditionsOf(userId, filter, undefined));
  return { sql: `select count(*)::int as count from memory m where ${sql}`, params };
}

function and(conditions: readonly Condition[]): ListQuery {
  return {
    sql: conditions.map(([sql]) => sql).join(' and ') || 'true',
    params: conditions.flatMap(([, ...params]) => params),
  };
}
