import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemorySummary } from '../../shared/schemas/memory.ts';
import { runPrepared } from '../database/prepared-query.ts';
import { factColumns } from '../memories/memory.repository.ts';
import { filterConditions, newParameters, type SearchFilter } from './search-filter.ts';

/** What the ranking needs to know of a memory. */
export interface MemoryFacts {
  readonly id: string;
  readonly contentHash: string;
  readonly importance: number;
  readonly pinned: boolean;
  readonly occurredAt: Date;
}

export interface MemoryText {
  readonly id: string;
  readonly content: string;
}

interface FactRow {
  id: string;
  hash: string;
  importance: number;
  pinned: boolean;
  occurred_ms: number;
}

/** What search reads of memories, past the legs: each a statement of its own that is planned once. */
export class SearchRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async findFacts(
    userId: string,
    ids: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<string, MemoryFacts>> {
    const rows = await runPrepared<FactRow>(
      this.#em,
      {
        name: 'loci_search_facts',
        sql: `select id, encode(content_hash, 'hex') as hash, importance, pinned,
            (extract(epoch from occurred_at) * 1000)::float8 as occurred_ms
          from memory where id = any($1::uuid[]) and user_id = $2::uuid`,
        values: [[...ids], userId],
      },
      signal,
    );
    return new Map(
      rows.map(({ id, hash, importance, pinned, occurred_ms }) => [
        id,
        { id, contentHash: hash, importance, pinned, occurredAt: new Date(occurred_ms) },
      ]),
    );
  }

  /** As a list shows them. */
  async findSummaries(
    userId: string,
    ids: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<string, MemorySummary>> {
    const rows = await runPrepared<MemorySummary & { [column: string]: unknown }>(
      this.#em,
      {
        name: 'loci_search_summaries',
        sql: `select ${factColumns}, left(m.content, 300) as preview,
            array(select l.tag_id::text from memory_tag l where l.memory_id = m.id order by l.tag_id) as "tagIds"
          from memory m where m.id = any($1::uuid[]) and m.user_id = $2::uuid`,
        values: [[...ids], userId],
      },
      signal,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Those that pass the filter, by time. */
  async findByTime(
    filter: SearchFilter,
    order: 'newest' | 'oldest',
    most: number,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const parameters = newParameters();
    const conditions = filterConditions(filter, parameters);
    const direction = order === 'newest' ? 'desc' : 'asc';
    const limit = parameters.add(most);
    const rows = await runPrepared<{ id: string }>(
      this.#em,
      {
        sql: `select m.id from memory m where ${conditions}
          order by m.occurred_at ${direction}, m.id ${direction} limit ${limit}::integer`,
        values: parameters.values,
      },
      signal,
    );
    return rows.map(({ id }) => id);
  }

  async passes(filter: SearchFilter, id: string, signal?: AbortSignal): Promise<boolean> {
    const parameters = newParameters(id);
    const conditions = filterConditions(filter, parameters);
    const rows = await runPrepared(
      this.#em,
      { sql: `select from memory m where m.id = $1::uuid and ${conditions}`, values: parameters.values },
      signal,
    );
    return rows.length > 0;
  }

  async findTexts(userId: string, ids: readonly string[], signal?: AbortSignal): Promise<MemoryText[]> {
    return runPrepared<{ id: string; content: string }>(
      this.#em,
      {
        name: 'loci_search_texts',
        sql: 'select id, content from memory where id = any($1::uuid[]) and user_id = $2::uuid',
        values: [[...ids], userId],
      },
      signal,
    );
  }

  async count(userId: string): Promise<number> {
    const [row] = await runPrepared<{ count: number }>(this.#em, {
      name: 'loci_search_count',
      sql: 'select count(*)::int as count from memory where user_id = $1::uuid and deleted_at is null',
      values: [userId],
    });
    return row?.count ?? 0;
  }
}
