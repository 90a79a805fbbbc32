import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared, type PreparedQuery } from '../database/prepared-query.ts';
import {
  type Attempt,
  type Candidates,
  type KeywordPlan,
  manyWords,
  queryVector,
  vectorOf,
} from './keyword-plan.ts';
import type { KeywordStatistics } from './keyword-statistics.ts';
import type { AskedPhrase, KeywordTerms } from './keyword-terms.ts';
import { isFiltered, newParameters, type Parameters, passing, type SearchFilter } from './search-filter.ts';

/** All that is known about a query before memories are looked at. */
export interface UnderstoodWords {
  readonly terms: KeywordTerms;
  readonly statistics: KeywordStatistics;
  readonly plan: KeywordPlan;
}

export interface ScoredMemory {
  readonly id: string;
  readonly score: number;
  /** Places in `plan.scored`, from 1. */
  readonly matched: readonly number[];
}

interface SearchInput {
  readonly understood: UnderstoodWords;
  readonly filter: SearchFilter;
  readonly limit: number;
  /** Each of those that pass is looked at. */
  readonly areFew?: boolean;
}

/** The best of the candidates, or of the memories that the filter names. */
export async function findBest(
  em: EntityManager,
  input: SearchInput,
  attempt: Attempt | undefined,
  signal?: AbortSignal,
): Promise<ScoredMemory[]> {
  return runPrepared<{ id: string; score: number; matched: number[] }>(em, bestQuery(input, attempt), signal);
}

/** Exported for the tests of plans. */
export function bestQuery(
  { understood, filter, limit, areFew = false }: SearchInput,
  attempt: Attempt | undefined,
): PreparedQuery {
  const { scored } = understood.plan;
  const parameters = newParameters(
    queryVector(scored),
    scored.map(({ ids }) => vectorOf(ids)),
    limit,
  );
  const own = areFew
    ? [`c.memory_id = any(array(${passing(filter, parameters)}))`]
    : ownConditions(filter, parameters);
  const words = wordConditions(understood, filter, parameters);
  // Rows that a filter lets through take long to find.
  const mostFound = isFiltered(filter) ? Math.max(5 * limit, 1000) : Number.POSITIVE_INFINITY;
  const score = '-(c.weights <#> $1::sparsevec) as score';
  const branches = attempt?.candidates.map((candidates) => {
    const { most } = candidates;
    // Either so many are looked at, or so many are found.
    if (most !== undefined && !attempt.thorough)
      return `(select c.memory_id, ${score} from ${candidateRows(candidates, words, { most, isShared: true }, parameters)} c
        where ${own.join(' and ')})`;
    const room = { most: most && Math.min(most, mostFound), isShared: !isFiltered(filter) };
    return `(select c.memory_id, ${score} from ${candidateRows(candidates, [...words, ...own], room, parameters)} c)`;
  }) ?? [
    `(select c.memory_id, ${score} from memory_word_weight c where ${[
      ...(understood.terms.required.length > 0 ? [] : ['(c.weights <#> $1::sparsevec) < 0']),
      ...words,
      ...own,
    ].join(' and ')})`,
  ];
  const isOnce = !attempt?.candidates.some(isManyWords);
  const all =
    branches.length === 1 && isOnce
      ? `${branches.join('')} c`
      : `(select memory_id, max(score) as score from (${branches.join(' union all ')}) b group by memory_id) c`;
  // Phrases are looked for in the best first, until there are enough: to look takes longer than to score.
  const phrases = phraseConditions(understood, parameters);
  const ranked = 'order by score desc, memory_id';
  const best =
    phrases.length === 0
      ? `select memory_id, score from ${all} ${ranked} limit $3::integer`
      : `select memory_id, score from (select memory_id, score from ${all} ${ranked} offset 0) c
         where ${phrases.join(' and ')} limit $3::integer`;
  // Which words matched is asked of the best alone.
  const sql = `select best.memory_id as id, best.score, array(
      select n::integer from unnest($2::sparsevec[]) with ordinality v(vector, n)
      where (w.weights <#> v.vector) < 0) as matched
    from (${best}) best join memory_word_weight w on w.memory_id = best.memory_id
    order by best.score desc, best.memory_id`;
  return {
    // There are many filters, and what is right for one is wrong for another: each is planned by itself.
    ...(isFiltered(filter)
      ? {}
      : { name: `loci_${createHash('sha1').update(sql).digest('hex').slice(0, 16)}` }),
    sql,
    values: parameters.values,
  };
}

