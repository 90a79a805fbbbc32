import type { EntityManager } from '@mikro-orm/postgresql';
import type { SearchQuery } from '../../shared/query/search-query.ts';
import type { MemorySummary } from '../../shared/schemas/memory.ts';
import { runPrepared } from '../database/prepared-query.ts';
import { factColumns } from '../memories/memory.repository.ts';
import { type CorrectedWords, findCorrections, findUnknown } from './keyword-correction.ts';
import { planKeywords, queryVector, type ScoredWord, vectorOf } from './keyword-plan.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import { findStatistics, type KeywordStatistics } from './keyword-statistics.ts';
import { keywordTerms, type AskedPhrase, type SoughtWords } from './keyword-terms.ts';
import { conditionsOf, newParameters, type Parameters } from './search-filter.ts';

export interface AsOfFilter {
  readonly userId: string;
  readonly query: SearchQuery;
  /** The library as it was just before this instant. */
  readonly at: string;
}

/** A memory as it was. */
export interface PastMemory extends MemorySummary {
  /** By the names they had. */
  readonly tagNames: readonly string[];
  /** Whether its text, title, importance and tags are the same to this day. */
  readonly isCurrent: boolean;
  /** Equal for those that said the very same. */
  readonly contentKey: string;
  readonly score: number;
  /** Places in the plan's words, from 1. */
  readonly matched: readonly number[];
}

export interface PastText {
  readonly id: string;
  readonly language: string;
  readonly title: string | null;
  readonly content: string;
}

/** Of a word that stands everywhere not each memory is looked at. */
const mostCandidates = 10_000;
/** Where the rare words say enough, the common ones do not have to. */
const enough = 5_000;

/** What words are known of a library, those of earlier texts among them, which no memory may have any more. */
export async function understandPast(
  em: EntityManager,
  words: SoughtWords,
  signal?: AbortSignal,
): Promise<UnderstoodWords> {
  const terms = keywordTerms(words);
  const statistics = await findStatistics(em, terms, signal);
  const known = {
    ...statistics,
    tokens: statistics.tokens.map((token) => ({
      ...token,
      stems: new Map(
        [...token.stems].map(([language, stems]) => [
          language,
          stems.map((stem) => ({ ...stem, documents: Math.max(1, stem.documents) })),
        ]),
      ),
    })),
  };
  return { terms, statistics: known, plan: planKeywords(terms, known) };
}

/** For words that no memory of today has either, those like them. */
export async function correctPast(
  em: EntityManager,
  words: SoughtWords,
  userId: string,
  signal?: AbortSignal,
): Promise<CorrectedWords | undefined> {
  const terms = keywordTerms(words);
  const statistics = await findStatistics(em, terms, signal);
  const understood = { terms, statistics, plan: planKeywords(terms, statistics) };
  const own = { userId, inTrash: null };
  const unknown = await findUnknown(em, understood, own, new Set(), signal);
  return findCorrections(em, understood, unknown, own, signal);
}

/** The best by words among the memories as they were, or the first of them by time; without words, the latest. */
export async function findPast(
  em: EntityManager,
  filter: AsOfFilter,
  understood: UnderstoodWords,
  {
    limit,
    order = 'relevance',
    signal,
  }: { limit: number; order?: 'relevance' | 'newest' | 'oldest'; signal?: AbortSignal | undefined },
): Promise<PastMemory[]> {
  const { scored } = understood.plan;
  if (scored.length === 0) {
    const direction = order === 'oldest' ? 'oldest' : 'newest';
    return run(em, filter, understood, () => latest(direction), { limit, signal });
  }
  let found: PastMemory[] = [];
  // The latest may have no more than a common word.
  for (const count of order === 'relevance' ? attemptsOf(scored) : [scored.length]) {
    const chosen = scored.slice(0, count);
    const sourceOf = (p: Parameters) => byWords(chosen, understood, order, p);
    found = await run(em, filter, understood, sourceOf, { limit, signal });
    if (found.length >= limit / 2) break;
  }
  return found;
}

