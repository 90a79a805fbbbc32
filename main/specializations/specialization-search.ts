import type { EntityManager } from '@mikro-orm/postgresql';
import { parseSpecializationQuery } from '../../shared/query/specialization/parse-query.ts';
import {
  emptySpecializationQuery,
  type SpecializationQuery,
} from '../../shared/query/specialization/specialization-query.ts';
import type {
  SpecializationHit,
  SpecializationSearchRequest,
  SpecializationSearchResult,
} from '../../shared/schemas/specialization-search.ts';
import { textsNow } from '../../shared/texts/index.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { fuse, type Candidate, type FusedHit } from '../search/fusion.ts';
import { keywordTerms, type SoughtWords } from '../search/keyword-terms.ts';
import { LatestQuestion } from '../search/latest-question.ts';
import { queryEmbeddings, type QueryEmbedding, type QueryEmbeddings } from '../search/query-embedding.ts';
import { SpecializationListRepository } from './specialization-list.repository.ts';
import { type FoundMeaning, SpecializationSearchRepository } from './specialization-search.repository.ts';
import { closestWords, mostMistakes, withCorrections, type Correction } from './word-correction.ts';
import { scoreWords, type ScoredWords } from './word-score.ts';

export interface SpecializationSearchOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly embedder: Embedder;
}

export interface RankedSpecialization {
  readonly id: string;
  readonly hit: FusedHit;
  readonly words: ScoredWords | undefined;
  readonly meaning: FoundMeaning | undefined;
  readonly matchedWords: readonly string[];
}

export interface SoughtSpecialization {
  readonly query: SpecializationQuery;
  readonly words: SoughtWords;
  /** Undefined: by words alone. */
  readonly embedding: QueryEmbedding | undefined;
}

type MeaningState = SpecializationSearchResult['meaning']['state'];

/** Finds specializations by words and by meaning, as memories are found. */
export class SpecializationSearch {
  readonly #options: SpecializationSearchOptions;
  readonly #repository: SpecializationSearchRepository;
  readonly #rows: SpecializationListRepository;
  readonly #embeddings: QueryEmbeddings;
  readonly #latest = new LatestQuestion();

  constructor(options: SpecializationSearchOptions) {
    this.#options = options;
    this.#repository = new SpecializationSearchRepository(options.em);
    this.#rows = new SpecializationListRepository(options.em);
    this.#embeddings = queryEmbeddings(options.embedder);
  }

  query(request: SpecializationSearchRequest): Promise<SpecializationSearchResult> {
    return this.#latest.answer(request.asker, (signal) => this.#query(request, signal));
  }

