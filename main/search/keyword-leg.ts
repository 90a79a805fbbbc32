import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import {
  type Correction,
  type CorrectedWords,
  findCorrections,
  findUnknown,
  type OwnLibrary,
} from './keyword-correction.ts';
import { findHighlights, type Highlights } from './keyword-highlights.ts';
import { FewFinder } from './few-finder.ts';
import { attempts, greatestWeight, type KeywordPlan, planKeywords } from './keyword-plan.ts';
import type { SearchTerm } from '../../shared/query/search-query.ts';
import {
  findAllowed,
  findBest,
  findScores,
  type ScoredMemory,
  type UnderstoodWords,
} from './keyword-search.ts';
import { findStatistics } from './keyword-statistics.ts';
import { keywordTerms, type SoughtWords } from './keyword-terms.ts';
import { isFiltered, type SearchFilter } from './search-filter.ts';

export interface KeywordHit {
  readonly memoryId: string;
  /** BM25. */
  readonly score: number;
  /** What no memory can exceed for this query; the score is a share of it. */
  readonly maxPossibleScore: number;
  /** Which share of what the query's words say it has at all, however often: a rare word says more. */
  readonly coverage: number;
  /** Of the query's words, as they were typed. */
  readonly matchedWords: readonly string[];
}

export interface KeywordResult {
  readonly hits: readonly KeywordHit[];
  readonly maxPossibleScore: number;
  /** How many words say something, known or not. */
  readonly wordCount: number;
  /** Nothing was found, and these are the hits for words that are like those typed. */
  readonly correctedTo?: readonly Correction[];
  /** Something was found, but some of the words stand nowhere: these may have been meant. */
  readonly suggested?: readonly Correction[];
}

export interface KeywordOptions {
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** A filter that leaves fewer is answered by looking at each of these. */
const few = 5000;
/**
 * Of a large library also more, be it an eighth of it, if the index would lead to more: it has to be seen of each whether it
 * passes, which takes longer. Not for a phrase, which says where to look.
 */
const fewShare = 0.12;

/** Up to so many, adding them up with each search costs less than a tenth of a millisecond. */
const mostUngathered = 100;
/** In a longer query, of which something was found, nobody is asked whether each word was meant: that takes long to know. */
const mostDoubted = 5;
/** More are not worth looking for once again, further away. */
const enoughHits = 50;

/** Finds memories by their words, ranked by BM25. */
export class KeywordLeg {
  readonly #em: EntityManager;
  readonly #fewFinder: FewFinder;
  /** A query is looked up once, however many things are asked about it. */
  readonly #understood = new WeakMap<SoughtWords, Promise<UnderstoodWords>>();

  #isGathering = false;

  constructor(em: EntityManager, fewFinder = new FewFinder(em)) {
    this.#em = em;
    this.#fewFinder = fewFinder;
  }

  async findByWords(
    words: SoughtWords,
    filter: SearchFilter,
    { limit, signal }: KeywordOptions,
  ): Promise<KeywordResult> {
    const understood = await this.#understand(words, signal);
    const found = await this.#find(understood, filter, limit, signal);
    const result = resultOf(understood, found);
    // Where memories are named it is asked which of them have these words, and no others.
    if (filter.ids) return result;

    const { userId, query } = filter;
    const matched = new Set(found.flatMap((hit) => hit.matched));
    const corrected = await this.#correct(understood, { userId, inTrash: query.inTrash }, matched, signal);
    if (!corrected) return result;
    const others = await this.#find(corrected.understood, filter, limit, signal);
    if (others.length === 0) return result;
    const correctedTo = await corrected.inWords(others.map(({ id }) => id));
    if (found.length > 0) return { ...result, suggested: correctedTo };
    return { ...resultOf(corrected.understood, others), correctedTo };
  }

