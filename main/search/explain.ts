import { formatQuery } from '../../shared/query/format-query.ts';
import { emptyQuery, type SearchQuery, type SearchTerm } from '../../shared/query/search-query.ts';
import type { Explanation } from '../../shared/schemas/search.ts';
import { notFound } from '../errors/loci-error.ts';
import type { FusedHit } from './fusion.ts';
import { rank, type Ranking, type RankingParts } from './search-ranking.ts';
import type { SearchFilter } from './search-filter.ts';

export interface ExplainOptions {
  readonly id: string;
  readonly size: number;
  readonly searched: number;
}

/** Why a memory is where it is in the list of a query, or not there. */
export async function explain(
  parts: RankingParts,
  { userId, query }: SearchFilter,
  { id, size, searched }: ExplainOptions,
): Promise<Explanation> {
  if (!(await parts.repository.findFacts(userId, [id])).has(id)) throw notFound('memory');
  const [excludedBy, without, ranking] = await Promise.all([
    findExcluding(parts, userId, query, id),
    findForbidden(parts, userId, query, id),
    rank(parts, { userId, query }, { by: 'both', size, searched, also: id }),
  ]);
  const { hits } = ranking.fusion;
  const own = hits.findIndex(({ candidate }) => candidate.memoryId === id);
  const standsFor = hits.find(({ copies }) => copies.includes(id));
  const hit = own < 0 ? standsFor : hits[own];
  const candidate = hit?.candidate;
  const isListed =
    excludedBy.length + without.length === 0 &&
    candidate !== undefined &&
    (candidate.words?.rank != null || candidate.meaning?.rank != null);
  const matchedWords = [...(ranking.matchedWords.get(id) ?? [])];
  const missingWords = [...new Set(query.text.flat().flatMap(({ text }) => text.split(/\s+/)))].filter(
    (word) => !matchedWords.includes(word),
  );
  const place = isListed && own >= 0 ? own + 1 : null;
  const foldedInto = standsFor?.candidate.memoryId ?? null;
  return {
    place,
    foldedInto,
    excludedBy: [...excludedBy, ...without],
    matchedWords,
    missingWords,
    standing: hit && own >= 0 ? standingOf(hit) : null,
    lastScore: hits.at(-1)?.score ?? null,
    reasons: reasonsFor({ place, foldedInto, excludedBy, without, matchedWords, missingWords, hit, ranking }),
  };
}

function standingOf({ score, contributions, closeness, candidate }: FusedHit) {
  return { score, contributions, closeness, words: candidate.words, meaning: candidate.meaning };
}

/** Each filter by itself: of several, all that stand in the way are named. */
async function findExcluding(
  { repository }: RankingParts,
  userId: string,
  query: SearchQuery,
  id: string,
): Promise<string[]> {
  const filters = singleFilters(query);
  const passed = await Promise.all(filters.map((each) => repository.passes({ userId, query: each }, id)));
  return filters.flatMap((each, i) => {
    if (passed[i]) return [];
    const own: SearchQuery = { ...each, inTrash: query.inTrash };
    const text = formatQuery(each).trim() || formatQuery(own).trim();
    return [text === '' ? '-in:trash' : text];
  });
}

/** What is in the trash is looked for only there, whatever else is asked. */
function singleFilters(query: SearchQuery): SearchQuery[] {
  const empty = { ...emptyQuery(), inTrash: query.inTrash };
  const place: SearchQuery = { ...empty };
  const parts: Partial<SearchQuery>[] = [
    ...query.tags.map((anyOf) => ({ tags: [anyOf] })),
    ...listed('withoutTags'),
    ...listed('sessions'),
    ...listed('withoutSessions'),
    ...listed('sources'),
    ...listed('withoutSources'),
    ...listed('documents'),
    ...listed('withoutDocuments'),
    ...listed('on'),
    ...set('after'),
    ...set('before'),
    ...set('importance'),
    ...set('pinned'),
    ...set('untagged'),
    ...set('hasVersion'),
    ...set('hasDocument'),
  ];
  return [place, ...parts.map((part) => ({ ...empty, ...part }))];

  function listed(
    key:
      | 'withoutTags'
      | 'sessions'
      | 'withoutSessions'
      | 'sources'
      | 'withoutSources'
      | 'documents'
      | 'withoutDocuments'
      | 'on',
  ): Partial<SearchQuery>[] {
    return query[key].length > 0 ? [{ [key]: query[key] }] : [];
  }

  function set(
    key: 'after' | 'before' | 'importance' | 'pinned' | 'untagged' | 'hasVersion' | 'hasDocument',
  ): Partial<SearchQuery>[] {
    return query[key] === null ? [] : [{ [key]: query[key] }];
  }
}

/** Quoted words that are not there, and words with a minus that are. */
async function findForbidden(
  { keyword }: RankingParts,
  userId: string,
  query: SearchQuery,
  id: string,
): Promise<string[]> {
  const filter = { userId, query: { ...emptyQuery(), inTrash: query.inTrash }, ids: [id] };
  const has = async (group: SearchTerm[]) => {
    const found = await keyword.findByWords({ text: [group], withoutText: [] }, filter, { limit: 1 });
    return found.hits.length > 0 && !found.correctedTo;
  };
  const quoted = query.text.filter((group) => group.every(({ kind }) => kind === 'phrase'));
  const [present, unwanted] = await Promise.all([
    Promise.all(quoted.map(has)),
    Promise.all(query.withoutText.map((term) => has([term]))),
  ]);
  return [
    ...quoted.flatMap((group, i) =>
      present[i] ? [] : [formatQuery({ ...emptyQuery(), text: [group] }).trim()],
    ),
    ...query.withoutText.flatMap((term, i) =>
      unwanted[i] ? [formatQuery({ ...emptyQuery(), withoutText: [term] }).trim()] : [],
    ),
  ];
}

interface Known {
  readonly place: number | null;
  readonly foldedInto: string | null;
  readonly excludedBy: readonly string[];
  readonly without: readonly string[];
  readonly matchedWords: readonly string[];
  readonly missingWords: readonly string[];
  readonly hit: FusedHit | undefined;
  readonly ranking: Ranking;
}

function reasonsFor(known: Known): string[] {
  const { place, foldedInto, excludedBy, without, matchedWords, missingWords, hit, ranking } = known;
  const { hits } = ranking.fusion;
  const reasons: string[] = [];
  for (const filter of excludedBy)
    reasons.push(filter.endsWith('in:trash') ? trashReason(filter) : `The filter ${filter} leaves it out.`);
  for (const term of without)
    reasons.push(
      term.startsWith('-')
        ? `It has what ${term} excludes.`
        : `It does not have ${term}, and what is in quotes has to be there.`,
    );
  if (foldedInto !== null) reasons.push('It says the same as another memory, which stands for both.');
  if (place !== null) reasons.push(`It is number ${place} of ${hits.length}.`);
  if (matchedWords.length === 0 && missingWords.length > 0) reasons.push('It has none of the words.');
  else if (missingWords.length > 0) reasons.push(`It does not have: ${missingWords.join(', ')}.`);
  if (ranking.meaning.state === 'used' && !hit?.candidate.meaning)
    reasons.push('It waits to be embedded, so it can be found by its words alone until then.');
  if (place === null && reasons.length === 0)
    reasons.push('Others are nearer to the query, by words and by meaning.');
  return reasons;
}

const trashReason = (filter: string): string =>
  filter === 'in:trash'
    ? 'It is not in the trash, and only the trash is searched.'
    : 'It is in the trash. Search with in:trash to find it.';
