import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import type { QueryEmbedding } from './query-embedding.ts';
import { FewFinder, filterKey } from './few-finder.ts';
import {
  filterConditions,
  isFiltered,
  newParameters,
  type Parameters,
  passing,
  type SearchFilter,
} from './search-filter.ts';
import { semanticIndexName } from './semantic-index.ts';

export interface SemanticHit {
  readonly memoryId: string;
  /** Cosine of its best piece. */
  readonly score: number;
  /** Where this piece is in its text; null: the text was changed since, and its meaning is being computed anew. */
  readonly chunk: { readonly start: number; readonly end: number } | null;
}

export interface SemanticFound {
  /** Best first, each memory once. */
  readonly hits: readonly SemanticHit[];
  /** Whether every vector was compared: then these are the best, and not only very likely so. */
  readonly exact: boolean;
}

export interface SemanticOptions {
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

export interface SemanticLegOptions {
  readonly em: EntityManager;
  readonly fewFinder?: FewFinder;
  /** Up to so many memories that pass a filter, all of their vectors are compared; otherwise by what either costs. */
  readonly fewMemories?: number;
}

/** How long it is taken for granted that there is (no) index, and that it does not find enough with a filter. */
const indexKnownMs = 60_000;
const noIndexKnownMs = 3_000;
const failureKnownMs = 10_000;
const mostFailuresKnown = 200;

interface Row {
  readonly memory_id: string;
  readonly score: number;
  readonly start_offset: number;
  readonly end_offset: number;
  readonly is_stale: boolean;
}

interface Model {
  readonly id: number;
  readonly dimension: number;
}

/** Finds memories by what they mean. Of each the best piece counts. */
export class SemanticLeg {
  readonly #em: EntityManager;
  readonly #fewMemories: number | undefined;
  readonly #models = new Map<string, Model>();
  readonly #indexes = new Map<number, Index>();
  readonly #fewFinder: FewFinder;
  /** Until when filters asked lately are not looked for in the index, which gave up. */
  readonly #failures = new Map<string, number>();

  constructor({ em, fewFinder = new FewFinder(em), fewMemories }: SemanticLegOptions) {
    this.#em = em;
    this.#fewFinder = fewFinder;
    this.#fewMemories = fewMemories;
  }

