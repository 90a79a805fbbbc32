import type { EntityManager } from '@mikro-orm/postgresql';
import { parseQuery } from '../../shared/query/parse-query.ts';
import { type SearchQuery, soughtText } from '../../shared/query/search-query.ts';
import type {
  ExplainRequest,
  Explanation,
  ReasonsRequest,
  SearchHit,
  SearchReasons,
  SearchRequest,
  SearchResult,
} from '../../shared/schemas/search.ts';
import { mostHits } from '../../shared/schemas/search.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { allowedWords } from './allowed-words.ts';
import { AsOfSearch } from './as-of-search.ts';
import { explain, explainListed } from './explain.ts';
import { FewFinder } from './few-finder.ts';
import type { FusedHit, FusionTuning } from './fusion.ts';
import { KeywordLeg } from './keyword-leg.ts';
import { LatestQuestion } from './latest-question.ts';
import { type QueryEmbeddings, queryEmbeddings } from './query-embedding.ts';
import { rankByTime } from './search-by-time.ts';
import { rank, type Ranking, type RankingOptions, type RankingParts } from './search-ranking.ts';
import { SearchReasoner } from './search-reasons.ts';
import type { SearchFilter } from './search-filter.ts';
import { SearchRepository } from './search.repository.ts';
import { SemanticLeg } from './semantic-leg.ts';

export interface SearchServiceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly embedder: Embedder;
  /** How many memories can't be found by meaning yet, as far as it is known without counting. */
  readonly pending: () => number;
  readonly keyword?: KeywordLeg;
  readonly semantic?: SemanticLeg;
  readonly embeddings?: QueryEmbeddings;
  readonly now?: () => Date;
  /** As the person at work wants it. */
  readonly tuning?: () => FusionTuning;
}

type TypedQuery = Pick<SearchRequest, 'text' | 'caret' | 'timeZone'>;

const usualLimit = 50;
/** The legs bring at least so many each: what is 80th by words and 80th by meaning is often the third in all. */
const usualSize = 100;
/** What is done with all hits at once, is done with so many at most. */
const mostInAll = 100_000;
/** How long a count of the library is good enough: it only moves a floor. */
const countKnownMs = 60_000;

/** Finds memories by words and by meaning, in one list, and can tell why. */
export class SearchService {
  readonly #options: SearchServiceOptions;
  readonly #parts: RankingParts;
  readonly #repository: SearchRepository;
  readonly #reasoner: SearchReasoner;
  readonly #asOf: AsOfSearch;
  readonly #latest = new LatestQuestion();
  readonly #counts = new Map<string, { readonly count: number; readonly untilMs: number }>();

