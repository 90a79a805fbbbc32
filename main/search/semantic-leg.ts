import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import type { QueryEmbedding } from './query-embedding.ts';
import {
  filterConditions,
  findFew,
  isFiltered,
  newParameters,
  type Parameters,
  type SearchFilter,
} from './search-filter.ts';
import { semanticIndexName } from './semantic-index.ts';

export interface SemanticHit {
  readonly memoryId: string;
  /** Cosine of its best piece. */
  readonly score: number;
  /** Where this piece is in its text. */
  readonly chunk: { readonly start: number; readonly end: number };
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
  /** Up to so many memories that pass a filter, all of their vectors are compared. */
  readonly fewMemories?: number;
}

/** Where comparing all of them takes as long as going through the index for those that pass. */
const usuallyFewMemories = 5_000;
/** How long it is taken for granted that there is (no) index, and that an index finds too little for somebody. */
const indexKnownMs = 60_000;
const noIndexKnownMs = 3_000;
const scarceKnownMs = 30_000;

interface Row {
  readonly memory_id: string;
  readonly score: number;
  readonly start_offset: number;
  readonly end_offset: number;
}

interface Model {
  readonly id: number;
  readonly dimension: number;
}

/** Finds memories by what they mean. Of each the best piece counts. */
export class SemanticLeg {
  readonly #em: EntityManager;
  readonly #fewMemories: number;
  readonly #models = new Map<string, Model>();
  readonly #indexes = new Map<number, { readonly exists: boolean; readonly untilMs: number }>();
  /** Whose memories are so few among all that searching the index does not find enough of them. */
  readonly #scarce = new Map<string, number>();

  constructor({ em, fewMemories = usuallyFewMemories }: SemanticLegOptions) {
    this.#em = em;
    this.#fewMemories = fewMemories;
  }