  /** As many as `limit` whenever there are as many that pass the filter and have a vector. */
  async findByMeaning(
    query: QueryEmbedding,
    filter: SearchFilter,
    { limit, signal }: SemanticOptions,
  ): Promise<SemanticFound> {
    return this.#withModel(query.model, signal, async (model) => {
      const search = { model, vector: literal(query.vector), limit, signal };
      return this.#findWith(search, filter);
    });
  }

  async #findWith(search: Search, filter: SearchFilter): Promise<SemanticFound> {
    const { model, limit, signal } = search;
    const index = await this.#findIndex(model, signal);
    if (!index.exists || filter.ids) return this.#findExactly(search, filter);

    if (isFiltered(filter)) {
      if ((this.#failures.get(filterKey(filter)) ?? 0) > performance.now())
        return this.#findExactly(search, filter);
      const { count, ids } = await this.#fewFinder.find(filter, signal);
      if (count <= this.#fewOf(index, limit))
        return this.#findExactly(search, ids ? { ...filter, ids } : filter);
    }
    const hits = await this.#find(search, (rows) => indexStatement(search, filter, rows));
    if (hits.length === limit) return { hits, exact: false };
    // The index gives up after some thousands that do not pass the filter; whoever asks must not lose by that.
    if (this.#failures.size >= mostFailuresKnown) this.#failures.clear();
    this.#failures.set(filterKey(filter), performance.now() + failureKnownMs);
    return this.#findExactly(search, filter);
  }

  /** Of these memories, in so far as they have a vector. */
  async scoreOf(
    memoryIds: readonly string[],
    query: QueryEmbedding,
    signal?: AbortSignal,
  ): Promise<Map<string, SemanticHit>> {
    if (memoryIds.length === 0) return new Map();
    const { hits } = await this.#withModel(query.model, signal, async ({ id }) => {
      const rows = await runPrepared<Row>(
        this.#em,
        {
          name: `meaning-scores-${id}`,
          sql: `select distinct on (e.memory_id) e.memory_id, -(e.embedding <#> $1::halfvec) as score,
                  c.start_offset, c.end_offset, ${isStale('e.memory_id', id)} as is_stale
                from chunk_embedding e join memory_chunk c on c.id = e.chunk_id
                where e.memory_id = any($2::uuid[]) and e.model_id = ${id}
                order by e.memory_id, score desc`,
          values: [literal(query.vector), [...memoryIds]],
        },
        signal,
      );
      return { hits: rows.map(hitOf), exact: true };
    });
    return new Map(hits.map((hit) => [hit.memoryId, hit]));
  }

  /**
   * All that are so near that they are about it, in the order of time. Whoever asks has found `limit` of them by
   * nearness already: there are many, and going through the memories by time meets enough of them soon.
   */
  async findByTime(
    query: QueryEmbedding,
    filter: SearchFilter,
    { least, direction, limit, signal }: SemanticOptions & { least: number; direction: 'newest' | 'oldest' },
  ): Promise<string[]> {
    const model = await this.#findModel(query.model, signal);
    if (!model) return [];
    const parameters = newParameters(literal(query.vector), least);
    const way = direction === 'newest' ? 'desc' : 'asc';
    const rows = await runPrepared<{ id: string }>(
      this.#em,
      {
        sql: `select m.id from memory m where ${filterConditions(filter, parameters)}
          and exists (select from chunk_embedding e where e.memory_id = m.id and e.model_id = ${model.id}
            and -(e.embedding <#> $1::halfvec) >= $2::float8 offset 0)
          order by m.occurred_at ${way}, m.id ${way} limit ${limit}`,
        values: parameters.values,
      },
      signal,
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Comparing all that pass costs by how many they are; going through the index, by how many do not pass for each
   * that does. They meet near the root of the product, thrice: measured at 100,000 pieces, a tenth of them passing.
   */
  #fewOf({ pieces }: Index, limit: number): number {
    return this.#fewMemories ?? Math.max(1000, Math.round(3 * Math.sqrt(piecesFor(limit) * pieces)));
  }

  async #findExactly(search: Search, filter: SearchFilter): Promise<SemanticFound> {
    return { hits: await this.#find(search, (rows) => exactStatement(search, filter, rows)), exact: true };
  }

  /** Asks for more pieces until they are of enough memories: one long memory may have all the best. */
  async #find(search: Search, statement: (rows: number) => Statement): Promise<SemanticHit[]> {
    const { limit, signal } = search;
    for (let asked = piecesFor(limit); ; asked *= 4) {
      const rows = await runPrepared<Row>(this.#em, statement(asked), signal);
      const hits = bestOfEach(rows, limit);
      if (hits.length === limit || rows.length < asked) return hits;
    }
  }

  /**
   * Numbers of models are never given again, so that there is nothing of one that was removed; it may be there anew
   * under another.
   */
  async #withModel(
    identity: ModelIdentity,
    signal: AbortSignal | undefined,
    work: (model: Model) => Promise<SemanticFound>,
  ): Promise<SemanticFound> {
    const model = await this.#findModel(identity, signal);
    if (!model) return { hits: [], exact: true };
    const found = await work(model);
    if (found.hits.length > 0) return found;
    this.#models.delete(keyOf(identity));
    const now = await this.#findModel(identity, signal);
    return now && now.id !== model.id ? work(now) : found;
  }

  async #findModel(
    { name, revision }: ModelIdentity,
    signal: AbortSignal | undefined,
  ): Promise<Model | undefined> {
    const key = keyOf({ name, revision });
    const known = this.#models.get(key);
    if (known) return known;
    const [model] = await runPrepared<{ id: number; dimension: number }>(
      this.#em,
      {
        sql: 'select id, dimension from embedding_model where name = $1 and revision = $2',
        values: [name, revision],
      },
      signal,
    );
    if (model) this.#models.set(key, model);
    return model;
  }

  async #findIndex({ id }: Model, signal: AbortSignal | undefined): Promise<Index> {
    const known = this.#indexes.get(id);
    if (known && known.untilMs > performance.now()) return known;
    const [row] = await runPrepared<{ pieces: number }>(
      this.#em,
      {
        sql: `select c.reltuples::float8 as pieces from pg_index i join pg_class c on c.oid = i.indexrelid
              where i.indexrelid = to_regclass($1) and i.indisvalid`,
        values: [semanticIndexName(id)],
      },
      signal,
    );
    const index = {
      exists: row !== undefined,
      pieces: Math.max(0, row?.pieces ?? 0),
      untilMs: performance.now() + (row ? indexKnownMs : noIndexKnownMs),
    };
    this.#indexes.set(id, index);
    return index;
  }
}