/** The scores of these memories, those without any of the words at 0; of those that are this person's. */
export async function findScores(
  em: EntityManager,
  { plan }: UnderstoodWords,
  userId: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ScoredMemory[]> {
  return runPrepared<{ id: string; score: number; matched: number[] }>(
    em,
    {
      name: 'loci_score_words',
      sql: `select w.memory_id as id, -(w.weights <#> $1::sparsevec) as score, array(
          select n::integer from unnest($2::sparsevec[]) with ordinality v(vector, n)
          where (w.weights <#> v.vector) < 0) as matched
        from memory_word_weight w where w.memory_id = any($3::uuid[]) and w.user_id = $4::uuid`,
      values: [queryVector(plan.scored), plan.scored.map((word) => vectorOf(word.ids)), [...ids], userId],
    },
    signal,
  );
}

/** Which of these memories have all that has to be there and nothing that must not. */
export async function findAllowed(
  em: EntityManager,
  understood: UnderstoodWords,
  userId: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const parameters = newParameters([...ids], userId);
  const { excludedIds } = understood.plan;
  const conditions = phraseConditions(understood, parameters);
  if (excludedIds.length > 0)
    conditions.unshift(`(c.weights <#> ${parameters.add(vectorOf(excludedIds))}::sparsevec) = 0`);
  const rows = await runPrepared<{ id: string }>(
    em,
    {
      sql: `select c.memory_id as id from memory_word_weight c
        where ${['c.memory_id = any($1::uuid[])', 'c.user_id = $2::uuid', ...conditions].join(' and ')}`,
      values: parameters.values,
    },
    signal,
  );
  return new Set(rows.map(({ id }) => id));
}

function ownConditions(filter: SearchFilter, parameters: Parameters): string[] {
  if (filter.ids)
    return [
      `c.memory_id = any(${parameters.add([...filter.ids])}::uuid[])`,
      `c.user_id = ${parameters.add(filter.userId)}::uuid`,
      `c.trashed = ${filter.query.inTrash}`,
    ];
  if (isFiltered(filter)) return [`exists (${passing(filter, parameters, 'c.memory_id')})`];
  return [`c.user_id = ${parameters.add(filter.userId)}::uuid`, `c.trashed = ${filter.query.inTrash}`];
}

/** What the index and the weights can tell. */
function wordConditions(
  { terms, statistics, plan }: UnderstoodWords,
  { ids: named }: SearchFilter,
  parameters: Parameters,
): string[] {
  const conditions: string[] = [];
  if (plan.excludedIds.length > 0)
    conditions.push(`(c.weights <#> ${parameters.add(vectorOf(plan.excludedIds))}::sparsevec) = 0`);
  // Where memories are named, no index is needed to find them, and without one this would be slow.
  for (const group of named ? [] : terms.required) {
    // Those that have all words of a phrase; in which order, the words themselves tell.
    const ids = group.flatMap((phrase) => idsOfPhrase(phrase, statistics));
    const holds = ids.map((list) => `words_in(c.weights) @> ${parameters.add(list)}::integer[]`);
    if (holds.length > 0) conditions.push(`(${holds.join(' or ')})`);
  }
  return conditions;
}

/** On a row `c` of the index of words. */
export function phraseConditions({ terms, statistics }: UnderstoodWords, parameters: Parameters): string[] {
  const required = terms.required.map((group, index) => {
    const alternatives = group.map((phrase, place) =>
      phraseCondition(phrase, statistics.required[index]?.[place] ?? '', parameters),
    );
    return `(${alternatives.join(' or ')})`;
  });
  const excluded = terms.excludedPhrases.map(
    (phrase, index) => `not ${phraseCondition(phrase, statistics.excluded[index] ?? '', parameters)}`,
  );
  return [...required, ...excluded];
}

/** Asked for one after the other, and a memory may be found, and counted, by several. */
const isManyWords = ({ any, withoutIndex }: Candidates): boolean => !withoutIndex && any.length > manyWords;
/** Of each word at least so many, where not all can be looked at: the commonest are asked for first. */
const leastOfEach = 20;

interface Room {
  readonly most: number | undefined;
  /** So that no word takes all of it. Where a filter leaves few, all that pass are wanted. */
  readonly isShared: boolean;
}

function candidateRows(
  candidates: Candidates,
  others: readonly string[],
  { most, isShared }: Room,
  { add }: Parameters,
): string {
  const { any, all = [], emphatic, withoutIndex } = candidates;
  const has = (ids: readonly number[]) => `(c.weights <#> ${add(vectorOf(ids))}::sparsevec) < 0`;
  const inIndex = (ids: readonly number[]) => `words_in(c.weights) && ${add(ids)}::integer[]`;
  const rowsWith = (anyOfThem: string) => {
    const conditions = [
      anyOfThem,
      ...all.map((ids) => (ids.length > manyWords ? has(ids) : inIndex(ids))),
      ...(emphatic ? [inIndex(emphatic)] : []),
      ...others,
    ];
    return `select c.memory_id, c.user_id, c.trashed, c.weights from memory_word_weight c where ${conditions.join(' and ')}`;
  };
  const limit = most === undefined ? '' : `limit ${most}`;
  if (!isManyWords(candidates)) return `(${rowsWith(withoutIndex ? has(any) : inIndex(any))} ${limit})`;
  const ofEach =
    most !== undefined && isShared
      ? `limit ${add(Math.max(leastOfEach, Math.ceil((2 * most) / any.length)))}::bigint`
      : '';
  return `(select c.* from unnest(${add(any)}::integer[]) word(id) cross join lateral (
      ${rowsWith('words_in(c.weights) && array[word.id]')} ${ofEach}) c ${limit})`;
}

function phraseCondition({ literal }: AskedPhrase, query: string, { add }: Parameters): string {
  if (query === '') return 'false';
  const words = `exists (select from memory_word p where p.memory_id = c.memory_id and p.words @@ ${add(query)}::tsquery offset 0)`;
  if (literal === null) return words;
  return `(${words} and exists (select from memory p where p.id = c.memory_id
    and position(lower(${add(literal)}) in lower(normalize(concat_ws(' ', p.title, p.content), NFKC))) > 0 offset 0))`;
}

/** Its words in each language of the library, where they differ. */
export function idsOfPhrase(
  { tokens }: AskedPhrase,
  { languages, tokens: meanings }: KeywordStatistics,
): number[][] {
  const lists = languages.map((language) =>
    tokens.flatMap((place) => meanings[place]?.stems.get(language)?.map(({ id }) => id) ?? []),
  );
  const different = new Map(lists.map((ids) => [ids.toSorted((a, b) => a - b).join(), ids]));
  return [...different.values()].filter((ids) => ids.length > 0);
}
