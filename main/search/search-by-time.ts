import { type SearchQuery, soughtText } from '../../shared/query/search-query.ts';
import { allowedWords } from './allowed-words.ts';
import { foldCopies, type FusedHit, leastCosine } from './fusion.ts';
import type { Correction } from './keyword-correction.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import type { SearchFilter } from './search-filter.ts';
import { rank, type Ranking, type RankingOptions, type RankingParts } from './search-ranking.ts';
import { otherContents } from './search.repository.ts';

export interface ByTimeOptions extends Omit<RankingOptions, 'also'> {
  readonly direction: 'newest' | 'oldest';
  readonly most: number;
}

/** Each leaves out the copies that are known by then. */
const mostRounds = 6;

/**
 * All that is about a query, in the order of time: what has any of its words, and what is so near in meaning that it is
 * relevant for that alone. A list by nearness is no help, for the latest may be the last in it.
 */
export async function rankByTime(
  parts: RankingParts,
  filter: SearchFilter,
  options: ByTimeOptions,
): Promise<{ ranking: Ranking; hits: FusedHit[] }> {
  const { direction, most } = options;
  // Says how near is near enough, and what was meant by words that are misspelt.
  let ranking = await rank(parts, filter, options);
  const asked = { ...filter, query: corrected(filter.query, ranking.correctedTo) };
  const way = direction === 'newest' ? -1 : 1;
  let hits: FusedHit[] = [];
  let copied: string[] = [];
  const found = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const within =
      copied.length > 0 ? { ...asked, also: [...(asked.also ?? []), otherContents(copied)] } : asked;
    const ids = await findAbout(parts, within, ranking, options);
    for (const id of ids) found.add(id);
    ranking = await rank(parts, filter, { ...options, also: [...found] });
    const inOrder = ranking.fusion.scored
      .filter(({ candidate }) => found.has(candidate.memoryId))
      .toSorted((a, b) => way * compare(a, b));
    hits = foldCopies(inOrder);
    if (hits.length >= most || ids.length < most) break;
    copied = hits.flatMap(({ candidate, copies }) => (copies.length > 0 ? [candidate.contentKey] : []));
  }
  return { ranking, hits: hits.slice(0, most) };
}

const compare = ({ candidate: a }: FusedHit, { candidate: b }: FusedHit): number =>
  a.occurredAt.getTime() - b.occurredAt.getTime() || (a.memoryId < b.memoryId ? -1 : 1);

/** The first of those with the words and the first of those with the meaning: the first of both are among them. */
async function findAbout(
  { keyword, semantic, embeddings, repository }: RankingParts,
  filter: SearchFilter,
  { fusion, meaning }: Ranking,
  { by, direction, most, signal }: ByTimeOptions,
): Promise<string[]> {
  const { query } = filter;
  const understood = await keyword.understand(query, signal);
  const allowed = allowedWords(understood);
  const within = allowed ? { ...filter, also: [...(filter.also ?? []), allowed] } : filter;
  const withWords = async () =>
    by === 'meaning' || understood.plan.scored.length === 0
      ? []
      : repository.findByTime(within, direction, most, { signal, words: wordsOf(understood, most) });
  const withMeaning = async () => {
    if (meaning.state !== 'used') return [];
    const embedding = await embeddings.embed(soughtText(query), signal);
    const least = leastCosine(fusion);
    const { hits } = await semantic.findByMeaning(embedding, within, { limit: most, signal });
    const near = hits.filter(({ score }) => score >= least);
    return near.length < most
      ? near.map(({ memoryId }) => memoryId)
      : semantic.findByTime(embedding, within, { least, direction, limit: most, signal });
  };
  return (await Promise.all([withWords(), withMeaning()])).flat();
}

/** Words that few have are looked up; those of many are met soon by going from one memory to the next. */
function wordsOf({ plan, statistics }: UnderstoodWords, most: number) {
  const documents = plan.scored.reduce((sum, word) => sum + word.documents, 0);
  return {
    ids: plan.scored.flatMap(({ ids }) => ids),
    areFew: documents <= 1000 + Math.sqrt(most * statistics.documents),
  };
}

function corrected(query: SearchQuery, corrections: readonly Correction[]): SearchQuery {
  if (corrections.length === 0) return query;
  const meant = new Map(corrections.map(({ from, to }) => [from, to]));
  const text = query.text.map((group) =>
    group.map((term) => ({ ...term, text: meant.get(term.text) ?? term.text })),
  );
  return { ...query, text };
}
