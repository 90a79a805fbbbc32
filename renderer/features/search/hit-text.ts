/** UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text, all of it marked alike. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
  readonly isNearest: boolean;
}

/** What is not read as text: marks of headings, lists, quotes and emphasis, and rules. */
const marks =
  /^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)|^[ \t]*(?:[-*_][ \t]*){3,}$|^[ \t]*(?:```|~~~).*$|\*\*|__|~~|`/gm;

/** A part of a text as it reads in a line, with what matched in it. */
export function piecesOf(text: string, matches: readonly Span[], nearest: readonly Span[] = []): Piece[] {
  const kinds = new Uint8Array(text.length);
  for (const { start, end } of nearest) kinds.fill(2, Math.max(0, start), Math.max(0, end));
  for (const { start, end } of matches) {
    for (let at = Math.max(0, start); at < Math.min(end, text.length); at++) kinds[at] = (kinds[at] ?? 0) | 1;
  }
  const hidden = new Uint8Array(text.length);
  for (const match of text.matchAll(marks)) hidden.fill(1, match.index, match.index + match[0].length);

  const pieces: { text: string; kind: number }[] = [];
  let isAfterSpace = true;
  for (let at = 0; at < text.length; at++) {
    if (hidden[at] === 1) continue;
    const isSpace = isSpaceAt(text, at);
    if (isSpace && isAfterSpace) continue;
    isAfterSpace = isSpace;
    const kind = kinds[at] ?? 0;
    const last = pieces.at(-1);
    const letter = isSpace ? ' ' : text.charAt(at);
    if (last?.kind === kind) last.text += letter;
    else pieces.push({ text: letter, kind });
  }
  return pieces.map((piece) => ({
    text: piece.text,
    isMatch: (piece.kind & 1) === 1,
    isNearest: (piece.kind & 2) === 2,
  }));
}

/** Nearly all are letters: only of what is neither is asked what else it may be. */
function isSpaceAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 0x20 && code < 0x7f) return false;
  return code === 0x20 || /\s/.test(text.charAt(at));
}

/** Where these words begin words of the text: what is shown until it is known exactly. */
export function occurrences(text: string, words: readonly string[]): Span[] {
  const sought = words
    .filter((word) => word !== '')
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  if (sought.length === 0) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${sought.join('|')})[\\p{L}\\p{N}]*`, 'giu');
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

export const relativeTo = (spans: readonly Span[], by: number): Span[] =>
  spans.map(({ start, end }) => ({ start: start - by, end: end - by }));

/** What stands before the place that is shown, in characters: the place itself must be seen. */
const lead = 36;

/** The part of an excerpt that begins shortly before what it is about, at the beginning of a word. */
export function aroundFocus(
  excerpt: { readonly start: number; readonly text: string },
  focus: number,
): { start: number; text: string; isCut: boolean } {
  const at = focus - excerpt.start;
  const earliest = excerpt.start === 0 && at <= lead + 24 ? 0 : Math.max(1, at - lead);
  if (earliest === 0) return { ...excerpt, isCut: false };
  const space = excerpt.text.slice(0, Math.max(0, at)).indexOf(' ', earliest - 1);
  const from = space < 0 ? Math.max(0, at) : space + 1;
  return { start: excerpt.start + from, text: excerpt.text.slice(from), isCut: true };
}
