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

const summaryColumns = `${factColumns}, left(m.content, 300) as preview,
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
    const driver = await this.findDriver(filter);
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
  async findDriver(filter: MemoryFilter): Promise<Driver> {
    const candidates = drivers(filter);
    const [first, ...others] = candidates;
    if (others.length === 0) return first;
    const counted = candidates.map(
      ({ sample: [sql] }) => `(select count(*)::int from (select ${sql} limit ${manyRows}) s)`,
    );
    const [row] = await this.#em.execute<{ counts: number[] }[]>(
      `select array[${counted.join(', ')}] as counts`,
      candidates.flatMap(({ sample: [, ...params] }) => params),
    );
    const counts = row?.counts ?? [];
    return candidates[counts.indexOf(Math.min(...counts))] ?? first;
  }
}

export interface PageInput {
  readonly userId: string;
  readonly filter: MemoryFilter;
  readonly driver: Driver;
  readonly after: ListEnd | undefined;
  readonly limit: number;
}

/**
 * A page is one range of the driver's index, in its order, and ends with the page. Whatever else is
 * asked of a memory is written so that no other index seems to help with it, because the planner
 * takes filters for independent and would go down the wrong one where they are not.
 */
export function pageQuery({ userId, filter, driver, after, limit }: PageInput): ListQuery {
  const { time, id } = driver;
  const range: Condition[] = [...driver.range(userId)];
  if (after) range.push([`(${time}, ${id}) < (?::timestamptz, ?::uuid)`, after.time, after.id]);
  const rest = conditionsOf(userId, filter, driver);
  const tail = `order by ${driver.order} limit ${limit + 1}`;
  if (driver.from === 'memory_tag') {
    const inner = and(rest);
    const outer = and(range);
    return {
      // `offset 0` keeps this a look-up for each link: joined freely, it could read the whole library.
      sql: `select ${summaryColumns} from memory_tag d
        cross join lateral (select * from memory m where m.id = d.memory_id and ${inner.sql} offset 0) m
        where ${outer.sql} ${tail}`,
      params: [...inner.params, ...outer.params],
    };
  }
  const { sql, params } = and([...range, ...rest]);
  return { sql: `select ${summaryColumns} from memory m where ${sql} ${tail}`, params };
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
