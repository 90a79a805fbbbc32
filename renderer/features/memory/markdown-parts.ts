/** Above this, a memory is shown in parts, each made ready when it comes near the view. */
export const longFrom = 60_000;
const partLength = 12_000;
/** No part is longer, even where the text has no place to part it. */
const longestPart = 24_000;

/** A part of a text and where in it that begins. */
export interface MarkdownPart {
  readonly start: number;
  readonly text: string;
}

/**
 * A long text in parts that can be read one by one: divided between paragraphs, never inside a block of
 * code as long as that can be helped.
 */
export function partsOf(text: string): MarkdownPart[] {
  if (text.length <= longFrom) return [{ start: 0, text }];
  const parts: MarkdownPart[] = [];
  let start = 0;
  while (start < text.length) {
    const end = endOfPart(text, start);
    parts.push({ start, text: text.slice(start, end) });
    start = end;
  }
  return parts;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

function endOfPart(text: string, start: number): number {
  if (text.length - start <= longestPart) return text.length;
  let open: string | undefined;
  let line = start;
  while (line < start + longestPart) {
    const next = text.indexOf('\n', line) + 1;
    if (next === 0 || next > start + longestPart) break;
    const content = text.slice(line, next - 1);
    const [, mark] = fence.exec(content) ?? [];
    if (mark !== undefined) {
      if (open === undefined) open = mark;
      else if (mark.startsWith(open)) open = undefined;
    }
    line = next;
    if (open === undefined && content.trim() === '' && line - start >= partLength) return line;
  }
  // No gap between paragraphs: at least not in the middle of a line, or of a word, or of a character.
  const furthest = start + longestPart;
  const lineEnd = text.lastIndexOf('\n', furthest) + 1;
  if (lineEnd > start) return lineEnd;
  const wordEnd = text.lastIndexOf(' ', furthest) + 1;
  if (wordEnd > start + partLength) return wordEnd;
  return isSecondHalf(text, furthest) ? furthest - 1 : furthest;
}

const isSecondHalf = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));