  async #query(
    { text, caret, limit }: SpecializationSearchRequest,
    signal: AbortSignal | undefined,
  ): Promise<SpecializationSearchResult> {
    const start = performance.now();
    const userId = this.#options.currentUserId();
    const { query, problems } = parseSpecializationQuery(text, { caret });
    const sought = soughtTextOf(query);
    const { state, problem, embedding } = sought === '' ? unused : await this.#embed(sought, signal);
    const pending = await this.#repository.countPending(userId, this.#options.embedder.status().model);
    const meaning = { state, pending, ...(problem === undefined ? {} : { problem }) };
    const found =
      sought === ''
        ? { ...(await this.#list(userId, query, limit, signal)), correctedTo: [] }
        : await this.#rank(userId, { query, words: query, embedding }, limit, signal);
    const { correctedTo, ...hits } = found;
    return {
      ...hits,
      correctedTo,
      relevant: hits.hits.filter(({ isRelevant }) => isRelevant).length,
      nothingRelevant: !hits.hits.some(({ isRelevant }) => isRelevant),
      problems,
      meaning,
      ms: performance.now() - start,
    };
  }

  /** The vector of a text, and where there is none, why. */
  embed(text: string): Promise<{ state: MeaningState; embedding: QueryEmbedding | undefined }> {
    return this.#embed(text, undefined);
  }

  /** All that pass and are known to have anything to do with it, the best first. */
  async rank(
    userId: string,
    { query, words, embedding }: SoughtSpecialization,
    signal?: AbortSignal,
  ): Promise<RankedSpecialization[]> {
    const terms = keywordTerms(words);
    const [found, meanings] = await Promise.all([
      this.#repository.findWords(userId, query, terms, signal),
      embedding ? this.#repository.findMeanings(userId, query, terms, embedding, signal) : [],
    ]);
    const scored = scoreWords(terms.scored.length, found);
    const byId = new Map(meanings.map((each) => [each.id, each]));
    const ids = [...new Set([...scored.keys(), ...byId.keys()])];
    const wordRanks = rankOf(
      [...scored],
      ([, each]) => each.share,
      ([id]) => id,
    );
    const meaningRanks = rankOf(
      meanings,
      ({ cosine }) => cosine,
      ({ id }) => id,
    );
    const candidates = ids.map((id): Candidate => {
      const own = scored.get(id);
      const meaning = byId.get(id);
      return {
        memoryId: id,
        contentKey: id,
        importance: 0,
        pinned: false,
        // A specialization is not worse for being old.
        occurredAt: longAgo,
        words: own ? { share: own.share, coverage: own.coverage, rank: wordRanks.get(id) ?? null } : null,
        meaning: meaning ? { cosine: meaning.cosine, rank: meaningRanks.get(id) ?? null } : null,
      };
    });
    const { hits } = fuse(candidates, {
      byMeaning: embedding !== undefined,
      words: terms.scored.length,
      searched: found.documents,
      now: new Date(),
    });
    return hits.map((hit) => {
      const id = hit.candidate.memoryId;
      const own = scored.get(id);
      const matched = (own?.places ?? []).map((place) => terms.tokens[terms.scored[place] ?? -1]?.word ?? '');
      return { id, hit, words: own, meaning: byId.get(id), matchedWords: [...new Set(matched)] };
    });
  }

  async #rank(
    userId: string,
    sought: SoughtSpecialization,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<{ hits: SpecializationHit[]; found: number; correctedTo: Correction[] }> {
    const asTyped = await this.rank(userId, sought, signal);
    const correctedTo = await this.#correct(userId, sought, asTyped, signal);
    const ranked =
      correctedTo.length === 0
        ? asTyped
        : await this.rank(userId, { ...sought, words: withCorrections(sought.words, correctedTo) }, signal);
    // Of what is not about it, only the nearest few: a person has looked for something.
    const shown = ranked.filter(({ hit }, place) => hit.isRelevant || place < fewest).slice(0, limit);
    const rows = await this.#rows.findRows(
      userId,
      shown.map(({ id }) => id),
      signal,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const hits = shown.flatMap(({ id, hit, words, meaning, matchedWords }): SpecializationHit[] => {
      const specialization = byId.get(id);
      if (!specialization) return [];
      const { contributions, closeness, isRelevant } = hit;
      return [
        {
          specialization,
          score: contributions.words + contributions.meaning,
          contributions: { words: contributions.words, meaning: contributions.meaning },
          closeness,
          isRelevant,
          words: words ? { share: words.share, coverage: words.coverage } : null,
          meaning: meaning ? { cosine: meaning.cosine, by: meaning.source } : null,
          matchedWords: [...matchedWords],
        },
      ];
    });
    return { hits, found: hits.length, correctedTo };
  }

  /** What nothing in the whole library says is taken for the likeliest of what it does say. */
  async #correct(
    userId: string,
    { words }: SoughtSpecialization,
    ranked: readonly RankedSpecialization[],
    signal: AbortSignal | undefined,
  ): Promise<Correction[]> {
    const said = new Set(ranked.flatMap(({ matchedWords }) => matchedWords));
    const typed = words.text.flat().flatMap((term) => (term.kind === 'word' ? [term.text] : []));
    const doubtful = typed.filter((word) => !said.has(word) && mostMistakes(word) > 0);
    if (doubtful.length === 0) return [];
    const known = await this.#repository.findVocabulary(userId, signal);
    return closestWords(doubtful, known);
  }

  /** Filters alone: all that pass are equally good. */
  async #list(
    userId: string,
    query: SpecializationQuery,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<{ hits: SpecializationHit[]; found: number }> {
    const ids = await this.#repository.findPassing(userId, query, keywordTerms(query), signal);
    const rows = await this.#rows.findRows(userId, ids.slice(0, limit), signal);
    const nothing = {
      score: 0,
      contributions: { words: 0, meaning: 0 },
      closeness: 0,
      words: null,
      meaning: null,
    };
    const hits = rows.map((specialization) => ({
      specialization,
      ...nothing,
      isRelevant: true,
      matchedWords: [],
    }));
    return { hits, found: ids.length };
  }

  async #embed(
    text: string,
    signal: AbortSignal | undefined,
  ): Promise<{ state: MeaningState; problem?: string; embedding: QueryEmbedding | undefined }> {
    if (this.#options.embedder.status().state === 'starting')
      return { state: 'loading', embedding: undefined };
    try {
      return { state: 'used', embedding: await this.#embeddings.embed(text, signal) };
    } catch (error) {
      if (!(error instanceof EmbedderUnavailableError)) throw error;
      const { state } = this.#options.embedder.status();
      return state === 'degraded' || state === 'stopped'
        ? { state: 'unavailable', problem: error.said(textsNow()), embedding: undefined }
        : { state: 'loading', embedding: undefined };
    }
  }
}

const unused: { state: MeaningState; problem?: string; embedding: undefined } = {
  state: 'unused',
  embedding: undefined,
};
const longAgo = new Date(0);
/** Shown in any case, so that one sees what there is. */
const fewest = 5;

/** Of everything that is there; for whoever looks without filters. */
export const anySpecialization = emptySpecializationQuery;

export function soughtTextOf({ text }: Pick<SpecializationQuery, 'text'>): string {
  return text
    .flat()
    .map((term) => term.text)
    .join(' ')
    .trim();
}

function rankOf<T>(
  all: readonly T[],
  scoreOf: (each: T) => number,
  idOf: (each: T) => string,
): Map<string, number> {
  const sorted = all.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  return new Map(sorted.slice(0, mostRanked).map((each, index) => [idOf(each), index + 1]));
}
/** Those past it are not among the best of a leg. */
const mostRanked = 100;
