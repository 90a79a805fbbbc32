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

/** Takes words that stand nowhere for the likeliest that do; undefined if there are none like them. */
export async function findCorrections(
  em: EntityManager,
  { terms, statistics, plan }: UnderstoodWords,
  signal?: AbortSignal,
): Promise<CorrectedWords | undefined> {
  const asked = plan.unknown
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
  const best = new Map<number, { lexeme: string; id: number; documents: number; distance: number }>();
  for (const { n, word, id, documents } of rows) {
    const question = asked[n - 1];
    if (!question) continue;
    const distance = editDistance(question.form, word);
    if (distance > mostMistakes(question.form)) continue;
    const known = best.get(question.place);
    if (!known || distance < known.distance || (distance === known.distance && documents > known.documents))
      best.set(question.place, { lexeme: word, id, documents, distance });
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