  constructor(options: SearchServiceOptions) {
    const { em, embedder } = options;
    this.#options = options;
    this.#repository = new SearchRepository(em);
    this.#asOf = new AsOfSearch(em);
    const fewFinder = new FewFinder(em);
    this.#parts = {
      keyword: options.keyword ?? new KeywordLeg(em, fewFinder),
      semantic: options.semantic ?? new SemanticLeg({ em, fewFinder }),
      embeddings: options.embeddings ?? queryEmbeddings(embedder),
      embedder,
      repository: this.#repository,
    };
    this.#reasoner = new SearchReasoner({ ...this.#parts, embedder });
  }

  query(request: SearchRequest): Promise<SearchResult> {
    return this.#latest.answer(request.asker, (signal) => this.#query(request, signal));
  }

  /** All that are about it, with those that say the same; of filters alone, all that pass, up to a limit. */
  async findAll({
    text,
    timeZone,
  }: Pick<SearchRequest, 'text' | 'timeZone'>): Promise<{ readonly ids: string[]; readonly isCut: boolean }> {
    const userId = this.#options.currentUserId();
    const { query } = this.#parse({ text, timeZone, caret: null });
    const filter = { userId, query };
    const at = this.#pastOf(query);
    if (at !== undefined) {
      const page = { limit: mostHits, offset: 0, order: 'relevance', signal: undefined } as const;
      const { hits } = await this.#asOf.find({ ...filter, at }, page);
      const ids = hits.flatMap(({ memory, isRelevant }) => (isRelevant ? memory.id : []));
      return { ids, isCut: ids.length >= mostHits };
    }
    if (soughtText(query).trim() === '')
      return cutAt(
        mostInAll,
        await this.#repository.findByTime(await this.#allowed(filter, undefined), 'newest', mostInAll + 1),
      );
    const options = await this.#usualOptions(userId, 'both', undefined);
    const { hits } = await this.#rankByScore(filter, options, mostHits);
    const relevant = hits.filter(({ isRelevant }) => isRelevant);
    const copies = await this.#findCopies(filter, relevant, undefined);
    const same = relevant.flatMap(({ candidate, copies: folded }) => [
      candidate.memoryId,
      ...folded,
      ...(copies.get(candidate.contentKey) ?? []),
    ]);
    return { ids: [...new Set(same)], isCut: relevant.length >= mostHits };
  }

  /** What in these hits matches; ids of others' memories, or of none, are passed over. */
  async reasons(request: ReasonsRequest): Promise<SearchReasons[]> {
    const { query } = this.#parse(request);
    const userId = this.#options.currentUserId();
    const at = this.#pastOf(query);
    if (at !== undefined) return this.#asOf.reasons({ userId, at }, query, request.ids);
    return this.#reasoner.reasons(userId, query, request.ids);
  }

  /** Of the list in the usual order. */
  async explain({ id, ...typed }: ExplainRequest): Promise<Explanation> {
    const userId = this.#options.currentUserId();
    const { query } = this.#parse(typed);
    const filter = { userId, query };
    const at = this.#pastOf(query);
    if (at !== undefined) return this.#asOf.explain({ ...filter, at }, id);
    if (soughtText(query).trim() === '') {
      const list = async () =>
        this.#repository.findByTime(await this.#allowed(filter, undefined), 'newest', mostHits);
      return explainListed(this.#parts, filter, { id, list });
    }
    const options = await this.#usualOptions(userId, 'both', undefined);
    const list = () => this.#rankByScore(filter, options, mostHits);
    return explain(this.#parts, filter, { id, list, options });
  }

  async #query(request: SearchRequest, signal: AbortSignal | undefined): Promise<SearchResult> {
    const start = performance.now();
    const { limit = usualLimit, offset = 0, order = 'relevance', by = 'both' } = request;
    const userId = this.#options.currentUserId();
    const { query, problems } = this.#parse(request);
    const filter = { userId, query };
    const page = { limit, offset, order, signal };
    const at = this.#pastOf(query);
    if (at !== undefined) return { ...(await this.#asOf.find({ ...filter, at }, page)), problems };
    const listed =
      soughtText(query).trim() === ''
        ? await this.#list(filter, page)
        : await this.#rank(filter, { ...page, by });
    return {
      ...listed,
      problems,
      meaning: { ...listed.meaning, pending: this.#options.pending() },
      ms: { ...listed.ms, total: performance.now() - start },
    };
  }

  async #rank(filter: SearchFilter, page: Page & { by: NonNullable<SearchRequest['by']> }) {
    const { limit, offset, order, by, signal } = page;
    const options = await this.#usualOptions(filter.userId, by, signal);
    const { ranking, hits } =
      order === 'relevance'
        ? await this.#rankByScore(filter, options, offset + limit)
        : await rankByTime(this.#parts, filter, { ...options, direction: order, most: mostHits });
    const rankedMs = performance.now();
    const shown = hits.slice(offset, offset + limit);
    const [summaries, copies] = await Promise.all([
      this.#repository.findSummaries(
        filter.userId,
        shown.map(({ candidate }) => candidate.memoryId),
        signal,
      ),
      this.#findCopies(filter, shown, signal),
    ]);
    return {
      hits: shown.flatMap((hit) => {
        const { memoryId, contentKey } = hit.candidate;
        const memory = summaries.get(memoryId);
        const same = new Set([...hit.copies, ...(copies.get(contentKey) ?? [])]);
        same.delete(memoryId);
        return memory ? [{ memory, ...hitOf(hit, ranking), copies: [...same] }] : [];
      }),
      found: hits.length,
      relevant: hits.filter(({ isRelevant }) => isRelevant).length,
      nothingRelevant: !hits.some(({ isRelevant }) => isRelevant),
      correctedTo: [...ranking.correctedTo, ...ranking.suggested],
      meaning: { ...ranking.meaning, exact: ranking.exact },
      wordWeight: ranking.fusion.wordWeight,
      ms: { ...ranking.ms, ranking: performance.now() - rankedMs },
    };
  }

  async #usualOptions(
    userId: string,
    by: RankingOptions['by'],
    signal: AbortSignal | undefined,
  ): Promise<RankingOptions> {
    const searched = await this.#count(userId);
    return { by, size: usualSize, least: usualSize / 2, searched, signal, tuning: this.#options.tuning?.() };
  }

  /**
   * Whoever wants more than the usual gets the usual at first and then what else there is: what stands in a list
   * stays where it is however much of it is asked for.
   */
  async #rankByScore(
    filter: SearchFilter,
    options: RankingOptions,
    wanted: number,
  ): Promise<{ ranking: Ranking; hits: readonly FusedHit[] }> {
    const ranking = await rank(this.#parts, filter, options);
    const { hits } = ranking.fusion;
    if (hits.length >= wanted || !ranking.isCut) return { ranking, hits: hits.slice(0, mostHits) };
    const wide = await rank(this.#parts, filter, { ...options, size: mostHits, least: mostHits });
    const known = new Set(hits.map(({ candidate }) => candidate.contentKey));
    const more = wide.fusion.hits.filter(({ candidate }) => !known.has(candidate.contentKey));
    return {
      ranking: {
        ...ranking,
        matchedWords: new Map([...wide.matchedWords, ...ranking.matchedWords]),
        nearest: new Map([...wide.nearest, ...ranking.nearest]),
      },
      hits: [...hits, ...more].slice(0, mostHits),
    };
  }

  async #findCopies(
    filter: SearchFilter,
    shown: readonly FusedHit[],
    signal: AbortSignal | undefined,
  ): Promise<Map<string, string[]>> {
    if (shown.length === 0) return new Map();
    return this.#repository.findCopies(
      await this.#allowed(filter, signal),
      shown.map(({ candidate }) => candidate.contentKey),
      signal,
    );
  }

  /** Filters alone: all that pass are equally good, so the latest is first. */
  async #list(filter: SearchFilter, { limit, offset, order, signal }: Page) {
    const direction = order === 'oldest' ? 'oldest' : 'newest';
    const allowed = await this.#allowed(filter, signal);
    const kept = await this.#repository.findByTime(allowed, direction, mostHits, { signal });
    const shown = kept.slice(offset, offset + limit);
    const summaries = await this.#repository.findSummaries(filter.userId, shown, signal);
    const nothing = { words: 0, meaning: 0, importance: 0, recency: 0, pinned: 0 };
    return {
      hits: shown.flatMap((id): SearchHit[] => {
        const memory = summaries.get(id);
        const standing = { score: 0, contributions: nothing, closeness: 0, words: null, meaning: null };
        return memory
          ? [{ memory, ...standing, isRelevant: true, matchedWords: [], nearest: null, copies: [] }]
          : [];
      }),
      found: kept.length,
      relevant: kept.length,
      nothingRelevant: kept.length === 0,
      correctedTo: [],
      meaning: { state: 'unused' as const, exact: true },
      wordWeight: 0,
      ms: { words: 0, embedding: 0, meaning: 0, ranking: 0 },
    };
  }

  /** With what is in quotes and what has a minus as a filter; in most queries there is neither. */
  async #allowed(filter: SearchFilter, signal: AbortSignal | undefined): Promise<SearchFilter> {
    const { text, withoutText } = filter.query;
    if (withoutText.length === 0 && !text.some((group) => group.every(({ kind }) => kind === 'phrase')))
      return filter;
    const allowed = allowedWords(await this.#parts.keyword.understand(filter.query, signal));
    return allowed ? { ...filter, also: [allowed] } : filter;
  }

  /** When the library is to be searched as it was before today's last change. */
  #pastOf({ asOf }: SearchQuery): string | undefined {
    const now = this.#options.now?.() ?? new Date();
    return asOf && new Date(asOf.until) <= now ? asOf.until : undefined;
  }

  #parse({ text, caret, timeZone }: TypedQuery): ReturnType<typeof parseQuery> {
    const now = this.#options.now?.() ?? new Date();
    return parseQuery(text, {
      now,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(caret === undefined ? {} : { caret }),
    });
  }

  async #count(userId: string): Promise<number> {
    const known = this.#counts.get(userId);
    if (known && known.untilMs > performance.now()) return known.count;
    const count = await this.#repository.count(userId);
    this.#counts.set(userId, { count, untilMs: performance.now() + countKnownMs });
    return count;
  }
}

interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly order: NonNullable<SearchRequest['order']>;
  readonly signal: AbortSignal | undefined;
}

function hitOf(hit: FusedHit, { matchedWords, nearest }: Ranking): Omit<SearchHit, 'memory' | 'copies'> {
  const { score, contributions, closeness, isRelevant, candidate } = hit;
  const { memoryId, words, meaning } = candidate;
  return {
    score,
    contributions,
    closeness,
    words,
    meaning,
    isRelevant,
    matchedWords: [...(matchedWords.get(memoryId) ?? [])],
    nearest: nearest.get(memoryId) ?? null,
  };
}

function cutAt(most: number, ids: readonly string[]): { ids: string[]; isCut: boolean } {
  return { ids: ids.slice(0, most), isCut: ids.length > most };
}