  /** As many as `limit` whenever there are as many that pass the filter and have a vector. */
  async findByMeaning(
    query: QueryEmbedding,
    filter: SearchFilter,
    { limit, signal }: SemanticOptions,
  ): Promise<SemanticFound> {
    const model = await this.#findModel(query.model, signal);
    if (!model) return { hits: [], exact: true };
    const search = { model, vector: literal(query.vector), limit, signal };
    if (!(await this.#hasIndex(model, signal))) return this.#findExactly(search, filter);

    const memoryIds = filter.ids ?? (isFiltered(filter) ? await this.#findFew(filter, signal) : undefined);
    if (memoryIds) return this.#findExactly(search, { ...filter, ids: memoryIds });
    const owner = `${filter.userId} ${filter.query.inTrash}`;
    if ((this.#scarce.get(owner) ?? 0) > performance.now()) return this.#findExactly(search, filter);
    const hits = await this.#find(search, (rows) => indexStatement(search, filter, rows));
    if (hits.length === limit) return { hits, exact: false };
    // The index gives up after some thousands that do not pass the filter; whoever asks must not lose by that.
    if (!isFiltered(filter)) this.#scarce.set(owner, performance.now() + scarceKnownMs);
    return this.#findExactly(search, filter);
  }

  /** Of these memories, in so far as they have a vector. */
  async scoreOf(
    memoryIds: readonly string[],
    query: QueryEmbedding,
    signal?: AbortSignal,
  ): Promise<Map<string, SemanticHit>> {
    const model = await this.#findModel(query.model, signal);
    if (!model || memoryIds.length === 0) return new Map();
    const rows = await runPrepared<Row>(
      this.#em,
      {
        name: `meaning-scores-${model.id}`,
        sql: `select distinct on (e.memory_id) e.memory_id, -(e.embedding <#> $1::halfvec) as score,
                c.start_offset, c.end_offset
              from chunk_embedding e join memory_chunk c on c.id = e.chunk_id
              where e.memory_id = any($2::uuid[]) and e.model_id = ${model.id}
              order by e.memory_id, score desc`,
        values: [literal(query.vector), [...memoryIds]],
      },
      signal,
    );
    return new Map(rows.map((row) => [row.memory_id, hitOf(row)]));
  }

  #findFew(filter: SearchFilter, signal: AbortSignal | undefined): Promise<string[] | undefined> {
    return findFew(this.#em, filter, this.#fewMemories, signal);
  }

  async #findExactly(search: Search, filter: SearchFilter): Promise<SemanticFound> {
    return { hits: await this.#find(search, (rows) => exactStatement(search, filter, rows)), exact: true };
  }

  /** Asks for more pieces until they are of enough memories: one long memory may have all the best. */
  async #find(search: Search, statement: (rows: number) => Statement): Promise<SemanticHit[]> {
    const { limit, signal } = search;
    // Few different numbers, so that there are few different statements.
    for (let asked = 2 ** Math.ceil(Math.log2(limit * 1.25)); ; asked *= 4) {
      const rows = await runPrepared<Row>(this.#em, statement(asked), signal);
      const hits = bestOfEach(rows, limit);
      if (hits.length === limit || rows.length < asked) return hits;
    }
  }

  async #findModel(
    { name, revision }: ModelIdentity,
    signal: AbortSignal | undefined,
  ): Promise<Model | undefined> {
    const key = `${name} ${revision}`;
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

  async #hasIndex({ id }: Model, signal: AbortSignal | undefined): Promise<boolean> {
    const known = this.#indexes.get(id);
    if (known && known.untilMs > performance.now()) return known.exists;
    const rows = await runPrepared(
      this.#em,
      {
        sql: 'select from pg_index where indexrelid = to_regclass($1) and indisvalid',
        values: [semanticIndexName(id)],
      },
      signal,
    );
    const exists = rows.length > 0;
    this.#indexes.set(id, {
      exists,
      untilMs: performance.now() + (exists ? indexKnownMs : noIndexKnownMs),
    });
    return exists;
  }
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
  const conditions = filterConditions(filter, parameters);
  const distance = `(e.embedding::halfvec(${model.dimension})) <#> $1::halfvec`;
  const nearest = `
    select e.chunk_id, e.memory_id, ${distance} as distance from chunk_embedding e
    where e.model_id = ${model.id}
      and exists (select from (select * from memory where id = e.memory_id offset 0) m where ${conditions} offset 0)
    order by ${distance} limit ${rows}`;
  return named(`meaning-near-${model.id}-${rows}`, withPlaces(nearest), filter, parameters);
}

/** Another expression than the one that is indexed, so that no index is used for it. */
function exactStatement({ model, vector }: Search, filter: SearchFilter, rows: number): Statement {
  const parameters = newParameters(vector);
  const from = filter.ids
    ? `unnest(${parameters.add([...filter.ids])}::uuid[]) as m (id)`
    : `(select m.id from memory m where ${filterConditions(filter, parameters)}) m`;
  const nearest = `
    select e.chunk_id, e.memory_id, e.embedding <#> $1::halfvec as distance
    from ${from} join chunk_embedding e on e.memory_id = m.id and e.model_id = ${model.id}
    order by distance limit ${rows}`;
  return named(
    `meaning-${filter.ids ? 'of' : 'all'}-${model.id}-${rows}`,
    withPlaces(nearest),
    filter,
    parameters,
  );
}

/** Filters are of many shapes; only those statements are kept by the server that come again and again. */
function named(name: string, sql: string, filter: SearchFilter, { values }: Parameters): Statement {
  const isUsual = filter.ids !== undefined || !isFiltered(filter);
  return isUsual ? { name: `${name}${filter.query.inTrash ? '-trash' : ''}`, sql, values } : { sql, values };
}

const withPlaces = (nearest: string): string => `
  select n.memory_id, -n.distance as score, c.start_offset, c.end_offset
  from (${nearest}) n join memory_chunk c on c.id = n.chunk_id`;

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
  chunk: { start: row.start_offset, end: row.end_offset },
});

/** As exact as what it is compared with, and half as long as all digits. */
function literal(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => Math.round(value * 1e6) / 1e6).join(',')}]`;
}
