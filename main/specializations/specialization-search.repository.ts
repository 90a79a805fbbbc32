import type { EntityManager } from '@mikro-orm/postgresql';
import type { SpecializationQuery } from '../../shared/query/specialization/specialization-query.ts';
import { runPrepared } from '../database/prepared-query.ts';
import { vectorLiteral } from '../database/vector.ts';
import type { QueryEmbedding } from '../search/query-embedding.ts';
import type { KeywordTerms } from '../search/keyword-terms.ts';
import { newParameters, type Parameters } from '../search/search-filter.ts';
import { specializationConditions } from './specialization-conditions.ts';

/** How the words of a query stand in the specializations that pass its filters. */
export interface FoundWords {
  readonly documents: number;
  readonly averageLength: number;
  /** By the places of the tokens: whether each is so common in its language that it says nothing beside others. */
  readonly small: readonly boolean[];
  readonly matches: readonly WordMatch[];
}

export interface WordMatch {
  readonly id: string;
  readonly length: number;
  /** Place of the token, and how often it is said; in the name it counts three times. */
  readonly times: readonly (readonly [place: number, times: number])[];
}

export interface FoundMeaning {
  readonly id: string;
  readonly cosine: number;
  readonly source: 'description' | 'memories';
}

interface WordsRow {
  readonly documents: number;
  readonly average: number | null;
  readonly small: readonly boolean[];
  readonly matches: readonly (readonly [id: string, length: number, place: number, times: number])[];
}

