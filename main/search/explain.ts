import { textsNow } from '../../shared/texts/index.ts';
import { formatQuery } from '../../shared/query/format-query.ts';
import { emptyQuery, type SearchQuery } from '../../shared/query/search-query.ts';
import type { Explanation } from '../../shared/schemas/search.ts';
import { notFound } from '../errors/loci-error.ts';
import { allowedWords } from './allowed-words.ts';
import type { FusedHit } from './fusion.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import type { SoughtWords } from './keyword-terms.ts';
import { rank, type Ranking, type RankingOptions, type RankingParts } from './search-ranking.ts';
import type { SearchFilter } from './search-filter.ts';

export interface Explained {
  readonly id: string;
  /** The list of this query, as it is shown. */
  readonly list: () => Promise<{ ranking: Ranking; hits: readonly FusedHit[] }>;
  readonly options: Omit<RankingOptions, 'also'>;
}

/** Why a memory is where it is in the list of a query, or not there. */
export async function explain(
  parts: RankingParts,
  { userId, query }: SearchFilter,
  { id, list, options }: Explained,
): Promise<Explanation> {
  if (!(await parts.repository.findFacts(userId, [id])).has(id)) throw notFound('memory');
  const [excludedBy, without, known, { ranking, hits }, understood] = await Promise.all([
    findExcluding(query, (each) => parts.repository.passes({ userId, query: each }, id)),
    findForbidden(query, passesWords(parts, userId, id)),
    rank(parts, { userId, query }, { ...options, also: [id] }),
    list(),
    parts.keyword.understand(query),
  ]);
  const own = known.fusion.scored.find(({ candidate }) => candidate.memoryId === id);
  const isAllowed = excludedBy.length + without.length === 0;
  const { contentKey } = own?.candidate ?? {};
  const at = isAllowed ? hits.findIndex(({ candidate }) => candidate.contentKey === contentKey) : -1;
  const standsFor = hits[at]?.candidate.memoryId;
  const place = standsFor === id ? at + 1 : null;
  const foldedInto = standsFor === undefined || standsFor === id ? null : standsFor;

  const texts = textsNow();
  const { correctedTo } = ranking;
  const corrected = new Set(correctedTo.map(({ from }) => from));
  const matchedWords = [...(known.matchedWords.get(id) ?? [])];
  const missingWords = askedWords(understood).filter(
    (word) => !matchedWords.includes(word) && !(place !== null && corrected.has(word)),
  );
  const reasons = reasonsFor({
    place,
    found: hits.length,
    foldedInto,
    excludedBy,
    without,
    matchedWords,
    missingWords,
    correctedTo: place === null ? [] : correctedTo,
  });
  if (known.meaning.state === 'used' && !own?.candidate.meaning) reasons.push(texts.search.explained.waiting);
  if (own?.candidate.meaning && !known.nearest.get(id)) reasons.push(texts.search.explained.changed);
  if (place === null && reasons.length === 0) reasons.push(texts.search.explained.othersNearer);
  return {
    place,
    foldedInto,
    excludedBy: [...excludedBy, ...without],
    matchedWords,
    missingWords,
    standing: own ? standingOf(own) : null,
    lastScore: hits.at(-1)?.score ?? null,
    reasons,
  };
}

/** Those that say something, each once, whatever form it has; as a person reads them. */
export function askedWords({ plan, terms }: UnderstoodWords): string[] {
  const unknown = plan.unknown.map((place) => terms.tokens[place]?.word ?? '');
  return [...new Set([...plan.scored.map(({ word }) => word), ...unknown])];
}

