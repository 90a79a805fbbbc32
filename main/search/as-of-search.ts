import type { EntityManager } from '@mikro-orm/postgresql';
import type { SearchQuery } from '../../shared/query/search-query.ts';
import type { SearchHit, SearchReasons, SearchRequest, SearchResult } from '../../shared/schemas/search.ts';
import { mostHits } from '../../shared/schemas/search.ts';
import { type AsOfFilter, findPast, findPastTexts, type PastMemory, understandPast } from './as-of-leg.ts';
import { highlightTexts } from './keyword-highlights.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import { excerptOf } from './search-reasons.ts';

type Found = Omit<SearchResult, 'problems'>;
interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly order: NonNullable<SearchRequest['order']>;
  readonly signal: AbortSignal | undefined;
}

const byWordsAlone =
  'The library as it was is searched by words: what its texts meant is only known of those of today.';

/** The library as it was at a date, from what is kept of each memory's earlier states. */
export class AsOfSearch {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async find(filter: AsOfFilter, { limit, offset, order, signal }: Page): Promise<Found> {
    const start = performance.now();
    const understood = await understandPast(this.#em, filter.query, signal);
    const { plan } = understood;
    const hasWords = plan.scored.length > 0;
    const direction = order === 'oldest' ? 'oldest' : 'newest';
    const found = await findPast(this.#em, filter, understood, { limit: mostHits, direction, signal });
    const hits = found.map((memory, index) => hitOf(memory, understood, index + 1));
    const sorted = hasWords && order !== 'relevance' ? hits.toSorted(byTime(direction)) : hits;
    const ms = performance.now() - start;
    return {
      hits: sorted.slice(offset, offset + limit),
      found: hits.length,
      relevant: hits.length,
      nothingRelevant: hits.length === 0,
      correctedTo: [],
      asOf: filter.at,
      meaning: hasWords
        ? { state: 'unavailable', problem: byWordsAlone, pending: 0, exact: true }
        : { state: 'unused', pending: 0, exact: true },
      wordWeight: hasWords ? 1 : 0,
      ms: { total: ms, words: ms, embedding: 0, meaning: 0, ranking: 0 },
    };
  }

  /** What in these memories matched, in the texts that they had. */
  async reasons(
    { userId, at }: Pick<AsOfFilter, 'userId' | 'at'>,
    query: SearchQuery,
    ids: readonly string[],
  ): Promise<SearchReasons[]> {
    const [understood, texts] = await Promise.all([
      understandPast(this.#em, query),
      findPastTexts(this.#em, { userId, at }, ids),
    ]);
    const highlights = await highlightTexts(this.#em, understood, texts);
    const contents = new Map(texts.map(({ id, content }) => [id, content]));
    return ids.flatMap((id) => {
      const content = contents.get(id);
      if (content === undefined) return [];
      const marks = highlights.get(id);
      return [
        {
          id,
          title: [...(marks?.title ?? [])],
          content: [...(marks?.content ?? [])],
          sentence: null,
          excerpt: excerptOf(content, marks?.content[0] ?? { start: 0, end: 0 }),
        },
      ];
    });
  }
}

const byTime =
  (direction: 'newest' | 'oldest') =>
  (a: SearchHit, b: SearchHit): number =>
    (direction === 'newest' ? -1 : 1) * a.memory.occurredAt.localeCompare(b.memory.occurredAt);

function hitOf(found: PastMemory, { plan }: UnderstoodWords, rank: number): SearchHit {
  const { tagNames, isCurrent, score, matched, ...memory } = found;
  const words = matched.flatMap((place) => plan.scored[place - 1] ?? []);
  const share = plan.maxPossibleScore > 0 ? Math.min(1, score / plan.maxPossibleScore) : 0;
  const all = plan.scored.reduce((sum, { idf }) => sum + idf, 0);
  const coverage = all > 0 ? words.reduce((sum, { idf }) => sum + idf, 0) / all : 0;
  return {
    memory,
    score: share,
    contributions: { words: share, meaning: 0, importance: 0, recency: 0, pinned: 0 },
    closeness: share,
    words: plan.scored.length > 0 ? { share, coverage, rank } : null,
    meaning: null,
    isRelevant: true,
    matchedWords: [...new Set(words.map(({ word }) => word))],
    nearest: null,
    copies: [],
    asOf: { version: memory.version, isCurrent, tags: [...tagNames] },
  };
}
