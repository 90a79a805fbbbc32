import { createHash } from 'node:crypto';
import { bestBorder } from './piece-border.ts';
import { type Span, trimmed } from './sentences.ts';
import { createTextUnits, isWithin, type TextUnit, type UnitSize } from './text-units.ts';

export interface ChunkedText {
  readonly title: string | null;
  readonly text: string;
}

/** What one embedding is for. */
export interface TextPiece extends Span {
  position: number;
  /** What the model reads of it: marks, title and text. */
  tokens: number;
  /** SHA-256 of exactly what is embedded: a piece whose hash is known need not be embedded again. */
  textHash: Uint8Array;
}

export interface Chunker {
  /** Lazily, so that the caller may do something else while a book is cut. A memory without a word has no pieces. */
  pieces(memory: ChunkedText): Generator<TextPiece>;
  /** What is embedded for a piece: the title, as its context, and its text. */
  embeddedText(memory: ChunkedText, piece: Span): string;
}

export interface ChunkerOptions {
  /**
   * The model's tokens of a text with the marks around it: `count` of its tokenizer, which has to part a text at its
   * spaces before all else, as BERT's does. Pieces that depend on more than that are counted as a whole.
   */
  count: (text: string) => number;
  /** How much the model reads at once, marks included. */
  maxTokens: number;
  /** How much of it the title may take. */
  maxTitleTokens?: number;
}

/** Far more than words take, yet a bound for texts that have hardly any tokens: 4,096 for 256. */
const charactersPerToken = 16;
/** Control and format characters, which are removed before a text is split at its spaces, and unusual spaces. */
const joinsWords = /[^\P{C}\t\n\r]|[^\S \t\n\r]/u;

export function createChunker({ count, maxTokens, maxTitleTokens = 32 }: ChunkerOptions): Chunker {
  const units = createTextUnits(count);
  const maxCharacters = maxTokens * charactersPerToken;

  function contextOf(title: string | null): string {
    const start = (title ?? '')
      .slice(0, maxTitleTokens * charactersPerToken)
      .replace(/[\ud800-\udbff]$/, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    if (start === '') return '';
    const fits = (text: string): boolean => count(text) - count('') <= maxTitleTokens;
    if (fits(start)) return `${start}\n`;
    const whole = { start: 0, end: start.length, tokens: 0, rank: 0, hash: 0 };
    const words = units.partsOf(start, whole, { tokens: maxTitleTokens, characters: maxCharacters });
    let length = words.length;
    let tokens = words.reduce((sum, word) => sum + word.tokens, 0);
    while (length > 0 && tokens > maxTitleTokens) tokens -= words[(length -= 1)]?.tokens ?? 0;
    while (length > 0 && !fits(start.slice(0, words[length - 1]?.end))) length -= 1;
    const cut = start.slice(0, words[length - 1]?.end ?? 0);
    return cut === '' ? '' : `${cut}\n`;
  }

  function* pieces({ title, text }: ChunkedText): Generator<TextPiece> {
    const context = contextOf(title);
    let position = 0;
    const piece = (span: Span, tokens: number): TextPiece => {
      const textHash = createHash('sha256')
        .update(context + text.slice(span.start, span.end))
        .digest();
      return {
        position: position++,
        start: span.start,
        end: span.end,
        tokens,
        textHash: new Uint8Array(textHash),
      };
    };

    const whole = trimmed(text, { start: 0, end: text.length });
    if (whole.start === whole.end) {
      // A title alone is found by its title.
      if (context !== '') yield piece({ start: 0, end: 0 }, count(context));
      return;
    }
    // Most memories are one piece, and most longer ones are not.
    if (whole.end - whole.start <= maxTokens * 4) {
      const tokens = count(context + text.slice(whole.start, whole.end));
      if (tokens <= maxTokens) {
        yield piece(whole, tokens);
        return;
      }
    }

    const room: UnitSize = { tokens: Math.max(1, maxTokens - count(context)), characters: maxCharacters };
    const source = units.unitsIn(text, room);
    const waiting: TextUnit[] = [];
    let tokensWaiting = 0;
    let isAll = false;
    for (;;) {
      // Enough for this piece and the next, so that what is left for the last is known.
      while (!isAll && isWithin({ ...spanOf(waiting), tokens: tokensWaiting }, doubled(room))) {
        const { value, done } = source.next();
        if (done) isAll = true;
        else {
          waiting.push(value);
          tokensWaiting += value.tokens;
        }
      }
      if (waiting.length === 0) return;
      const { taken, tokens } = takePiece(context, text, waiting, room, isAll);
      yield piece(spanOf(taken), tokens);
      tokensWaiting = sumOfTokens(waiting);
    }
  }

  /** Words are tokenized one by one, so theirs add up, if white space is all that parts and nothing else joins them. */
  function tokensOfPiece(context: string, text: string, taken: readonly TextUnit[]): number {
    const { start, end } = spanOf(taken);
    const content = text.slice(start, end);
    const isCutInWords = taken.some((unit, i) => unit.start === taken[i - 1]?.end);
    if (isCutInWords || joinsWords.test(content)) return count(context + content);
    return count(context) + sumOfTokens(taken);
  }

  /** Takes the units of one piece from the front. */
  function takePiece(
    context: string,
    text: string,
    waiting: TextUnit[],
    room: UnitSize,
    isAll: boolean,
  ): { taken: TextUnit[]; tokens: number } {
    let limit = room.tokens;
    for (;;) {
      const { length, split } = bestBorder(waiting, { ...room, tokens: limit }, isAll);
      const large = split === undefined ? undefined : waiting[split];
      const parts = large ? units.partsOf(text, large, room) : [];
      if (split !== undefined && parts.length > 0) {
        waiting.splice(split, 1, ...parts);
        continue;
      }
      const tokens = tokensOfPiece(context, text, waiting.slice(0, length));
      // A single character that is more than the model can read is given to it all the same.
      if (tokens <= maxTokens || (length === 1 && split !== undefined)) {
        return { taken: waiting.splice(0, length), tokens };
      }
      limit = Math.min(limit - 1, sumOfTokens(waiting.slice(0, length)) - (tokens - maxTokens));
    }
  }

  return {
    pieces,
    embeddedText: ({ title, text }, { start, end }) => contextOf(title) + text.slice(start, end),
  };
}

const spanOf = (units: readonly TextUnit[]): Span => ({
  start: units[0]?.start ?? 0,
  end: units.at(-1)?.end ?? 0,
});
const sumOfTokens = (units: readonly TextUnit[]): number =>
  units.reduce((sum, { tokens }) => sum + tokens, 0);
const doubled = ({ tokens, characters }: UnitSize): UnitSize => ({
  tokens: tokens * 2,
  characters: characters * 2,
});