/** This one as it was, with the words of the query that it had; undefined if it did not pass then. */
export async function findPastOne(
  em: EntityManager,
  filter: AsOfFilter,
  understood: UnderstoodWords,
  id: string,
): Promise<PastMemory | undefined> {
  const one = ({ add }: Parameters): Source => ({
    sql: `select ${add(id)}::uuid as memory_id, 0::float8 as score`,
    order: 'found.memory_id',
  });
  const [found] = await run(em, filter, understood, one, { limit: 1, signal: undefined });
  return found;
}

/** The texts of these memories as they were, as much of them as words are looked for in. */
export async function findPastTexts(
  em: EntityManager,
  { userId, at }: Pick<AsOfFilter, 'userId' | 'at'>,
  ids: readonly string[],
): Promise<PastText[]> {
  return runPrepared<PastText & { [column: string]: unknown }>(em, {
    name: 'loci_past_texts',
    sql: `select m.id, coalesce(p.language, w.language, 'simple') as language,
        case when v.number is null then m.title else v.title end as title, coalesce(v.content, m.content) as content
      from memory m left join memory_word w on w.memory_id = m.id
        left join lateral (${stateSql('$3')}) v on true left join lateral (${pastWordSql('$3')}) p on true
      where m.id = any($1::uuid[]) and m.user_id = $2::uuid and m.created_at < $3::timestamptz`,
    values: [[...ids], userId, at],
  });
}

/** The state that `m` was in; none if it is still the same. Those that were merged in were of another memory. */
const stateSql = (at: string): string => `
  select s.number, s.title, s.content, s.importance, s.tags from memory_version s
  where s.memory_id = m.id and not s.merged and s.created_at >= ${at}::timestamptz order by s.number limit 1`;

/** The words of the text that `m` had; none if it still has it. */
const pastWordSql = (at: string): string => `
  select s.words, s.language from memory_past_word s
  where s.memory_id = m.id and s.ended_at >= ${at}::timestamptz order by s.number limit 1`;

/** The audit knows of each time it was thrown away and taken back. */
const wasTrashedSql = (at: string): string => `coalesce(
  (select e.action = 'trashed' from audit_event e
   where e.entity_id = m.id and e.action in ('trashed', 'restored') and e.occurred_at < ${at}::timestamptz
   order by e.sequence desc limit 1),
  m.deleted_at < ${at}::timestamptz, false)`;

/** Rows with `memory_id` and `score`, and the order in which they are to be looked at. */
interface Source {
  readonly sql: string;
  readonly order: string;
}

