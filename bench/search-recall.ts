import { withClient } from '../main/database/with-client.ts';
import { vectorLiteral } from '../main/database/vector.ts';
import type { Embedder } from '../main/embedding/embedder.ts';
import { ask, type SearchApp } from './search-app.ts';
import { filters } from './search-measure.ts';

export interface Recall {
  /** Of one statement that goes through the index, as plain as it can be. */
  readonly index: number;
  /** Of the search itself, by meaning alone. */
  readonly search: number;
  /** The same where the filter lets a tenth pass. */
  readonly filtered: number;
}

const depth = 10;

/** How many of the ten nearest are found, against comparing with every vector. */
export async function measureRecall(
  app: SearchApp,
  embedder: Embedder,
  queries: readonly string[],
  signal: AbortSignal,
): Promise<Recall> {
  const { database } = app.server;
  const sums = { index: 0, search: 0, filtered: 0 };
  const dimension = embedder.status().model?.dimension ?? 0;
  for (const text of queries) {
    const [vector] = await embedder.embed([text], { priority: 'query', signal });
    if (!vector) throw new Error('There is no vector.');
    const nearest = (distance: string, condition: string) =>
      withClient(database, signal, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `select e.memory_id as id from chunk_embedding e
           where e.model_id = 1 ${condition} order by ${distance} <#> $1::halfvec limit ${depth}`,
          [vectorLiteral(vector)],
        );
        return rows.map(({ id }) => id);
      });
    const found = async (filter: string) => {
      const result = await ask(app, { text: text + filter, by: 'meaning', limit: 4 * depth });
      const hits = (result?.hits ?? []).toSorted(
        (a, b) => (a.meaning?.rank ?? 1e9) - (b.meaning?.rank ?? 1e9),
      );
      return hits.slice(0, depth).map(({ memory }) => memory.id);
    };
    const exact = 'e.embedding';
    const all = await nearest(exact, '');
    sums.index += shareOf(await nearest(`(e.embedding::halfvec(${dimension}))`, ''), all);
    sums.search += shareOf(await found(filters.none), all);
    sums.filtered += shareOf(
      await found(filters['10 %']),
      await nearest(
        exact,
        `and exists (select from memory_tag l join tag t on t.id = l.tag_id
          where l.memory_id = e.memory_id and t.name = 'tenth')`,
      ),
    );
  }
  return {
    index: sums.index / queries.length,
    search: sums.search / queries.length,
    filtered: sums.filtered / queries.length,
  };
}

const shareOf = (found: readonly string[], wanted: readonly string[]): number =>
  wanted.length === 0 ? 1 : wanted.filter((id) => found.includes(id)).length / wanted.length;