const keyOf = ({ name, revision }: Pick<ModelIdentity, 'name' | 'revision'>): string => `${name} ${revision}`;

interface Index {
  readonly exists: boolean;
  /** About, when it was last looked after. */
  readonly pieces: number;
  readonly untilMs: number;
}

interface Search {
  readonly model: Model;
  readonly vector: string;
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

interface Statement {
  readonly name?: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * The filter is looked at piece by piece in the order of the index: it must not become a join, which has none, and
 * each memory is fetched by its key. That is what each `offset 0` is for.
 */
function indexStatement({ model, vector }: Search, filter: SearchFilter, rows: number): Statement {
  const parameters = newParameters(vector);
  const distance = `(e.embedding::halfvec(${model.dimension})) <#> $1::halfvec`;
  const nearest = `
    select e.chunk_id, e.memory_id, ${distance} as distance from chunk_embedding e
    where e.model_id = ${model.id}
      and exists (${passing(filter, parameters, 'e.memory_id')})
    order by ${distance} limit ${rows}`;
  return named(`meaning-near-${model.id}-${rows}`, withPlaces(nearest, model), filter, parameters);
}

/** Another expression than the one that is indexed, so that no index is used for it. */
function exactStatement({ model, vector }: Search, filter: SearchFilter, rows: number): Statement {
  const parameters = newParameters(vector);
  const nearest = `
    select e.chunk_id, e.memory_id, e.embedding <#> $1::halfvec as distance
    from ${exactSource(filter, parameters)} and e.model_id = ${model.id}
    order by distance limit ${rows}`;
  return named(
    `meaning-${filter.ids ? 'of' : 'all'}-${model.id}-${rows}`,
    withPlaces(nearest, model),
    filter,
    parameters,
  );
}

function exactSource(filter: SearchFilter, parameters: Parameters): string {
  if (filter.ids)
    return `unnest(${parameters.add([...filter.ids])}::uuid[]) as m (id) join chunk_embedding e on e.memory_id = m.id`;
  const ids = passing(filter, parameters);
  // As an array they are looked up one by one, however many the server thinks they are.
  return isFiltered(filter)
    ? `chunk_embedding e where e.memory_id = any(array(${ids}))`
    : `(${ids}) m join chunk_embedding e on e.memory_id = m.id`;
}

/** Filters are of many shapes; only those statements are kept by the server that come again and again. */
function named(name: string, sql: string, filter: SearchFilter, { values }: Parameters): Statement {
  const isUsual = filter.ids !== undefined || !isFiltered(filter);
  return isUsual ? { name: `${name}${filter.query.inTrash ? '-trash' : ''}`, sql, values } : { sql, values };
}

/** Some memories have several among the best. Few different numbers, so that there are few different statements. */
const piecesFor = (limit: number): number => 2 ** Math.ceil(Math.log2(limit * 1.25));

const withPlaces = (nearest: string, { id }: Model): string => `
  select n.memory_id, -n.distance as score, c.start_offset, c.end_offset, ${isStale('n.memory_id', id)} as is_stale
  from (${nearest}) n join memory_chunk c on c.id = n.chunk_id`;

/** The pieces are still those of the text before. Looked up one by one, however few were waiting when it was planned. */
const isStale = (memoryId: string, modelId: number): string =>
  `exists (select from uncut_memory u where u.memory_id = ${memoryId} and u.model_id = ${modelId} offset 0)`;

function bestOfEach(rows: readonly Row[], limit: number): SemanticHit[] {
  const best = new Map<string, SemanticHit>();
  for (const row of rows.toSorted((a, b) => b.score - a.score)) {
    if (best.has(row.memory_id)) continue;
    best.set(row.memory_id, hitOf(row));
    if (best.size === limit) break;
  }
  return [...best.values()];
}

const hitOf = (row: Row): SemanticHit => ({
  memoryId: row.memory_id,
  // Halves are rounded: a text compared with itself may come out above one.
  score: Math.min(1, row.score),
  chunk: row.is_stale ? null : { start: row.start_offset, end: row.end_offset },
});

/** Each is sent twice for a query, and again for every filter that is tried; to write it takes longer than to compare. */
const literals = new WeakMap<Float32Array, string>();

/** As exact as what it is compared with, and half as long as all digits. */
function literal(vector: Float32Array): string {
  const known = literals.get(vector);
  if (known !== undefined) return known;
  const made = `[${Array.from(vector, (value) => Math.round(value * 1e6) / 1e6).join(',')}]`;
  literals.set(vector, made);
  return made;
}
