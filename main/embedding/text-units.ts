import { type Beginning, type Span, sentencesIn, trimmed } from './sentences.ts';

/** What a piece is put together from, and how good a place its start is for a piece to begin at. */
export interface TextUnit extends Span {
  tokens: number;
  rank: number;
  /** Of its first characters: the same wherever the text stands. */
  hash: number;
}

export const ranks = { word: 0, clause: 1, sentence: 2, paragraph: 3, heading: 4 } as const;

export interface UnitSize {
  tokens: number;
  characters: number;
}

export interface TextUnits {
  /** Tokens of a text without [CLS] and [SEP], word by word: exact unless words are joined over odd white space. */
  tokensIn(text: string): number;
  /** Sentences; the words of those that are larger than a piece may be. */
  unitsIn(text: string, largest: UnitSize): Generator<TextUnit>;
  /** The parts of a unit: a sentence's words, a long word's parts; nothing for what has none. */
  partsOf(text: string, unit: TextUnit, largest: UnitSize): TextUnit[];
}

const rankOf: Readonly<Record<Beginning, number>> = {
  heading: ranks.heading,
  paragraph: ranks.paragraph,
  sentence: ranks.sentence,
  continuation: ranks.word,
};

// V8 copies strings shorter than 13 characters; a longer part of a text would keep all of it in memory.
const rememberedLength = 12;
const rememberedWords = 50_000;

/** `count` is the model's own, with the marks it puts around every text. */
export function createTextUnits(count: (text: string) => number): TextUnits {
  const marks = count('');
  const tokensOfWord = new Map<string, number>();
  const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const graphemeSegmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

  function tokensInWord(word: string): number {
    const known = tokensOfWord.get(word);
    if (known !== undefined) return known;
    const tokens = count(word) - marks;
    if (word.length <= rememberedLength) {
      if (tokensOfWord.size >= rememberedWords) tokensOfWord.clear();
      tokensOfWord.set(word, tokens);
    }
    return tokens;
  }

  function tokensIn(text: string): number {
    let tokens = 0;
    for (const word of text.match(/\S+/g) ?? []) tokens += tokensInWord(word);
    return tokens;
  }

  function unit(text: string, { start, end }: Span, rank: number): TextUnit {
    return { start, end, rank, tokens: tokensIn(text.slice(start, end)), hash: hashOf(text, start, end) };
  }

  function* unitsIn(text: string, largest: UnitSize): Generator<TextUnit> {
    for (const sentence of sentencesIn(text)) {
      const whole = unit(text, sentence, rankOf[sentence.begins]);
      const parts = isWithin(whole, largest) ? [] : partsOf(text, whole, largest);
      if (parts.length > 0) yield* parts;
      else yield whole;
    }
  }

  function partsOf(text: string, whole: TextUnit, largest: UnitSize): TextUnit[] {
    const content = text.slice(whole.start, whole.end);
    const words = Array.from(content.matchAll(/\S+/g), ({ index, 0: word }) => ({
      start: whole.start + index,
      end: whole.start + index + word.length,
    }));
    const parts =
      words.length > 1
        ? words.flatMap((word) => fitting(text, word, largest))
        : partsOfWord(text, whole, largest);
    if (parts.length < 2) return [];
    return parts.map((part, i) => {
      const afterClause = /[,;:)\]—–，、；：]$/.test(
        text.slice(Math.max(part.start - 2, whole.start), part.start).trimEnd(),
      );
      return unit(text, part, i === 0 ? whole.rank : afterClause ? ranks.clause : ranks.word);
    });
  }

  /** A word as it is, or in parts if it would take up much of a piece, as a line of Chinese does. */
  function fitting(text: string, word: Span, largest: UnitSize): Span[] {
    const quarter = {
      tokens: Math.max(1, largest.tokens / 4),
      characters: Math.max(2, largest.characters / 2),
    };
    const tokens =
      word.end - word.start > quarter.characters ? Infinity : tokensInWord(text.slice(word.start, word.end));
    if (tokens <= quarter.tokens) return [word];
    const parts = partsOfWord(text, word, largest);
    return parts.length > 0 ? parts : [word];
  }

  function partsOfWord(text: string, word: Span, largest: UnitSize): Span[] {
    const longest = Math.max(2, Math.floor(largest.characters / 2));
    // No dictionary is asked about megabytes that no space divides.
    if (word.end - word.start > longest) {
      return runsOf(text, word, longest).flatMap((run) => fitting(text, run, largest));
    }
    for (const segmenter of [wordSegmenter, graphemeSegmenter]) {
      const parts = segmentsOf(segmenter, text, word);
      if (parts.length > 1) return parts.flatMap((part) => fitting(text, part, largest));
    }
    return codePointsOf(text, word);
  }

  return { tokensIn, unitsIn, partsOf };
}

export const isWithin = (unit: Span & { tokens: number }, size: UnitSize): boolean =>
  unit.tokens <= size.tokens && unit.end - unit.start <= size.characters;

function segmentsOf(segmenter: Intl.Segmenter, text: string, { start, end }: Span): Span[] {
  return Array.from(segmenter.segment(text.slice(start, end)), ({ index, segment }) => ({
    start: start + index,
    end: start + index + segment.length,
  }));
}

function codePointsOf(text: string, { start, end }: Span): Span[] {
  let at = start;
  return Array.from(text.slice(start, end), (character) => ({ start: at, end: (at += character.length) }));
}

function runsOf(text: string, { start, end }: Span, length: number): Span[] {
  const runs: Span[] = [];
  for (let from = start; from < end;) {
    let to = Math.min(from + length, end);
    if (to < end && /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(to - 1, to + 1))) to -= 1;
    runs.push(trimmed(text, { start: from, end: to }));
    from = to;
  }
  return runs;
}

/** FNV-1a */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < Math.min(end, start + 64); at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
