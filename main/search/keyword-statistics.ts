import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import type { AskedPhrase, KeywordTerms } from './keyword-terms.ts';

/** A word as it stands in the index, in one of the languages of the library. */
export interface Lexeme {
  readonly lexeme: string;
  readonly id: number;
  /** In how many memories it stands, those of other people and of the trash included. */
  readonly documents: number;
}

export interface TokenMeaning {
  /** Its stems, by language. */
  readonly stems: ReadonlyMap<string, readonly Lexeme[]>;
  /** Words it begins, when it is a prefix. */
  readonly completions: readonly Lexeme[];
  /** So common in its language that it says nothing beside others. */
  readonly small: boolean;
  /** In lower case and without accents. */
  readonly plain: string;
}

export interface KeywordStatistics {
  /** All memories of the library. */
  readonly documents: number;
  readonly languages: readonly string[];
  /** How many changes of its counts are to be added up each time, until they are gathered. */
  readonly ungathered: number;
  /** For each token that was asked about. */
  readonly tokens: readonly TokenMeaning[];
  readonly required: readonly (readonly string[])[];
  readonly excluded: readonly string[];
}

/** As many completions of a prefix as a person may mean, the commonest; looked for among the first of the alphabet. */
const mostCompletions = 500;
/** Of one or two letters, nobody means all that begins so. */
const mostOfLetters = 30;
const mostLookedAt = 2000;
/** What must not be there is looked for to the last word. */
const mostExcluded = 100_000;

const counted = (words: string) => `select word, sum(documents)::integer as documents from (
    select word, documents from word where ${words} union all
    select word, documents from word_change where ${words}) c group by word having sum(documents) > 0`;

/**
 * $1 tokens, $2 whether each is a prefix, $3 all of the text, $4 phrases, $5 whether each is to be looked at in the
 * text itself, $6 whether each token must not be there.
 */
const lookUpSql = `
  with language as materialized (
    select substr(word, 2) as name, documents, ('loci_' || substr(word, 2))::regconfig as configuration
    from (${counted(`word >= E'\\x01' and word < E'\\x02'`)}) l
  ), usual as materialized (
    select language_of($3, coalesce((select name from language order by documents desc, name limit 1), 'simple')) as name
  ), asked as materialized (
    select n::integer as n, a.text, prefix, excluded, coalesce((tsvector_to_array(to_tsvector('loci_simple', a.text)))[1], '') as plain,
      case when u.name <> 'simple'
        then ts_lexize((u.name || '_stem')::regdictionary, lower(a.text)) = '{}' else false end as small
    from usual u cross join (
      select fold_words(text) as text, prefix, excluded, n
      from unnest($1::text[], $2::boolean[], $6::boolean[]) with ordinality t(text, prefix, excluded, n)) a
  ), stem as (
    select a.n, l.name as language, s.lexeme
    from asked a cross join language l cross join lateral unnest(tsvector_to_array(to_tsvector(l.configuration, a.text))) s(lexeme)
  ), completion as (
    select a.n, null as language, w.word as lexeme from asked a cross join lateral (
      select word, sum(documents) as documents from (
        (select word, documents from word
         where word >= a.plain and word < a.plain || U&'\\+10FFFF' limit case when a.excluded then ${mostExcluded} else ${mostLookedAt} end)
        union all
        (select word, documents from word_change
         where word >= a.plain and word < a.plain || U&'\\+10FFFF' limit case when a.excluded then ${mostExcluded} else ${mostLookedAt} end)) c
      group by word having sum(documents) > 0 order by 2 desc, word
      limit case when a.excluded then ${mostExcluded} when char_length(a.plain) < 3 then ${mostOfLetters} else ${mostCompletions} end) w
    where a.prefix and a.plain <> ''
  ), begun as (
    -- "gardeni" is on its way to "gardening", which is kept as "garden".
    select a.n, null as language, w.word as lexeme from asked a cross join lateral (
      select word from word where word = any(array(
        select left(a.plain, k) from generate_series(greatest(4, char_length(a.plain) - 4), char_length(a.plain) - 1) k))
      order by char_length(word) desc limit 1) w
    where a.prefix and not a.excluded and not exists (select from completion c where c.n = a.n)
  ), found as (
    select n, language, lexeme from stem union select n, language, lexeme from completion union select n, language, lexeme from begun
  )
  select
    coalesce((select sum(documents) from language), 0)::integer as documents,
    array(select name from language order by documents desc, name) as languages,
    (select count(*)::integer from word_change where word >= E'\\x01' and word < E'\\x02') as ungathered,
    array(select json_build_object('plain', plain, 'small', small) from asked order by n) as tokens,
    (select coalesce(json_agg(json_build_array(f.n, f.language, f.lexeme, word_id(f.lexeme),
       coalesce((select w.documents from word w where w.word = f.lexeme), 0)
       + coalesce((select sum(w.documents) from word_change w where w.word = f.lexeme), 0))), '[]') from found f) as found,
    array(select coalesce(string_agg(distinct '(' || q.query::text || ')', '|') filter (where numnode(q.query) > 0), '')
      from unnest($4::text[], $5::boolean[]) with ordinality p(text, loose, n)
        left join language l on true
        cross join lateral (select case when p.loose then plainto_tsquery(l.configuration, fold_words(p.text))
          else phraseto_tsquery(l.configuration, fold_words(p.text)) end as query) q
      group by p.n order by p.n) as phrases`;

interface LookUpRow {
  readonly documents: number;
  readonly languages: readonly string[];
  readonly ungathered: number;
  readonly tokens: readonly { readonly plain: string; readonly small: boolean }[];
  readonly found: readonly (readonly [
    n: number,
    language: string | null,
    lexeme: string,
    id: number,
    documents: number,
  ])[];
  readonly phrases: readonly string[];
}

/** How the words of a query stand in the library, by one statement. */
export async function findStatistics(
  em: EntityManager,
  terms: KeywordTerms,
  signal?: AbortSignal,
): Promise<KeywordStatistics> {
  const phrases: AskedPhrase[] = [...terms.required.flat(), ...terms.excludedPhrases];
  const [row] = await runPrepared<LookUpRow>(
    em,
    {
      name: 'loci_look_up_words',
      sql: lookUpSql,
      values: [
        terms.tokens.map(({ text }) => text),
        terms.tokens.map(({ prefix }) => prefix),
        terms.tokens.map(({ word }) => word).join(' '),
        phrases.map(({ text }) => text),
        phrases.map(({ literal }) => literal !== null),
        terms.tokens.map(({ isExcluded }) => isExcluded),
      ],
    },
    signal,
  );
  if (!row) throw new Error('The statistics of words came back empty');
  const tokens = row.tokens.map((token) => ({
    ...token,
    stems: new Map<string, Lexeme[]>(),
    completions: new Array<Lexeme>(),
  }));
  for (const [n, language, lexeme, id, documents] of row.found) {
    const token = tokens[n - 1];
    if (!token) continue;
    const found = { lexeme, id, documents: Math.max(0, documents) };
    if (language === null) token.completions.push(found);
    else token.stems.set(language, [...(token.stems.get(language) ?? []), found]);
  }
  let place = 0;
  const required = terms.required.map((group) => group.map(() => row.phrases[place++] ?? ''));
  const excluded = terms.excludedPhrases.map(() => row.phrases[place++] ?? '');
  return {
    documents: row.documents,
    languages: row.languages,
    ungathered: row.ungathered,
    tokens,
    required,
    excluded,
  };
}
