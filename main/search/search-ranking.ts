import { textsNow } from '../../shared/texts/index.ts';
import { soughtText } from '../../shared/query/search-query.ts';
import { EmbedderUnavailableError, type UnavailableReason } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { type Candidate, fuse, type Fusion, type FusionTuning, leastCosine } from './fusion.ts';
import type { Correction } from './keyword-correction.ts';
import type { KeywordHit, KeywordLeg, KeywordResult } from './keyword-leg.ts';
import type { QueryEmbedding, QueryEmbeddings } from './query-embedding.ts';
import { allowedWords } from './allowed-words.ts';
import { Findings } from './findings.ts';
import type { SearchFilter } from './search-filter.ts';
import { otherContents, type SearchRepository } from './search.repository.ts';
import type { SemanticFound, SemanticLeg } from './semantic-leg.ts';
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
  /** With fewer than these that may be shown and say something of their own a leg is asked again, if it has more. */
  readonly least: number;
  /** Among how many memories is looked. */
  readonly searched: number;
  readonly tuning?: FusionTuning | undefined;
  /** Scored as well, whether a leg finds them or not. */
  readonly also?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Ranking {
  readonly fusion: Fusion;
  readonly matchedWords: ReadonlyMap<string, readonly string[]>;
  /** Null: what is known of its meaning is of the text before. */
  readonly nearest: ReadonlyMap<string, Span | null>;
  readonly correctedTo: readonly Correction[];
  /** What may have been meant instead of words that stand nowhere; found was what has the others. */
  readonly suggested: readonly Correction[];
  readonly meaning: {
    readonly state: 'used' | 'loading' | 'unavailable' | 'unused';
    readonly problem?: string;
  };
  readonly exact: boolean;
  /** A leg may have more than it was asked for. */
  readonly isCut: boolean;
  readonly ms: { readonly words: number; readonly embedding: number; readonly meaning: number };
}

/** Each leaves out all copies that are known by then: after a few there are hardly any new ones. */
const mostRounds = 6;
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
  const { by, size, least, also = [], signal } = options;
  const { keyword } = parts;
  const { query } = filter;
  const start = performance.now();
  const since = () => performance.now() - start;
  const ms = { words: 0, embedding: 0, meaning: 0 };

  const findings = new Findings(parts, filter, signal);

  const byWords = async () => {
    if (by === 'meaning') return noWords;
    const found = await keyword.findByWords(query, filter, { limit: size, signal });
    ms.words = since();
    return found;
  };
  const embedQuery = async () => {
    const made = by === 'words' ? unused : await embed(parts, soughtText(query), signal);
    ms.embedding = since();
    return made;
  };
  const byMeaning = async ({ embedding: of }: Embedded) => {
    if (!of) return { ...noMeaning, isCut: false };
    const found = await findAllowed(parts, filter, of, options);
    ms.meaning = since() - ms.embedding;
    return found;
  };
  const [toWords, toEmbedded] = [byWords(), embedQuery()];
  const [words, { embedding, state, problem }, meaning] = await Promise.all([
    toWords,
    toEmbedded,
    toEmbedded.then(byMeaning),
    // While it is looked for by meaning, what the words have found is learnt about.
    toWords.then(({ hits }) => findings.learnFacts(idsOf(hits))),
    Promise.all([toWords, toEmbedded]).then(
      ([{ hits }, made]) => made.embedding && findings.learnMeanings(idsOf(hits), made.embedding),
    ),
  ]);

  let byWord = words.hits;
  let byNearness = meaning.hits;
  let areWordsCut = words.hits.length >= size;
  let isMeaningCut = meaning.isCut;
  const learnRest = async () => {
    const [wordIds, meaningIds] = [idsOf(byWord), idsOf(byNearness)];
    const all = [...wordIds, ...meaningIds, ...also];
    await Promise.all([
      findings.learnFacts(all),
      by === 'meaning' ? undefined : findings.learnWords(without(all, wordIds)),
      embedding && findings.learnMeanings(without(all, meaningIds), embedding),
    ]);
  };
  await learnRest();
  // Copies of each other are one hit: many of them must not keep out all others.
  for (let round = 0; round < mostRounds; round++) {
    const copied = copiedContents(findings.facts.values());
    const distinct = (hits: readonly { memoryId: string }[]) =>
      new Set(idsOf(hits).map((id) => findings.facts.get(id)?.contentKey)).size;
    const needsWords = areWordsCut && distinct(byWord) < least;
    const needsMeaning = isMeaningCut && distinct(byNearness) < least;
    if (copied.length === 0 || (!needsWords && !needsMeaning)) break;
    const others = { ...filter, also: [...(filter.also ?? []), otherContents(copied)] };
    const [moreWords, moreMeaning] = await Promise.all([
      needsWords ? keyword.findByWords(query, others, { limit: size, signal }) : noWords,
      needsMeaning && embedding
        ? findAllowed(parts, others, embedding, options)
        : { ...noMeaning, isCut: false },
    ]);
    // Nothing but copies has these words: then others are looked for, which are none of the query.
    const isSameSearch = (moreWords.correctedTo === undefined) === (words.correctedTo === undefined);
    if (needsWords) {
      if (isSameSearch) byWord = merged(byWord, moreWords.hits);
      areWordsCut = isSameSearch && moreWords.hits.length >= size;
    }
    if (needsMeaning) {
      byNearness = merged(byNearness, moreMeaning.hits);
      isMeaningCut = moreMeaning.isCut;
    }
    await learnRest();
  }

  const wordHits = ranked(byWord, [...findings.words.values()]);
  const meaningHits = ranked(byNearness, [...findings.meanings.values()]);
  const candidates = [...findings.facts.values()].map(({ id, ...fact }): Candidate => {
    const word = wordHits.get(id);
    const near = meaningHits.get(id);
    return {
      memoryId: id,
      ...fact,
      words: word && word.hit.score > 0 ? wordScore(word.hit, word.rank) : null,
      meaning: near ? { cosine: near.hit.score, rank: near.rank } : null,
    };
  });
  const fused = (each: readonly Candidate[]) =>
    fuse(each, {
      byMeaning: embedding !== undefined,
      words: words.wordCount,
      searched: options.searched,
      now: new Date(),
      ...(options.tuning ? { tuning: options.tuning } : {}),
    });
  const fusion = fused(candidates);
  // Others take the place of words that stand nowhere only where nothing else is found.
  const leastNear = leastCosine(fusion);
  const isMeant =
    words.correctedTo !== undefined &&
    candidates.some(({ meaning: near }) => near && near.cosine >= leastNear);
  if (isMeant) wordHits.clear();
  const meant = new Set([...idsOf(byNearness), ...also]);
  return {
    fusion: isMeant
      ? fused(candidates.filter((each) => meant.has(each.memoryId)).map((each) => ({ ...each, words: null })))
      : fusion,
    matchedWords: new Map([...wordHits].map(([id, { hit }]) => [id, hit.matchedWords])),
    nearest: new Map([...meaningHits].map(([id, { hit }]) => [id, hit.chunk])),
    correctedTo: isMeant ? [] : (words.correctedTo ?? []),
    suggested: (isMeant ? words.correctedTo : words.suggested) ?? [],
    meaning: { state, ...(problem === undefined ? {} : { problem }) },
    exact: meaning.exact,
    isCut: areWordsCut || isMeaningCut,
    ms,
  };
}

