import { editScript, type Edit } from './edit-script.ts';

/** A run of text that both have, or only the later, or only the earlier one. */
export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * A word, a gap between words, or a single sign. Where words are written without gaps between them,
 * each character counts as one: a sentence of Japanese must not be one long word.
 */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}_])+|\r?\n|[^\S\n]+|[^]/gu;

/** What changed between two texts, word by word. All parts but the added ones are `before`, all but the removed ones `after`. */
export function diffWords(before: string, after: string): DiffPart[] {
  const numbers = new Map<string, number>();
  const one = numbered(before, numbers);
  const other = numbered(after, numbers);
  return editScript(one.tokens, other.tokens).map(({ kind, from, to }: Edit) => {
    const { ends, text } =
      kind === 'added' ? { ends: other.ends, text: after } : { ends: one.ends, text: before };
    return { kind, text: text.slice(ends[from], ends[to]) };
  });
}

/** Words as numbers, equal for equal words; `ends[n]` is where the n-th begins and the one before it ends. */
function numbered(text: string, numbers: Map<string, number>): { tokens: Uint32Array; ends: number[] } {
  const tokens: number[] = [];
  const ends = [0];
  for (const [token] of text.matchAll(word)) {
    let number = numbers.get(token);
    if (number === undefined) numbers.set(token, (number = numbers.size));
    tokens.push(number);
    ends.push((ends.at(-1) ?? 0) + token.length);
  }
  return { tokens: Uint32Array.from(tokens), ends };
}
