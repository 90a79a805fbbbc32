import type { Span } from './hit-text.ts';

const most = 500;

/** Where these words, and this sentence, stand in a text as it is rendered: with other spaces, and without its marks. */
export function placesIn(
  text: string,
  words: readonly string[],
  sentence: string | undefined,
): { matches: Span[]; nearest: Span | undefined } {
  const matches: Span[] = [];
  const plain = words.filter((word) => word.trim() !== '').map(escaped);
  if (plain.length > 0) {
    const longestFirst = plain.toSorted((a, b) => b.length - a.length).join('|');
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst})(?![\\p{L}\\p{N}])`, 'gu');
    for (const match of text.matchAll(pattern)) {
      matches.push({ start: match.index, end: match.index + match[0].length });
      if (matches.length === most) break;
    }
  }
  const found =
    sentence === undefined || sentence === ''
      ? null
      : new RegExp(
          sentence
            .split(/\s+/)
            .map(escaped)
            .join(String.raw`\s*`),
          'u',
        ).exec(text);
  return {
    matches,
    nearest: found ? { start: found.index, end: found.index + found[0].length } : undefined,
  };
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
