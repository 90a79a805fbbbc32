import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import { editDistance } from './edit-distance.ts';
import { findHighlights } from './keyword-highlights.ts';
import { planKeywords } from './keyword-plan.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import type { KeywordStatistics } from './keyword-statistics.ts';

/** "Did you mean": a word of the query and what it was taken for, as the library spells it. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface CorrectedWords {
  readonly understood: UnderstoodWords;
  /** With the words as they stand in the best of these memories: the index knows their stems alone. */
  inWords(foundIds: readonly string[]): Promise<Correction[]>;
}

const mostCorrected = 12;
const mostSimilar = 40;

/** Whose words are known, and which: what others wrote, or what is in the trash, is no word of one's library. */
export interface OwnLibrary {
  readonly userId: string;
  /** Null: either. */
  readonly inTrash: boolean | null;
}

/** Words that none of one's own memories has, by their places; `matched` are places in `plan.scored`, from 1. */
export async function findUnknown(
  em: EntityManager,
  { plan }: UnderstoodWords,
  own: OwnLibrary,
  matched: ReadonlySet<number>,
  signal?: AbortSignal,
): Promise<number[]> {
  const doubtful = plan.scored.filter((_, index) => !matched.has(index + 1));
  const known = await findOwn(
    em,
    doubtful.map(({ ids }) => ids),
    own,
    signal,
  );
  return [
    ...plan.unknown,
    ...doubtful.flatMap(({ places }, index) => (known.has(index) ? [] : places)),
  ].toSorted((a, b) => a - b);
}

/** Which of these lists have a number of a word that stands in one's own memories. */
async function findOwn(
  em: EntityManager,
  lists: readonly (readonly number[])[],
  { userId, inTrash }: OwnLibrary,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<number>> {
  if (lists.length === 0) return new Set();
  const rows = await runPrepared<{ n: number }>(
    em,
    {
      name: 'loci_own_words',
      sql: `select n::integer - 1 as n from unnest($1::text[]) with ordinality a(ids, n)
        where exists (select from memory_word_weight c
          where words_in(c.weights) && a.ids::integer[] and c.user_id = $2::uuid
            and ($3::boolean is null or c.trashed = $3::boolean))`,
      values: [lists.map((ids) => `{${ids.join()}}`), userId, inTrash],
    },
    signal,
  );
  return new Set(rows.map(({ n }) => n));
}

/** Takes these words, which stand nowhere, for the likeliest that do; undefined if there are none like them. */
export async function findCorrections(
  em: EntityManager,
  { terms, statistics }: UnderstoodWords,
  unknown: readonly number[],
  own: OwnLibrary,
  signal?: AbortSignal,
): Promise<CorrectedWords | undefined> {
  const asked = unknown
    .slice(0, mostCorrected)
    .flatMap((place) =>
      [...new Set(formsOf(statistics, place))]
        .filter((form) => mostMistakes(form) > 0)
        .map((form) => ({ place, form })),
    );
  if (asked.length === 0) return undefined;
  // Words that were written a moment ago are to be known as well.
  await runPrepared(em, { sql: 'select gather_word_counts(false)', values: [] }, signal);
  const rows = await runPrepared<{ n: number; word: string; id: number; documents: number }>(
    em,
    {
      name: 'loci_similar_words',
      sql: `select a.n::integer as n, s.word, word_id(s.word) as id, w.documents
        from unnest($1::text[]) with ordinality a(form, n)
          cross join lateral (select word from word_spelling order by word <-> a.form limit ${mostSimilar}) s
          join word w on w.word = s.word`,
      values: [asked.map(({ form }) => form)],
    },
    signal,
  );
  const like = rows.flatMap(({ n, word, id, documents }) => {
    const question = asked[n - 1];
    if (!question) return [];
    const distance = editDistance(question.form, word);
    return distance <= mostMistakes(question.form)
      ? [{ place: question.place, lexeme: word, id, documents, distance }]
      : [];
  });
  const known = await findOwn(
    em,
    like.map(({ id }) => [id]),
    own,
    signal,
  );
  const best = new Map<number, (typeof like)[number]>();
  for (const [index, word] of like.entries()) {
    const before = best.get(word.place);
    const isBetter =
      !before ||
      word.distance < before.distance ||
      (word.distance === before.distance && word.documents > before.documents);
    if (known.has(index) && isBetter) best.set(word.place, word);
  }
  if (best.size === 0) return undefined;

  const corrected: KeywordStatistics = {
    ...statistics,
    tokens: statistics.tokens.map((token, place) => {
      const replacement = best.get(place);
      return replacement ? { ...token, stems: new Map(), completions: [replacement] } : token;
    }),
  };
  const understood = { terms, statistics: corrected, plan: planKeywords(terms, corrected) };
  return {
    understood,
    async inWords(foundIds) {
      const highlights = await findHighlights(em, understood, undefined, foundIds.slice(0, 5), signal);
      const written = new Map<string, string>();
      for (const { written: words } of highlights.values())
        for (const [lexeme, word] of words) if (!written.has(lexeme)) written.set(lexeme, word);
      return [...best].map(([place, { lexeme }]) => ({
        from: terms.tokens[place]?.word ?? '',
        to: written.get(lexeme) ?? lexeme,
      }));
    },
  };
}

/** As it was typed, and its stem in the language most is written in; stems of other languages are short and like anything. */
function formsOf({ tokens, languages: [main = ''] }: KeywordStatistics, place: number): string[] {
  const token = tokens[place];
  return token ? [token.plain, ...(token.stems.get(main) ?? []).map(({ lexeme }) => lexeme)] : [];
}

/** A short word with two other letters is another word. */
function mostMistakes(word: string): number {
  const length = Array.from(word).length;
  if (length < 3 || length > 40 || !/\p{L}/u.test(word)) return 0;
  return length < 6 ? 1 : length < 10 ? 2 : 3;
}
