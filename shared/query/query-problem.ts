import type { TextRange } from './tokens.ts';

/** Something in the text that is not as it was meant, and what was made of it. */
export interface QueryProblem extends TextRange {
  /** A sentence with what to write instead. */
  message: string;
  /** What to put in the place of the range, if that is known. */
  suggestion?: string | undefined;
}
