import type { SearchQuery, SearchTerm } from '../../shared/query/search-query.ts';
import { pairsOf, tokensOf } from './keyword-tokens.ts';

/** What of a query is about words. */
export type SoughtWords = Pick<SearchQuery, 'text' | 'withoutText'>;

/** What Postgres is asked about: one word, or two characters of a script without spaces. */
export interface AskedToken {
  readonly text: string;
  /** Begins the words that are meant. */
  readonly prefix: boolean;
  /** As it was typed, for people. */
  readonly word: string;
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

/** A query of ten thousand letters is somebody's text pasted in; what is behind the first words adds little. */
const mostTokens = 64;

export function keywordTerms({ text, withoutText }: SoughtWords): KeywordTerms {
  const tokens: AskedToken[] = [];
  const ask = (term: SearchTerm): AskedPhrase => {
    const found = [...tokensOf(term.text.normalize('NFC'))];
    const places: number[] = [];
    for (const [index, token] of found.entries()) {
      const isLast = index === found.length - 1;
      const typed = term.kind === 'word' && term.prefix && isLast;
      const pieces = token.unspaced ? pairsOf(token.text) : [token.text];
      for (const piece of pieces) {
        if (tokens.length >= mostTokens) break;
        const single = token.unspaced && Array.from(piece).length === 1;
        const word = token.unspaced ? token.text : piece;
        places.push(tokens.push({ text: piece, prefix: single || (typed && !token.unspaced), word }) - 1);
      }
    }
    return {
      tokens: places,
      text: places.map((place) => tokens[place]?.text ?? '').join(' '),
      literal: found.some(({ unspaced }) => unspaced) ? term.text.normalize('NFC') : null,
    };
  };

  const scored: number[] = [];
  const required: AskedPhrase[][] = [];
  for (const group of text) {
    const asked = group.map((term) => ask(term));
    scored.push(...asked.flatMap((phrase) => phrase.tokens));
    const phrases = asked.filter((phrase) => phrase.tokens.length > 0);
    // Words make a hit better, but a phrase in quotes has to be there.
    if (group.every(({ kind }) => kind === 'phrase') && phrases.length > 0) required.push(phrases);
  }
  const excludedTokens: number[] = [];
  const excludedPhrases: AskedPhrase[] = [];
  for (const term of withoutText) {
    const phrase = ask(term);
    if (phrase.tokens.length === 1 && phrase.literal === null) excludedTokens.push(...phrase.tokens);
    else if (phrase.tokens.length > 0) excludedPhrases.push(phrase);
  }
  return { tokens, scored, required, excludedTokens, excludedPhrases };
}
