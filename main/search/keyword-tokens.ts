/** A stretch of a text that is searched for as one: a word, or a run of a script without spaces. UTF-16 offsets. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Stored by its pairs of characters (see the function spaced_words). */
  readonly unspaced: boolean;
}

/** The same as in the function spaced_words. */
const unspaced =
  '\\u0E01-\\u0E3A\\u0E40-\\u0E4E\\u0E81-\\u0ECD\\u1000-\\u109F\\u1780-\\u17D3\\u3005\\u3041-\\u3096\\u30A1-\\u30FA\\u30FC' +
  '\\u31F0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFF66-\\uFF9D\\u{20000}-\\u{3FFFF}';
const tokenPattern = new RegExp(`([${unspaced}]+)|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/** Cuts a text where Postgres cuts it into words. */
export function* tokensOf(text: string): Generator<Token> {
  for (const match of text.matchAll(tokenPattern)) {
    const start = match.index;
    yield { start, end: start + match[0].length, text: match[0], unspaced: match[1] !== undefined };
  }
}

/** The pairs of characters of a run; a single character is one by itself. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return [run];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
