/** UTF-16 offsets: text.slice(start, end). */
export interface Span {
  start: number;
  end: number;
}

/**
 * What begins with a sentence. A continuation belongs to what is before it: the text under a heading,
 * the end of a code block, a line of dashes.
 */
export type Beginning = 'heading' | 'paragraph' | 'sentence' | 'continuation';

export interface Sentence extends Span {
  begins: Beginning;
}

const heading = /^ {0,3}#{1,6}(?:\s|$)/;
const fence = /^ {0,3}(`{3}|~{3})/;
/** Lines that stand for themselves: list items, quotations, table rows, `Anna: what she said`. */
const ownLine = /^\s*(?:[-*+•–]\s|\d{1,3}[.)]\s|[>|]|\p{Lu}[\p{L}\p{N} .'-]{0,30}:(?:\s|$))/u;
const sentenceEnd = /[.!?:;…。！？]["'”’)\]]*\s*$/u;
/** Shorter lines were ended on purpose, longer ones by the width of a page. */
const wrappedLineLength = 45;

/** An abbreviation, an initial or the number of a list item: what follows is still the same sentence. */
const goesOn =
  /(?:^|[\s("'“‘[])(?:(?!I\.)\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|vs|e\.g|i\.e|z\.B|d\.h|bzw|ca|cf|approx|Fig|Eq|No|Nr|Vol|pp?|al|Inc|Ltd|Jr|Sr)\.\s*$/u;
/** Without one of these Unicode has no end of a sentence. */
const sentenceBreak = /[\p{Sentence_Terminal}\u0085]/u;
const hasLetter = /\p{L}/u;

const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of a piece, for finding the nearest one: offsets into the whole text. */
export const sentencesOf = (text: string, piece: Span = { start: 0, end: text.length }): Span[] =>
  Array.from(sentencesIn(text.slice(piece.start, piece.end)), ({ start, end }) => ({
    start: piece.start + start,
    end: piece.start + end,
  }));

/** All of a text but the white space between its sentences, one after the other. */
export function* sentencesIn(text: string): Generator<Sentence> {
  /** Lines that were wrapped, and so are segmented as one. */
  let wrapped: Span | undefined;
  let lineBefore = '';
  let openFence: string | undefined;
  let next: Beginning = 'paragraph';

  function* flush(): Generator<Sentence> {
    if (!wrapped) return;
    for (const span of segmented(text, wrapped)) {
      yield { ...span, begins: next };
      next = 'sentence';
    }
    wrapped = undefined;
  }

  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    const span = trimmed(text, line);
    const fenceHere = fence.exec(content)?.[1];

    if (openFence !== undefined) {
      if (fenceHere === openFence) {
        openFence = undefined;
        yield { ...span, begins: 'continuation' };
        next = 'paragraph';
      } else if (span.end > span.start) {
        yield { ...span, begins: next };
        next = 'sentence';
      }
    } else if (fenceHere !== undefined) {
      yield* flush();
      openFence = fenceHere;
      yield { ...span, begins: next === 'sentence' ? 'paragraph' : next };
      next = 'continuation';
    } else if (span.end === span.start) {
      yield* flush();
      // The blank line under a heading does not part it from its text.
      if (next === 'sentence') next = 'paragraph';
    } else if (heading.test(content)) {
      yield* flush();
      yield { ...span, begins: 'heading' };
      next = 'continuation';
    } else if (!/[\p{L}\p{N}]/u.test(content) && (wrapped || next === 'sentence')) {
      yield* flush();
      yield { ...span, begins: 'continuation' };
    } else if (wrapped && !ownLine.test(content) && goesOnInNext(lineBefore)) {
      wrapped.end = line.end;
    } else {
      yield* flush();
      wrapped = { ...line };
    }
    lineBefore = content;
  }
  yield* flush();
}

const goesOnInNext = (line: string): boolean => line.length >= wrappedLineLength && !sentenceEnd.test(line);

function* linesOf(text: string): Generator<Span> {
  const lineBreak = /\r\n|[\n\r\u2028\u2029]/g;
  let start = 0;
  for (const { index, 0: characters } of text.matchAll(lineBreak)) {
    yield { start, end: index };
    start = index + characters.length;
  }
  yield { start, end: text.length };
}

function* segmented(text: string, { start, end }: Span): Generator<Span> {
  // Of the same length, so that offsets stay. A line break would always end a sentence.
  const oneLine = text.slice(start, end).replaceAll(/[\n\r\u2028\u2029]/g, ' ');
  // The segmenter takes long to start, which matters in a text of half a million short lines.
  if (!sentenceBreak.test(oneLine)) {
    yield trimmed(text, { start, end });
    return;
  }
  let sentence: Span | undefined;
  let before = '';
  for (const { index, segment } of sentenceSegmenter.segment(oneLine)) {
    const isSame = goesOn.test(before.slice(-20)) || !hasLetter.test(before) || isSaid(before, segment);
    if (sentence && !isSame) yield trimmed(text, sentence);
    sentence = {
      start: sentence && isSame ? sentence.start : start + index,
      end: start + index + segment.length,
    };
    before = segment;
  }
  if (sentence) yield trimmed(text, sentence);
}

/** "Yes!" she said. */
const isSaid = (before: string, segment: string): boolean =>
  /["'”’»)]\s*$/.test(before) && /^\p{Ll}/u.test(segment);

/** Without the white space around it. */
export function trimmed(text: string, { start, end }: Span): Span {
  const content = text.slice(start, end);
  const from = start + content.length - content.trimStart().length;
  return { start: Math.min(from, end), end: Math.max(start + content.trimEnd().length, Math.min(from, end)) };
}