/** Where nothing is looked for, all that pass are listed by time. */
export async function explainListed(
  parts: RankingParts,
  { userId, query }: SearchFilter,
  { id, list }: { readonly id: string; readonly list: () => Promise<readonly string[]> },
): Promise<Explanation> {
  if (!(await parts.repository.findFacts(userId, [id])).has(id)) throw notFound('memory');
  const [excludedBy, without, ids] = await Promise.all([
    findExcluding(query, (each) => parts.repository.passes({ userId, query: each }, id)),
    findForbidden(query, passesWords(parts, userId, id)),
    list(),
  ]);
  const words = { matchedWords: [], missingWords: [] };
  const place = ids.includes(id) ? ids.indexOf(id) + 1 : null;
  return explanationOf({ place, foldedInto: null, found: ids.length, excludedBy, without, ...words });
}

/** Where only the places of a list are known. */
export function explanationOf(known: Omit<Known, 'correctedTo'>): Explanation {
  const { found, without, ...shown } = known;
  const reasons = reasonsFor({ ...known, correctedTo: [] });
  if (reasons.length === 0) reasons.push(textsNow().search.explained.later(found));
  return {
    ...shown,
    excludedBy: [...shown.excludedBy, ...without],
    standing: null,
    lastScore: null,
    reasons,
  };
}

function standingOf({ score, contributions, closeness, candidate }: FusedHit) {
  return { score, contributions, closeness, words: candidate.words, meaning: candidate.meaning };
}

/** Each filter by itself: of several, all that stand in the way are named. */
export async function findExcluding(
  query: SearchQuery,
  passes: (query: SearchQuery) => Promise<boolean>,
): Promise<string[]> {
  const filters = singleFilters(query);
  const passed = await Promise.all(filters.map(passes));
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
export async function findForbidden(
  query: SearchQuery,
  passes: (words: SoughtWords) => Promise<boolean>,
): Promise<string[]> {
  const quoted = query.text.filter((group) => group.every(({ kind }) => kind === 'phrase'));
  const terms = [
    ...quoted.map((group) => ({ text: [group], withoutText: [] })),
    ...query.withoutText.map((term) => ({ text: [], withoutText: [term] })),
  ];
  const passed = await Promise.all(terms.map(passes));
  return terms.flatMap((words, i) => (passed[i] ? [] : [formatQuery({ ...emptyQuery(), ...words }).trim()]));
}

/** Whether it has them has nothing to do with where it is. */
function passesWords({ keyword, repository }: RankingParts, userId: string, id: string) {
  return async (words: SoughtWords): Promise<boolean> => {
    const allowed = allowedWords(await keyword.understand(words));
    if (!allowed) return true;
    const passes = (inTrash: boolean) =>
      repository.passes({ userId, query: { ...emptyQuery(), inTrash }, also: [allowed] }, id);
    return (await passes(false)) || passes(true);
  };
}

interface Known extends Pick<
  Explanation,
  'place' | 'foldedInto' | 'excludedBy' | 'matchedWords' | 'missingWords'
> {
  readonly found: number;
  readonly without: readonly string[];
  readonly correctedTo: Ranking['correctedTo'];
}

function reasonsFor(known: Known): string[] {
  const { place, found, foldedInto, excludedBy, without, matchedWords, missingWords, correctedTo } = known;
  const texts = textsNow();
  const reasons: string[] = [];
  for (const filter of excludedBy)
    reasons.push(filter.endsWith('in:trash') ? trashReason(filter) : texts.search.explained.leftOut(filter));
  for (const term of without)
    reasons.push(
      term.startsWith('-')
        ? texts.search.explained.hasExcluded(term)
        : texts.search.explained.lacksQuoted(term),
    );
  if (foldedInto !== null) reasons.push(texts.search.explained.folded);
  if (place !== null) reasons.push(texts.search.explained.place(place, found));
  for (const { from, to } of correctedTo) reasons.push(texts.search.explained.corrected(from, to));
  if (matchedWords.length === 0 && missingWords.length > 0) reasons.push(texts.search.explained.noWords);
  else if (missingWords.length > 0) reasons.push(texts.search.explained.missing(missingWords));
  return reasons;
}

const trashReason = (filter: string): string =>
  filter === 'in:trash' ? textsNow().search.explained.notInTrash : textsNow().search.explained.inTrash;