/** By words and by meanings: a person has thousands of specializations at most, so all of them are looked at. */
export class SpecializationSearchRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** The newest first. */
  async findPassing(
    userId: string,
    query: SpecializationQuery,
    terms: KeywordTerms,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const parameters = newParameters();
    const conditions = allConditions(userId, query, terms, parameters);
    const rows = await runPrepared<{ id: string }>(
      this.#em,
      {
        sql: `select s.id from specialization s join specialization_word w on w.specialization_id = s.id
          where ${conditions} order by s.created_at desc, s.id desc`,
        values: parameters.values,
      },
      signal,
    );
    return rows.map(({ id }) => id);
  }

  async findWords(
    userId: string,
    query: SpecializationQuery,
    terms: KeywordTerms,
    signal?: AbortSignal,
  ): Promise<FoundWords> {
    const asked = terms.scored.map((place) => terms.tokens[place]);
    const parameters = newParameters(
      asked.map((token) => token?.text ?? ''),
      asked.map((token) => token?.prefix ?? false),
      asked.map((token) => token?.word ?? '').join(' '),
    );
    const conditions = allConditions(userId, query, terms, parameters);
    const [row] = await runPrepared<WordsRow & { [column: string]: unknown }>(
      this.#em,
      {
        sql: `
          with own as materialized (
            select s.id, w.language, w.words, w.length
            from specialization s join specialization_word w on w.specialization_id = s.id where ${conditions}
          ), usual as materialized (
            select language_of($3, usual_language()) as name
          ), language as materialized (
            select distinct language as name, ('loci_' || language)::regconfig as configuration from own
          ), asked as materialized (
            select n::integer - 1 as n, fold_words(t.text) as text, prefix,
              coalesce((tsvector_to_array(to_tsvector('loci_simple', fold_words(t.text))))[1], '') as plain,
              case when u.name = 'simple' then false
                else ts_lexize((u.name || '_stem')::regdictionary, fold_words(t.text)) = '{}' end as small
            from usual u cross join unnest($1::text[], $2::boolean[]) with ordinality t(text, prefix, n)
          ), stem as materialized (
            select a.n, l.name as language, s.lexeme
            from asked a cross join language l
              cross join lateral unnest(tsvector_to_array(to_tsvector(l.configuration, a.text))) s(lexeme)
            where not a.small or not exists (select from asked where not small)
          ), beginning as materialized (
            select a.n, a.plain, array(select lexeme from stem s where s.n = a.n) as stems
            from asked a where a.prefix and a.plain <> ''
          ), wanted as materialized (
            -- What has none of them need not be taken apart.
            select l.name as language, coalesce(string_agg(part, '|'), '')::tsquery as query
            from language l left join (
              select language, '''' || replace(lexeme, '''', '''''') || '''' as part from stem
              union
              select name, '''' || replace(plain, '''', '''''') || ''':*' from beginning cross join language
            ) p on p.language = l.name group by l.name
          ), said as materialized (
            select o.id, o.length, o.language, u.lexeme,
              cardinality(u.positions) + 2 * cardinality(array_positions(u.weights, 'A')) as times
            from own o join wanted w on w.language = o.language and o.words @@ w.query
              cross join lateral unnest(o.words) u(lexeme, positions, weights)
          ), match as (
            select id, length, n, sum(times)::integer as times from (
              select s.id, s.length, t.n, s.times from said s join stem t on t.language = s.language and t.lexeme = s.lexeme
              union all
              select s.id, s.length, b.n, s.times
              from beginning b join said s on starts_with(s.lexeme, b.plain) and s.lexeme <> all(b.stems)
            ) each group by id, length, n
          )
          select (select count(*)::integer from own) as documents, (select avg(length)::float8 from own) as average,
            array(select small from asked order by n) as small,
            (select coalesce(json_agg(json_build_array(id, length, n, times)), '[]') from match) as matches`,
        values: parameters.values,
      },
      signal,
    );
    const grouped = Map.groupBy(row?.matches ?? [], ([id]) => id);
    return {
      documents: row?.documents ?? 0,
      averageLength: Math.max(1, row?.average ?? 1),
      small: row?.small ?? [],
      matches: [...grouped].map(([id, matches]) => ({
        id,
        length: matches[0]?.[1] ?? 0,
        times: matches.map(([, , place, times]) => [place, times] as const),
      })),
    };
  }

  /** Of each, what is nearest of what is known of it. */
  async findMeanings(
    userId: string,
    query: SpecializationQuery,
    terms: KeywordTerms,
    { model, vector }: QueryEmbedding,
    signal?: AbortSignal,
  ): Promise<FoundMeaning[]> {
    const parameters = newParameters(vectorLiteral(vector), model.name, model.revision);
    const conditions = allConditions(userId, query, terms, parameters);
    return runPrepared<FoundMeaning & { [column: string]: unknown }>(
      this.#em,
      {
        sql: `select distinct on (s.id) s.id, e.source, -(e.embedding <#> $1::halfvec) as cosine
          from specialization s join specialization_word w on w.specialization_id = s.id
            join specialization_meaning e on e.specialization_id = s.id
              and e.model_id = (select id from embedding_model where name = $2 and revision = $3)
          where ${conditions} order by s.id, cosine desc`,
        values: parameters.values,
      },
      signal,
    );
  }

  /** Every word that one's specializations say of themselves, in small letters. */
  findVocabulary(userId: string, signal?: AbortSignal): Promise<{ word: string; times: number }[]> {
    return runPrepared<{ word: string; times: number }>(
      this.#em,
      {
        name: 'loci_specialization_vocabulary',
        sql: `select word, count(*)::int as times from specialization s
            join specialization_word w on w.specialization_id = s.id
            cross join lateral regexp_split_to_table(lower(concat_ws(' ', s.name, s.domain,
              array_to_string(s.tags, ' '), left(s.description, 4000), array_to_string(w.topics, ' '))),
              '[^[:alpha:]]+') word
          where s.user_id = $1::uuid and s.deleted_at is null and length(word) between 3 and 40
          group by word order by times desc limit 50000`,
        values: [userId],
      },
      signal,
    );
  }

  /** How many have no meaning yet that could be compared. */
  async countPending(
    userId: string,
    model: { readonly name: string; readonly revision: string } | undefined,
  ): Promise<number> {
    const [row] = await runPrepared<{ count: number }>(this.#em, {
      name: 'loci_specializations_pending',
      sql: `select count(*)::int as count from specialization s
        where s.user_id = $1::uuid and s.deleted_at is null and not exists (
          select from specialization_meaning e join embedding_model k on k.id = e.model_id
          where e.specialization_id = s.id and k.name = $2::text and k.revision = $3::text)`,
      values: [userId, model?.name ?? null, model?.revision ?? null],
    });
    return row?.count ?? 0;
  }
}

/** With what is in quotes, and without what has a minus. */
function allConditions(
  userId: string,
  query: SpecializationQuery,
  { tokens, required, excludedTokens, excludedPhrases }: KeywordTerms,
  parameters: Parameters,
): string {
  const { add } = parameters;
  const conditions = [specializationConditions(userId, query, parameters)];
  const configuration = `('loci_' || w.language)::regconfig`;
  const says = (text: string) =>
    `w.words @@ phraseto_tsquery(${configuration}, fold_words(${add(text)}::text))`;
  for (const group of required) conditions.push(`(${group.map(({ text }) => says(text)).join(' or ')})`);
  for (const { text } of excludedPhrases) conditions.push(`not (${says(text)})`);
  for (const place of excludedTokens) {
    const { text = '', prefix = false } = tokens[place] ?? {};
    conditions.push(
      prefix
        ? `not exists (select from unnest(w.words) u where starts_with(u.lexeme, fold_words(${add(text.toLowerCase())}::text)))`
        : `not (${says(text)})`,
    );
  }
  return conditions.join(' and ');
}
