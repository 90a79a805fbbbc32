/** What Markdown puts around the words of a line: marks of headings, lists, quotes and tasks. */
const lineMarks = /^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)+/;
const rule = /^\s*(?:[-*_]\s*){3,}$|^\s*(?:```|~~~)/;
const emphasis = /(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1/g;
/** Of one mark only around whole words: 2 * 3 * 4 and snake_case_names stay. */
const lightEmphasis = /(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\p{L}\p{N}*_])/gu;
const link = /!?\[([^[\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g;

/** A line as it reads, without the marks. */
function plainLine(line: string): string {
  return (
    line
      .replace(lineMarks, '')
      .replaceAll(link, '$1')
      // A picture that was a link.
      .replaceAll(link, '$1')
      .replaceAll(emphasis, '$2')
      .replaceAll(lightEmphasis, '$2')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}

export interface ListText {
  readonly heading: string;
  readonly text: string;
}

/** What a list shows of a memory: its title, or its first line and then the rest. */
export function listText(title: string | null, preview: string): ListText {
  const lines = preview
    .split('\n')
    .filter((line) => !rule.test(line))
    .map(plainLine)
    .filter((line) => line !== '');
  if (title !== null) return { heading: title, text: lines.join(' ') };
  const [first = '', ...rest] = lines;
  return { heading: first, text: rest.join(' ') };
}
