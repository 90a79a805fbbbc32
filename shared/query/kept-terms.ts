import type { SearchQuery, SearchTerm } from './search-query.ts';
import { pairsOf, tokensOf } from './words.ts';

/** A query of ten thousand letters is somebody's text pasted in; what is behind the first words adds little. */
export const mostWords = 64;
/** What must not be there, and what has to, counts to the last word: it decides what is found. */
export const mostForbidding = 1000;

/** One word of a term, or two characters of a script without spaces. */
export interface TermPiece {
  readonly text: string;
  /** The whole run of characters that it is of. */
  readonly run: string;
  readonly unspaced: boolean;
  readonly isLast: boolean;
}

export interface KeptTerm {
  readonly pieces: readonly TermPiece[];
  /** More was written than is looked for. */
  readonly cut: boolean;
}

/** What is looked for of each term of a query: all of what decides, and of the other words the first. */
export function keptTerms({
  text,
  withoutText,
}: Pick<SearchQuery, 'text' | 'withoutText'>): ReadonlyMap<SearchTerm, KeptTerm> {
  const kept = new Map<SearchTerm, KeptTerm>();
  const keep = (terms: readonly SearchTerm[], most: number) => {
    let left = most;
    for (const term of terms) {
      const pieces = piecesOf(term.text);
      kept.set(term, { pieces: pieces.slice(0, left), cut: pieces.length > left });
      left -= Math.min(left, pieces.length);
    }
  };
  const terms = text.flat();
  keep([...withoutText, ...terms.filter(({ kind }) => kind === 'phrase')], mostForbidding);
  keep(
    terms.filter(({ kind }) => kind === 'word'),
    mostWords,
  );
  return kept;
}

function piecesOf(text: string): TermPiece[] {
  const tokens = [...tokensOf(text.normalize('NFC'))];
  return tokens.flatMap(({ text: run, unspaced }, index) =>
    (unspaced ? pairsOf(run) : [run]).map((piece) => ({
      text: piece,
      run,
      unspaced,
      isLast: index === tokens.length - 1,
    })),
  );
}