async function run(
  em: EntityManager,
  filter: AsOfFilter,
  understood: UnderstoodWords,
  sourceOf: (parameters: Parameters) => Source,
  { limit, signal }: { limit: number; signal: AbortSignal | undefined },
): Promise<PastMemory[]> {
  const { userId, query, at } = filter;
  const parameters = newParameters(userId, at);
  const { sql: source, order } = sourceOf(parameters);
  const words = understood.plan.scored.map((word) => wordQuery(word, understood));
  const state = `left join lateral (${stateSql('$2')}) v on true`;
  const names = `cross join lateral (select coalesce(v.tags, array(
    select t.name from memory_tag l join tag t on t.id = l.tag_id where l.memory_id = m.id
    order by lower(t.name))) as names offset 0) n`;
  const text = `cross join lateral (select coalesce(
    (select words from (${pastWordSql('$2')}) s), (select s.words from memory_word s where s.memory_id = m.id)
    ) as words offset 0) w`;
  const then = conditionsThen(query, parameters);
  const said = wordConditions(understood, parameters);
  const conditions = [`m.user_id = $1::uuid and m.created_at < $2::timestamptz`, ...then, ...said];
  // What is asked of thousands is no more than the conditions need; all that is shown is read of the few that are left.
  const passing = `
    select found.* from (${source}) found join memory m on m.id = found.memory_id
      ${then.length + said.length > 0 ? state : ''} ${then.length > 0 ? names : ''} ${said.length > 0 ? text : ''}
    where ${conditions.join(' and ')} and ${wasTrashedSql('$2')} = ${query.inTrash}
    order by ${order} limit ${limit}`;
  const rows = await runPrepared<PastMemory & { [column: string]: unknown }>(
    em,
    {
      sql: `
        select ${factColumns}, v.number as past_number, v.title as past_title, v.importance as past_importance,
          left(coalesce(v.content, m.content), 300) as preview, concat_ws(' ', encode(case when v.number is null
            then m.content_hash else sha256(convert_to(v.content, 'UTF8')) end, 'hex'),
            case when coalesce(v.content, m.content) = '' then coalesce(v.title, m.title) end) as "contentKey", n.names as "tagNames",
          array(select t.id::text from tag t where t.user_id = m.user_id and lower(t.name) = any(
            select lower(each) from unnest(n.names) each) order by t.id) as "tagIds",
          found.score, array(
            select q.n::integer from unnest(${parameters.add(words)}::tsquery[]) with ordinality q(query, n)
            where w.words @@ q.query) as matched
        from (${passing}) found join memory m on m.id = found.memory_id ${state} ${names} ${text}
        order by ${order}`,
      values: parameters.values,
    },
    signal,
  );
  return rows.map(({ past_number, past_title, past_importance, ...row }) => ({
    ...row,
    isCurrent: past_number === null,
    deletedAt: query.inTrash ? row.deletedAt : null,
    ...(typeof past_number === 'number' ? { version: past_number } : {}),
    ...(past_number === null ? {} : { title: typeof past_title === 'string' ? past_title : null }),
    ...(typeof past_importance === 'number' ? { importance: past_importance } : {}),
  }));
}

/** Both parts of the library are in the order of an index: what was thrown away since was there then. */
function latest(direction: 'newest' | 'oldest'): Source {
  const way = direction === 'newest' ? 'desc' : 'asc';
  const part = (trashed: string) =>
    `(select id as memory_id, 0::float8 as score, occurred_at from memory
      where user_id = $1::uuid and deleted_at is ${trashed} order by occurred_at ${way}, id ${way})`;
  const order = `found.occurred_at ${way}, found.memory_id ${way}`;
  return {
    sql: `select * from (${part('null')} union all ${part('not null')}) found order by ${order} offset 0`,
    order,
  };
}

function byWords(
  chosen: readonly ScoredWord[],
  understood: UnderstoodWords,
  order: 'relevance' | 'newest' | 'oldest',
  { add }: Parameters,
): Source {
  const { scored } = understood.plan;
  const vector = `${add(queryVector(scored))}::sparsevec`;
  const excluded = understood.plan.excludedIds;
  const without = excluded.length > 0 ? `and (c.weights <#> ${add(vectorOf(excluded))}::sparsevec) = 0` : '';
  const ids = `${add([...new Set(chosen.flatMap((word) => word.ids))])}::integer[]`;
  const any = `${add(chosen.map((word) => wordQuery(word, understood)).join('|'))}::tsquery`;
  // A word of which only the beginning was typed has no weight where no memory of today has it.
  const sql = `
    select * from (
      (select c.memory_id, -(c.weights <#> ${vector})::float8 as score from memory_word_weight c
       where c.user_id = $1::uuid and words_in(c.weights) && ${ids} ${without}
         and not exists (select from memory_past_word p where p.memory_id = c.memory_id and p.ended_at >= $2::timestamptz)
       limit ${mostCandidates})
      union all
      (select p.memory_id, greatest(0.01, -(p.weights <#> ${vector}))::float8 from memory_past_word p
       where p.words @@ ${any} and p.ended_at >= $2::timestamptz and not exists (
         select from memory_past_word e
         where e.memory_id = p.memory_id and e.ended_at >= $2::timestamptz and e.number < p.number)
       limit ${mostCandidates})
    ) found order by found.score desc, found.memory_id offset 0`;
  const way = order === 'newest' ? 'desc' : 'asc';
  return {
    sql,
    order:
      order === 'relevance'
        ? 'found.score desc, found.memory_id'
        : `m.occurred_at ${way}, found.memory_id ${way}`,
  };
}

