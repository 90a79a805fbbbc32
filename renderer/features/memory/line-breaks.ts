/** The parts of a Markdown tree that matter here. */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  children?: MarkdownNode[];
  readonly position?: {
    readonly start: { readonly offset?: number };
    readonly end: { readonly offset?: number };
  };
}

/** Programs wrap text somewhere between these columns, people begin a new line anywhere. */
const narrowestWrap = 50;
const widestWrap = 120;

/**
 * Whether the lines of a paragraph end where the next word would not have fitted, as programs wrap a text: then it is
 * one. Otherwise somebody began each of its lines on purpose: in a list without dashes, an address, a poem, a chat.
 */
export function isWrapped(paragraph: string): boolean {
  // The signs of a quotation, and the indentation of a list, are no part of it.
  const lines = paragraph.split(/\r?\n/).map((line) => line.replace(/^[\s>]+/, '').trimEnd());
  const widest = Math.max(...lines.map((line) => line.length));
  if (widest < narrowestWrap || widest > widestWrap) return false;
  let isWithinSentence = false;
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (next === undefined) break;
    const [word = ''] = next.split(/\s/, 1);
    if (line.length + 1 + word.length <= widest) return false;
    isWithinSentence ||= !/[.!?:;…。！？][\])"'”’»*_]*$/u.test(line);
  }
  return isWithinSentence;
}

/** Shows the lines of a paragraph as they were written, where they are not only wrapped. */
export function keepLineBreaks() {
  return function keep(tree: MarkdownNode, file: { toString(): string }): void {
    const text = String(file);
    visit(tree, (paragraph) => {
      const { start, end } = paragraph.position ?? {};
      const written = text.slice(start?.offset ?? 0, end?.offset ?? 0);
      if (written.includes('\n') && !isWrapped(written)) breakLines(paragraph);
    });
  };
}

function visit(node: MarkdownNode, each: (paragraph: MarkdownNode) => void): void {
  if (node.type === 'paragraph') each(node);
  else node.children?.forEach((child) => visit(child, each));
}

function breakLines(node: MarkdownNode): void {
  node.children &&= node.children.flatMap((child): MarkdownNode[] => {
    if (child.type !== 'text' || !child.value?.includes('\n')) {
      breakLines(child);
      return [child];
    }
    return child.value
      .split(/\r?\n/)
      .flatMap((value, at): MarkdownNode[] => [
        ...(at > 0 ? [{ type: 'break' }] : []),
        ...(value === '' ? [] : [{ type: 'text', value }]),
      ]);
  });
}
