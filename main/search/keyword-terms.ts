import { keptTerms } from '../../shared/query/kept-terms.ts';
import type { SearchQuery, SearchTerm } from '../../shared/query/search-query.ts';

/** What of a query is about words. */
export type SoughtWords = Pick<SearchQuery, 'text' | 'withoutText'>;

/** What Postgres is asked about: one word, or two characters of a script without spaces. */
export interface AskedToken {
  readonly text: string;
  /** Begins the words that are meant. */
  readonly prefix: boolean;
  /** As it was typed, for people. */
  readonly word: string;
  /** Of what must not be there: it is meant as it is written. */
  readonly isExcluded: boolean;
}

/** Several tokens in a row. */
export interface AskedPhrase {
  readonly tokens: readonly number[];
  /** Its tokens between blanks, as Postgres reads them. */
  readonly text: string;
  /** Pairs of characters say nothing about their order: the text itself has to be looked at. */
  readonly literal: string | null;
}

/** Numbers are places in `tokens`. */
export interface KeywordTerms {
  readonly tokens: readonly AskedToken[];
  /** What counts for the score: the more of these, the better. */
  readonly scored: readonly number[];
  /** Of each group at least one phrase has to be there. */
  readonly required: readonly (readonly AskedPhrase[])[];
  readonly excludedTokens: readonly number[];
  readonly excludedPhrases: readonly AskedPhrase[];
}

export function keywordTerms(words: SoughtWords): KeywordTerms {
  const kept = keptTerms(words);
  const tokens: AskedToken[] = [];
  const ask = (term: SearchTerm, isExcluded: boolean): AskedPhrase => {
    const pieces = kept.get(term)?.pieces ?? [];
    const places = pieces.map(({ text, run, unspaced, isLast }) => {
      const single = unspaced && Array.from(text).length === 1;
      const typed = term.kind === 'word' && term.prefix && isLast && !unspaced;
      return tokens.push({ text, prefix: single || typed, word: run, isExcluded }) - 1;
    });
    return {
      tokens: places,
      text: pieces.map(({ text }) => text).join(' '),
      literal: pieces.some(({ unspaced }) => unspaced) ? term.text.normalize('NFKC') : null,
    };
  };

  const scored: number[] = [];
  const required: AskedPhrase[][] = [];
  for (const group of words.text) {
    const phrases = group.map((term) => ask(term, false)).filter((phrase) => phrase.tokens.length > 0);
    scored.push(...phrases.flatMap((phrase) => phrase.tokens));
    // Words make a hit better, but a phrase in quotes has to be there.
    if (group.every(({ kind }) => kind === 'phrase') && phrases.length > 0) required.push(phrases);
  }
  const excludedTokens: number[] = [];
  const excludedPhrases: AskedPhrase[] = [];
  for (const term of words.withoutText) {
    const phrase = ask(term, true);
    if (phrase.tokens.length === 1 && phrase.literal === null) excludedTokens.push(...phrase.tokens);
    else if (phrase.tokens.length > 0) excludedPhrases.push(phrase);
  }
  return { tokens, scored, required, excludedTokens, excludedPhrases };
}
