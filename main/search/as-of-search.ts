import type { EntityManager } from '@mikro-orm/postgresql';
import { textsNow } from '../../shared/texts/index.ts';
import { emptyQuery, type SearchQuery } from '../../shared/query/search-query.ts';
import type {
  Explanation,
  SearchHit,
  SearchReasons,
  SearchRequest,
  SearchResult,
} from '../../shared/schemas/search.ts';
import { mostHits } from '../../shared/schemas/search.ts';
import { notFound } from '../errors/loci-error.ts';
import {
  type AsOfFilter,
  correctPast,
  findPast,
  findPastOne,
  findPastTexts,
  type PastMemory,
  understandPast,
} from './as-of-leg.ts';
import { askedWords, explanationOf, findExcluding, findForbidden } from './explain.ts';
import type { Correction } from './keyword-correction.ts';
import { highlightTexts } from './keyword-highlights.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import type { SoughtWords } from './keyword-terms.ts';
import { SearchRepository } from './search.repository.ts';
import { excerptOf } from './search-reasons.ts';

type Found = Omit<SearchResult, 'problems'>;
interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly order: NonNullable<SearchRequest['order']>;
  readonly signal: AbortSignal | undefined;
}

/** Of identical ones: there are hardly ever so many. */
const mostLooked = 16 * mostHits;

/** The library as it was at a date, from what is kept of each memory's earlier states. */
export class AsOfSearch {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async find(filter: AsOfFilter, { limit, offset, order, signal }: Page): Promise<Found> {
    const start = performance.now();
    let understood = await understandPast(this.#em, filter.query, signal);
    const hasWords = understood.plan.scored.length > 0;
    let hits = await this.#findFolded(filter, understood, { order, signal });
    let correctedTo: Correction[] = [];
    if (hasWords && hits.length === 0) {
      const corrected = await correctPast(this.#em, filter.query, filter.userId, signal);
      if (corrected) {
        understood = corrected.understood;
        hits = await this.#findFolded(filter, understood, { order, signal });
        if (hits.length > 0) correctedTo = await corrected.inWords(hits.map(({ memory }) => memory.id));
      }
    }
    const ms = performance.now() - start;
    return {
      hits: hits.slice(offset, offset + limit),
      found: hits.length,
      relevant: hits.length,
      nothingRelevant: hits.length === 0,
      correctedTo,
      asOf: filter.at,
      meaning: hasWords
        ? { state: 'unavailable', problem: textsNow().failures.meaning.asOf, pending: 0, exact: true }
        : { state: 'unused', pending: 0, exact: true },
      wordWeight: hasWords ? 1 : 0,
      ms: { total: ms, words: ms, embedding: 0, meaning: 0, ranking: 0 },
    };
  }

  /** Those that said the very same are one hit, as they are today. */
  async #findFolded(
    filter: AsOfFilter,
    understood: UnderstoodWords,
    { order, signal }: Pick<Page, 'order' | 'signal'>,
  ): Promise<SearchHit[]> {
    for (let limit = mostHits; ; limit *= 4) {
      const found = await findPast(this.#em, filter, understood, { limit, order, signal });
      // A list of what passes a filter shows each, as it does for today.
      const keyOf = ({ id, contentKey }: PastMemory) => (understood.plan.scored.length > 0 ? contentKey : id);
      const groups = [...Map.groupBy(found, keyOf).values()];
      if (groups.length < mostHits && found.length === limit && limit < mostLooked) continue;
      return groups.slice(0, mostHits).flatMap(([first, ...copies], index) => {
        const hit = first && hitOf(first, understood, index + 1);
        return hit ? [{ ...hit, copies: copies.map(({ id }) => id) }] : [];
      });
    }
  }

  /** Why a memory is in the list of that date, or not. */
  async explain(filter: AsOfFilter, id: string): Promise<Explanation> {
    const { userId, query, at } = filter;
    if (!(await new SearchRepository(this.#em).findFacts(userId, [id])).has(id)) throw notFound('memory');
    const passes = async (each: SearchQuery, words: SoughtWords = { text: [], withoutText: [] }) => {
      const understood = await understandPast(this.#em, words);
      return (await findPastOne(this.#em, { userId, at, query: each }, understood, id)) !== undefined;
    };
    const then = { ...emptyQuery(), inTrash: query.inTrash };
    const wasThere = await passes(then);
    const understood = await understandPast(this.#em, query);
    const [own, wasElsewhere, excludedBy, without, hits] = await Promise.all([
      findPastOne(this.#em, filter, understood, id),
      passes({ ...then, inTrash: !query.inTrash }),
      wasThere ? findExcluding(query, (each) => passes(each)) : [],
      wasThere ? findForbidden(query, async (words) => passes(then, words)) : [],
      this.#findFolded(filter, understood, { order: 'relevance', signal: undefined }),
    ]);
    const index = hits.findIndex(({ memory, copies }) => memory.id === id || copies.includes(id));
    const hit = hits[index];
    const matchedWords = own ? hitOf(own, understood, 0).matchedWords : [];
    const explanation = explanationOf({
      place: hit?.memory.id === id ? index + 1 : null,
      foldedInto: hit && hit.memory.id !== id ? hit.memory.id : null,
      found: hits.length,
      excludedBy: wasThere || !wasElsewhere ? excludedBy : [query.inTrash ? 'in:trash' : '-in:trash'],
      without,
      matchedWords,
      missingWords: own ? askedWords(understood).filter((word) => !matchedWords.includes(word)) : [],
    });
    if (wasThere) return explanation;
    const where = query.inTrash ? 'It was not in the trash then.' : 'It was in the trash then.';
    return { ...explanation, reasons: [wasElsewhere ? where : 'It was not there yet on that day.'] };
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
    let highlights = await highlightTexts(this.#em, understood, texts);
    if (![...highlights.values()].some(({ title, content }) => title.length + content.length > 0)) {
      const corrected = await correctPast(this.#em, query, userId);
      if (corrected) highlights = await highlightTexts(this.#em, corrected.understood, texts);
    }
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

function hitOf(found: PastMemory, { plan }: UnderstoodWords, rank: number): SearchHit {
  const { tagNames, isCurrent, contentKey: _contentKey, score, matched, ...memory } = found;
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
