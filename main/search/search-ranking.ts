import { type SearchQuery, soughtText } from '../../shared/query/search-query.ts';
import { EmbedderUnavailableError, type UnavailableReason } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { type Candidate, fuse, type Fusion } from './fusion.ts';
import type { Correction } from './keyword-correction.ts';
import type { KeywordHit, KeywordLeg, KeywordResult } from './keyword-leg.ts';
import type { QueryEmbedding, QueryEmbeddings } from './query-embedding.ts';
import type { SearchFilter } from './search-filter.ts';
import type { SearchRepository } from './search.repository.ts';
import type { SemanticFound, SemanticHit, SemanticLeg } from './semantic-leg.ts';
import type { Span } from '../embedding/sentences.ts';

export interface RankingParts {
  readonly keyword: KeywordLeg;
  readonly semantic: SemanticLeg;
  readonly embeddings: QueryEmbeddings;
  readonly embedder: Pick<Embedder, 'status'>;
  readonly repository: SearchRepository;
}

export interface RankingOptions {
  readonly by: 'both' | 'words' | 'meaning';
  /** How many each leg brings. */
  readonly size: number;
  /** Among how many memories is looked. */
  readonly searched: number;
  /** Scored as well, whether a leg finds it or not. */
  readonly also?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Ranking {
  readonly fusion: Fusion;
  readonly matchedWords: ReadonlyMap<string, readonly string[]>;
  readonly nearest: ReadonlyMap<string, Span>;
  readonly correctedTo: readonly Correction[];
  readonly meaning: {
    readonly state: 'used' | 'loading' | 'unavailable' | 'unused';
    readonly problem?: string;
  };
  readonly exact: boolean;
  readonly ms: { readonly words: number; readonly embedding: number; readonly meaning: number };
}

const noWords: KeywordResult = { hits: [], maxPossibleScore: 0, wordCount: 0 };
const noMeaning: SemanticFound = { hits: [], exact: true };
const unused: Embedded = { state: 'unused' };
/** A moment after the start; all others stay until something is done about them. */
const passing: readonly UnavailableReason[] = ['crashed', 'timeout', 'stopped'];

/** Asks both legs at once, has what each found scored by the other too, and makes one list of it. */
export async function rank(
  parts: RankingParts,
  filter: SearchFilter,
  options: RankingOptions,
): Promise<Ranking> {
  const { by, size, also, signal } = options;
  const { keyword, semantic, repository } = parts;
  const { query, userId } = filter;
  const start = performance.now();
  const since = () => performance.now() - start;
  const ms = { words: 0, embedding: 0, meaning: 0 };

  const byWords = async () => {
    if (by === 'meaning') return noWords;
    const found = await keyword.findByWords(query, filter, { limit: size, signal });
    ms.words = since();
    return found;
  };
  const byMeaning = async () => {
    const embedded = by === 'words' ? unused : await embed(parts, soughtText(query), signal);
    ms.embedding = since();
    if (!embedded.embedding) return { ...noMeaning, embedded };
    const found = await semantic.findByMeaning(embedded.embedding, filter, { limit: size, signal });
    ms.meaning = since() - ms.embedding;
    const hits = await withoutForbidden(keyword, filter, found.hits, signal);
    return { ...found, hits, embedded };
  };
  const [words, meaning] = await Promise.all([byWords(), byMeaning()]);

  const { embedding, state, problem } = meaning.embedded;
  const wordIds = new Set(words.hits.map(({ memoryId }) => memoryId));
  const meaningIds = new Set(meaning.hits.map(({ memoryId }) => memoryId));
  const all = [...new Set([...wordIds, ...meaningIds, ...(also === undefined ? [] : [also])])];
  const [otherWords, otherMeanings, facts] = await Promise.all([
    by === 'meaning'
      ? []
      : keyword.scoreOf(
          all.filter((id) => !wordIds.has(id)),
          query,
          userId,
          signal,
        ),
    embedding
      ? semantic.scoreOf(
          all.filter((id) => !meaningIds.has(id)),
          embedding,
          signal,
        )
      : new Map<string, SemanticHit>(),
    repository.findFacts(userId, all, signal),
  ]);

  const wordHits = ranked(words.hits, otherWords);
  const meaningHits = ranked(meaning.hits, [...otherMeanings.values()]);
  const candidates = [...facts.values()].map(({ id, ...fact }): Candidate => {
    const word = wordHits.get(id);
    const near = meaningHits.get(id);
    return {
      memoryId: id,
      ...fact,
      words: word && word.hit.score > 0 ? wordScore(word.hit, word.rank) : null,
      meaning: near ? { cosine: near.hit.score, rank: near.rank } : null,
    };
  });
  return {
    fusion: fuse(candidates, {
      byMeaning: embedding !== undefined,
      words: words.wordCount,
      searched: options.searched,
      now: new Date(),
    }),
    matchedWords: new Map([...wordHits].map(([id, { hit }]) => [id, hit.matchedWords])),
    nearest: new Map([...meaningHits].map(([id, { hit }]) => [id, hit.chunk])),
    correctedTo: words.correctedTo ?? [],
    meaning: { state, ...(problem === undefined ? {} : { problem }) },
    exact: meaning.exact,
    ms,
  };
}

const wordScore = ({ score, maxPossibleScore, coverage }: KeywordHit, place: number | null) => ({
  share: maxPossibleScore > 0 ? score / maxPossibleScore : 0,
  coverage,
  rank: place,
});

function ranked<Hit extends { memoryId: string }>(listed: readonly Hit[], others: readonly Hit[]) {
  return new Map<string, { hit: Hit; rank: number | null }>([
    ...others.map((hit) => [hit.memoryId, { hit, rank: null }] as const),
    ...listed.map((hit, index) => [hit.memoryId, { hit, rank: index + 1 }] as const),
  ]);
}

interface Embedded {
  readonly embedding?: QueryEmbedding;
  readonly state: Ranking['meaning']['state'];
  readonly problem?: string;
}

/** Without a vector the words alone answer: that is never a reason not to search. */
async function embed(
  { embedder, embeddings }: RankingParts,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Embedded> {
  if (text.trim() === '') return unused;
  if (embedder.status().state === 'starting') return { state: 'loading' };
  try {
    return { state: 'used', embedding: await embeddings.embed(text, signal) };
  } catch (error) {
    if (!(error instanceof EmbedderUnavailableError)) throw error;
    const isLoading = passing.includes(error.reason) && embedder.status().state === 'starting';
    return isLoading ? { state: 'loading' } : { state: 'unavailable', problem: error.message };
  }
}

/** What was asked for in quotes has to be there, and what has a minus must not: meaning knows neither. */
async function withoutForbidden(
  keyword: KeywordLeg,
  filter: SearchFilter,
  hits: readonly SemanticHit[],
  signal: AbortSignal | undefined,
): Promise<readonly SemanticHit[]> {
  const { query } = filter;
  const ids = hits.map(({ memoryId }) => memoryId);
  if (ids.length === 0) return hits;
  const having = async (words: Pick<SearchQuery, 'text' | 'withoutText'>) => {
    const found = await keyword.findByWords(words, { ...filter, ids }, { limit: ids.length, signal });
    return new Set(found.correctedTo ? [] : found.hits.map(({ memoryId }) => memoryId));
  };
  const quoted = query.text.filter((group) => group.every(({ kind }) => kind === 'phrase'));
  const [required, ...excluded] = await Promise.all([
    quoted.length > 0 ? having({ text: quoted, withoutText: [] }) : undefined,
    ...query.withoutText.map((term) => having({ text: [[term]], withoutText: [] })),
  ]);
  return hits.filter(
    ({ memoryId }) => (required?.has(memoryId) ?? true) && !excluded.some((each) => each?.has(memoryId)),
  );
}
