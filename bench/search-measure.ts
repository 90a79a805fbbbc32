import type { SearchResult } from '../shared/schemas/search.ts';
import type { Embedder } from '../main/embedding/embedder.ts';
import { vectorLiteral } from '../main/database/vector.ts';
import { ask, type SearchApp } from './search-app.ts';
import { rareTags } from './search-library.ts';
import { progress } from './report.ts';

/** What is added to a query, so that only a part of the library is looked for. */
export const filters = {
  none: '',
  '10 %': ` tag:${'tenth' satisfies keyof typeof rareTags}`,
  '1 %': ` tag:${'hundredth' satisfies keyof typeof rareTags}`,
  '0.01 %': ` tag:${'handful' satisfies keyof typeof rareTags}`,
} as const;
export type FilterName = keyof typeof filters;

export const filterNames = Object.keys(filters).filter((name): name is FilterName => name in filters);

/** In milliseconds. */
export interface Timings {
  readonly memories: number;
  readonly whole: Readonly<Record<FilterName, number[]>>;
  /** As the search itself says it, without a filter. */
  readonly legs: Readonly<Record<keyof SearchResult['ms'], number[]>>;
  /** A query embedding and one HNSW statement, and of these the statement alone. */
  readonly raw: number[];
  readonly rawSql: number[];
}

export interface MeasureOptions {
  readonly embedder: Embedder;
  /** So many for each filter, none of them asked twice: an embedding would be remembered. */
  readonly queries: readonly string[];
  readonly warmUp: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * In turn: for each query, each library with each filter, and just before or just after it the least that any search
 * by meaning has to do, so that a machine that is busy for a moment is so for both.
 */
export async function measure(apps: readonly SearchApp[], options: MeasureOptions): Promise<Timings[]> {
  const { embedder, queries, warmUp, signal } = options;
  const each = await Promise.all(
    apps.map(async (app) => ({ app, raw: await rawSearch(app, embedder), timings: noTimings(app) })),
  );
  for (const text of warmUp)
    for (const { app, raw } of each) {
      for (const name of filterNames) await ask(app, { text: text + filters[name] });
      await raw(text);
    }
  const perFilter = Math.floor(queries.length / filterNames.length);
  for (let turn = 0; turn < perFilter; turn++) {
    if (turn % 100 === 0) progress(`${turn} of ${perFilter} queries`);
    for (let i = 0; i < each.length; i++) {
      const one = each[(i + turn) % each.length];
      if (!one) continue;
      for (const [place, name] of filterNames.entries()) {
        signal.throwIfAborted();
        const text = queries[place * perFilter + turn] ?? '';
        const compare = async () => {
          if (name !== 'none') return;
          const begun = performance.now();
          one.timings.rawSql.push(await one.raw(text));
          one.timings.raw.push(performance.now() - begun);
        };
        if (turn % 2 === 0) await compare();
        const begun = performance.now();
        const result = await ask(one.app, { text: text + filters[name], caret: text.length });
        one.timings.whole[name].push(performance.now() - begun);
        if (name === 'none' && result) for (const leg of legNames) one.timings.legs[leg].push(result.ms[leg]);
        if (turn % 2 === 1) await compare();
      }
    }
  }
  return each.map(({ timings }) => timings);
}

const legNames = ['total', 'words', 'embedding', 'meaning', 'ranking'] as const;

function noTimings({ memories }: SearchApp): Timings {
  return {
    memories,
    whole: { none: [], '10 %': [], '1 %': [], '0.01 %': [] },
    legs: { total: [], words: [], embedding: [], meaning: [], ranking: [] },
    raw: [],
    rawSql: [],
  };
}

/** @returns a function that tells how many milliseconds the statement took */
async function rawSearch(
  { server }: SearchApp,
  embedder: Embedder,
): Promise<(text: string) => Promise<number>> {
  const pool = await server.database.orm.driver.getConnection().getNativeClient();
  const dimension = embedder.status().model?.dimension ?? 0;
  return async (text) => {
    const [vector] = await embedder.embed([text], { priority: 'query' });
    if (!vector) throw new Error('There is no vector.');
    const begun = performance.now();
    await pool.query({
      name: 'bench-nearest',
      text: `select memory_id from chunk_embedding where model_id = 1
        order by (embedding::halfvec(${dimension})) <#> $1::halfvec limit 10`,
      values: [vectorLiteral(vector)],
    });
    return performance.now() - begun;
  };
}