/** How many of the words, the rarest first, have to be looked for. */
function attemptsOf(scored: readonly ScoredWord[]): number[] {
  let sum = 0;
  const few = scored.findIndex((word) => (sum += word.documents) >= enough) + 1;
  return few > 0 && few < scored.length ? [few, scored.length] : [scored.length];
}

/** One word as Postgres looks for it: each of its stems, and what begins so if it is still being typed. */
function wordQuery({ word, lexemes }: ScoredWord, { terms, statistics }: UnderstoodWords): string {
  const begun = terms.tokens.flatMap((token, place) => {
    const plain = statistics.tokens[place]?.plain ?? '';
    return token.word === word && token.prefix && plain !== '' ? [`${quoted(plain)}:*`] : [];
  });
  return [...lexemes.map(quoted), ...begun].join('|');
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll(/['\\]/g, '$&$&')}'`;

/** What has to be there, and what must not. */
function wordConditions({ terms, statistics }: UnderstoodWords, { add }: Parameters): string[] {
  const holds = ({ literal }: AskedPhrase, asked: string): string => {
    if (asked === '') return 'false';
    const words = `w.words @@ ${add(asked)}::tsquery`;
    return literal === null
      ? words
      : `(${words} and position(lower(${add(literal)}) in lower(normalize(concat_ws(' ',
          case when v.number is null then m.title else v.title end, coalesce(v.content, m.content)), NFKC))) > 0)`;
  };
  const required = terms.required.map((group, index) => {
    const alternatives = group.map((phrase, place) =>
      holds(phrase, statistics.required[index]?.[place] ?? ''),
    );
    return `(${alternatives.join(' or ')})`;
  });
  const phrases = terms.excludedPhrases.map(
    (phrase, index) => `not ${holds(phrase, statistics.excluded[index] ?? '')}`,
  );
  const words = terms.excludedTokens.flatMap((place) => lexemesAt(statistics, place));
  const excluded = words.length > 0 ? [`not w.words @@ ${add(words.map(quoted).join('|'))}::tsquery`] : [];
  return [...required, ...phrases, ...excluded];
}

const lexemesAt = ({ tokens }: KeywordStatistics, place: number): string[] =>
  [...(tokens[place]?.stems.values() ?? [])].flat().map(({ lexeme }) => lexeme);

/** Tags, importance and history are as they were then; of all else only what is so today is known. */
function conditionsThen(query: SearchQuery, parameters: Parameters): string[] {
  const { add } = parameters;
  const conditions = conditionsOf(
    { ...query, tags: [], withoutTags: [], untagged: null, importance: null, hasVersion: null },
    '$1',
    parameters,
  );
  const tagged = (names: readonly string[]) => `exists (select from unnest(n.names) each
    where lower(each) = any(select lower(asked) from unnest(${add([...names])}::text[]) asked))`;
  for (const group of query.tags) conditions.push(tagged(group));
  if (query.withoutTags.length > 0) conditions.push(`not ${tagged(query.withoutTags)}`);
  if (query.untagged !== null) conditions.push(`(n.names = '{}') = ${query.untagged}`);
  const { from = null, to = null } = query.importance ?? {};
  const importance = 'coalesce(v.importance, m.importance)';
  for (const [edge, sign] of [
    [from, '>'],
    [to, '<'],
  ] as const)
    if (edge)
      conditions.push(
        `${importance} ${sign}${edge.inclusive ? '=' : ''} ${add(edge.value)}::double precision`,
      );
  if (query.hasVersion !== null)
    conditions.push(`exists (select from memory_version e where e.memory_id = m.id and not e.merged
      and e.created_at < $2::timestamptz) = ${query.hasVersion}`);
  return conditions;
}