  async #correct(
    understood: UnderstoodWords,
    own: OwnLibrary,
    matched: ReadonlySet<number>,
    signal: AbortSignal | undefined,
  ): Promise<CorrectedWords | undefined> {
    const { tokens } = understood.terms;
    if (matched.size > 0 && tokens.length > mostDoubted) return undefined;
    const unknown = await findUnknown(this.#em, understood, own, matched, signal);
    // A word that has only just been begun is no mistake yet, while there is something to show.
    const whole = matched.size > 0 ? unknown.filter((place) => tokens[place]?.prefix === false) : unknown;
    return findCorrections(this.#em, understood, whole, own, signal);
  }

  /** Of these memories, found otherwise, those that have what is in quotes, and nothing that has a minus. */
  async allowed(
    memoryIds: readonly string[],
    { userId, query }: SearchFilter,
    signal?: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const isPlain = query.withoutText.length === 0 && !query.text.some((group) => group.every(isPhrase));
    if (isPlain || memoryIds.length === 0) return new Set(memoryIds);
    return findAllowed(this.#em, await this.#understand(query, signal), userId, memoryIds, signal);
  }

  /** BM25 of these memories, found otherwise, as if they had been found by words. */
  async scoreOf(
    memoryIds: readonly string[],
    words: SoughtWords,
    userId: string,
    signal?: AbortSignal,
  ): Promise<KeywordHit[]> {
    const understood = await this.#understand(words, signal);
    if (memoryIds.length === 0) return [];
    return [...resultOf(understood, await findScores(this.#em, understood, userId, memoryIds, signal)).hits];
  }

  /** Where the words of a query stand in these memories. */
  async highlight(
    memoryIds: readonly string[],
    words: SoughtWords,
    userId: string,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, Highlights>> {
    const understood = await this.#understand(words, signal);
    const found = await findHighlights(this.#em, understood, userId, memoryIds, signal);
    if ([...found.values()].some(({ title, content }) => title.length + content.length > 0)) return found;
    const own = { userId, inTrash: null };
    const unknown = await findUnknown(this.#em, understood, own, new Set(), signal);
    // Where the library has some of the words, others were not looked for in their place.
    if (unknown.length < understood.terms.tokens.length) return found;
    const corrected = await findCorrections(this.#em, understood, unknown, own, signal);
    if (!corrected) return found;
    return findHighlights(this.#em, corrected.understood, userId, memoryIds, signal);
  }

  /** Adds up what changed in the counts of words; cheap, and the more often the cheaper. Answers with how many changes. */
  async gatherCounts(): Promise<number> {
    const [row] = await runPrepared<{ gathered: string }>(this.#em, {
      sql: 'select gather_word_counts(false) as gathered',
      values: [],
    });
    // Only who owns the index may put its new words in order; without that they are looked through.
    await runPrepared(this.#em, {
      sql: `select gin_clean_pending_list('memory_word_weight_words_index')`,
      values: [],
    }).catch(() => undefined);
    return Number(row?.gathered ?? 0);
  }

  /** Nobody waits for it, and it may as well be done by the next search. */
  #gatherSoon(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.gatherCounts()
      .catch(() => 0)
      .finally(() => {
        this.#isGathering = false;
      });
  }

  /** All that is known of these words before memories are looked at. */
  understand(words: SoughtWords, signal?: AbortSignal): Promise<UnderstoodWords> {
    return this.#understand(words, signal);
  }

  async #understand(words: SoughtWords, signal: AbortSignal | undefined): Promise<UnderstoodWords> {
    const known = this.#understood.get(words);
    if (known) return known;
    const looking = this.#lookUp(words, signal);
    this.#understood.set(words, looking);
    looking.catch(() => this.#understood.delete(words));
    return looking;
  }

  async #lookUp(words: SoughtWords, signal: AbortSignal | undefined): Promise<UnderstoodWords> {
    const terms = keywordTerms(words);
    const statistics = await findStatistics(this.#em, terms, signal);
    if (statistics.ungathered > mostUngathered) this.#gatherSoon();
    return { terms, statistics, plan: planKeywords(terms, statistics) };
  }

  async #find(
    understood: UnderstoodWords,
    filter: SearchFilter,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly ScoredMemory[]> {
    const { terms, statistics, plan } = understood;
    if (plan.scored.length === 0) return [];
    if (filter.ids) return findBest(this.#em, { understood, filter, limit }, undefined, signal);
    if (isFiltered(filter)) {
      const { count, ids } = await this.#fewFinder.find(filter, signal);
      if (ids && count <= few)
        return findBest(this.#em, { understood, filter: { ...filter, ids }, limit }, undefined, signal);
      const isPlain = terms.required.length === 0;
      if (isPlain && count <= statistics.documents * fewShare && count < wordsIn(plan))
        return findBest(this.#em, { understood, filter, limit, areFew: true }, undefined, signal);
    }
    // A phrase says where to look.
    const ways = terms.required.length > 0 ? [undefined] : attempts(plan.scored, statistics.documents);
    let best: readonly ScoredMemory[] = [];
    for (const way of ways) {
      best = await findBest(this.#em, { understood, filter, limit }, way, signal);
      if (best.length >= Math.min(limit, enoughHits)) break;
    }
    return best;
  }
}

/** So many memories the index can lead to, those with several of the words more than once. */
const wordsIn = ({ scored }: KeywordPlan): number =>
  scored.reduce((sum, { documents }) => sum + documents, 0);

const isPhrase = ({ kind }: SearchTerm): boolean => kind === 'phrase';

function resultOf({ plan }: UnderstoodWords, found: readonly ScoredMemory[]): KeywordResult {
  const { maxPossibleScore } = plan;
  const hits = found.map(({ id, score, matched }) => ({
    memoryId: id,
    score: Math.min(score, maxPossibleScore),
    maxPossibleScore,
    coverage: coverageOf(plan, matched),
    matchedWords: [...new Set(matched.flatMap((place) => plan.scored[place - 1]?.word ?? []))],
  }));
  return { hits, maxPossibleScore, wordCount: plan.scored.length + plan.unknown.length };
}

function coverageOf(
  { scored, maxPossibleScore }: UnderstoodWords['plan'],
  matched: readonly number[],
): number {
  const idf = matched.reduce((sum, place) => sum + (scored[place - 1]?.idf ?? 0), 0);
  return maxPossibleScore > 0 ? Math.min(1, (idf * greatestWeight) / maxPossibleScore) : 0;
}
