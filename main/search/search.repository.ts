import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemorySummary } from '../../shared/schemas/memory.ts';
import { runPrepared } from '../database/prepared-query.ts';
import { factColumns } from '../memories/memory.repository.ts';
import { vectorOf } from './keyword-plan.ts';
import {
  filterConditions,
  type FurtherCondition,
  isFiltered,
  newParameters,
  type SearchFilter,
} from './search-filter.ts';

/** What the ranking needs to know of a memory. */
export interface MemoryFacts {
  readonly id: string;
  readonly contentHash: string;
  /** Equal for those that say the very same: those without a text say only what their titles do. */
  readonly contentKey: string;
  readonly importance: number;
  readonly pinned: boolean;
  readonly occurredAt: Date;
}

/** By their numbers in the index of words. */
export interface WordsInMany {
  readonly ids: readonly number[];
  /** It takes less to look all of them up than to look at each memory. */
  readonly areFew: boolean;
}

export interface MemoryText {
  readonly id: string;
  readonly content: string;
}

interface FactRow {
  id: string;
  hash: string;
  title: string | null;
  importance: number;
  pinned: boolean;
  occurred_ms: number;
}

const hashLength = 64;
const keyOf = (hash: string, title: string | null): string => (title === null ? hash : `${hash} ${title}`);

/** What does not say any of these. */
export function otherContents(contentKeys: readonly string[]): FurtherCondition {
  const hashes = contentKeys.filter((key) => key.length === hashLength).map((hash) => `\\x${hash}`);
  const titles = contentKeys.filter((key) => key.length > hashLength).map((key) => key.slice(hashLength + 1));
  return {
    key: JSON.stringify(['other contents', ...contentKeys]),
    sql: ({ add }) =>
      `m.content_hash <> all(${add(hashes)}::bytea[])
        and not (m.content = '' and m.title is not null and m.title = any(${add(titles)}::text[]))`,
  };
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
        sql: `select id, encode(content_hash, 'hex') as hash, case when content = '' then title end as title, importance, pinned,
            (extract(epoch from occurred_at) * 1000)::float8 as occurred_ms
          from memory where id = any($1::uuid[]) and user_id = $2::uuid`,
        values: [[...ids], userId],
      },
      signal,
    );
    return new Map(
      rows.map(({ id, hash, title, importance, pinned, occurred_ms }) => [
        id,
        {
          id,
          contentHash: hash,
          contentKey: keyOf(hash, title),
          importance,
          pinned,
          occurredAt: new Date(occurred_ms),
        },
      ]),
    );
  }

  /** Of contents by their keys, all that say the same and pass the filter, the latest first. */
  async findCopies(
    filter: SearchFilter,
    contentKeys: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<string, string[]>> {
    const hashes = [...new Set(contentKeys.map((key) => key.slice(0, hashLength)))];
    const parameters = newParameters(hashes.map((hash) => `\\x${hash}`));
    const conditions = filterConditions(filter, parameters);
    const rows = await runPrepared<{ id: string; hash: string; title: string | null }>(
      this.#em,
      {
        ...(isFiltered(filter) ? {} : { name: `loci_search_copies${filter.query.inTrash ? '_trash' : ''}` }),
        sql: `select m.id, encode(m.content_hash, 'hex') as hash, case when m.content = '' then m.title end as title
          from memory m where m.content_hash = any($1::bytea[]) and ${conditions}
          order by m.occurred_at desc, m.id desc`,
        values: parameters.values,
      },
      signal,
    );
    const groups = Map.groupBy(rows, ({ hash, title }) => keyOf(hash, title));
    return new Map([...groups].map(([key, group]) => [key, group.map(({ id }) => id)]));
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

  /** Those that pass the filter, and have one of the words if any are asked for, by time. */
  async findByTime(
    filter: SearchFilter,
    order: 'newest' | 'oldest',
    most: number,
    { signal, words }: { signal?: AbortSignal | undefined; words?: WordsInMany } = {},
  ): Promise<string[]> {
    const parameters = newParameters();
    const conditions = [filterConditions(filter, parameters)];
    const direction = order === 'newest' ? 'desc' : 'asc';
    const limit = parameters.add(most);
    let source = 'memory m';
    if (words?.areFew)
      source = `(select c.memory_id from memory_word_weight c
        where words_in(c.weights) && ${parameters.add([...words.ids])}::integer[] offset 0) w join memory m on m.id = w.memory_id`;
    else if (words)
      conditions.push(`exists (select from memory_word_weight w
        where w.memory_id = m.id and (w.weights <#> ${parameters.add(vectorOf(words.ids))}::sparsevec) < 0 offset 0)`);
    const rows = await runPrepared<{ id: string }>(
      this.#em,
      {
        sql: `select m.id from ${source} where ${conditions.join(' and ')}
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
    // Without a name, so that a large library is counted with every processor: it is done once a minute.
    const [row] = await runPrepared<{ count: number }>(this.#em, {
      sql: 'select count(*)::int as count from memory where user_id = $1::uuid and deleted_at is null',
      values: [userId],
    });
    return row?.count ?? 0;
  }
}