const idsOf = (hits: readonly { readonly memoryId: string }[]): string[] =>
  hits.map(({ memoryId }) => memoryId);

function without(ids: readonly string[], known: readonly string[]): string[] {
  const there = new Set(known);
  return ids.filter((id) => !there.has(id));
}

function copiedContents(facts: Iterable<{ readonly contentKey: string }>): string[] {
  const once = new Set<string>();
  const copied = new Set<string>();
  for (const { contentKey } of facts) (once.has(contentKey) ? copied : once).add(contentKey);
  return [...copied];
}

/** In the order of the leg, as if it had been asked for so many at first. */
function merged<Hit extends { readonly memoryId: string; readonly score: number }>(
  first: readonly Hit[],
  more: readonly Hit[],
): Hit[] {
  const known = new Set(first.map(({ memoryId }) => memoryId));
  return [...first, ...more.filter(({ memoryId }) => !known.has(memoryId))].toSorted(
    (a, b) => b.score - a.score,
  );
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
    return isLoading ? { state: 'loading' } : { state: 'unavailable', problem: error.said(textsNow()) };
  }
}

/**
 * What was asked for in quotes has to be there, and what has a minus must not: meaning knows neither. It is seldom
 * among the nearest, so it is looked for in these; where it leaves too few, it is a filter like any other.
 */
async function findAllowed(
  { keyword, semantic }: RankingParts,
  filter: SearchFilter,
  embedding: QueryEmbedding,
  { size, least, signal }: RankingOptions,
): Promise<SemanticFound & { isCut: boolean }> {
  const found = await semantic.findByMeaning(embedding, filter, { limit: size, signal });
  const isCut = found.hits.length >= size;
  const allowedIds = await keyword.allowed(
    found.hits.map(({ memoryId }) => memoryId),
    filter,
    signal,
  );
  const hits = found.hits.filter(({ memoryId }) => allowedIds.has(memoryId));
  if (!isCut || hits.length >= least) return { ...found, hits, isCut };
  const allowed = allowedWords(await keyword.understand(filter.query, signal));
  if (!allowed) return { ...found, hits, isCut };
  const others = { ...filter, also: [...(filter.also ?? []), allowed] };
  const further = await semantic.findByMeaning(embedding, others, { limit: size, signal });
  return { ...further, isCut: further.hits.length >= size };
}
