import { Random } from './library/random.ts';
import { shuffled } from './search-texts.ts';

export interface QuerySources {
  /** Sentences that are in the library, or may be. */
  readonly texts: readonly string[];
  /** What people claimed, in their words. */
  readonly claims: readonly string[];
}

const mostWords = 12;

/**
 * Different queries of 1 to 12 words, as many of each length: single words by turns rare and common, the others a
 * stretch of a sentence or the beginning of a claim. The same every time.
 */
export function makeQueries({ texts, claims }: QuerySources, count: number): string[] {
  const random = new Random(8);
  const words = singleWords(texts, random);
  const claimWords = claims.map(wordsOf);
  const queries = new Set<string>();
  for (let turn = 0; queries.size < count; turn++) {
    const length = 1 + (turn % mostWords);
    if (length === 1) {
      queries.add(words[queries.size % words.length] ?? '');
      continue;
    }
    const source = random.chance(1 / 3) ? random.pick(claimWords) : wordsOf(random.pick(texts));
    const from = random.between(0, Math.max(0, source.length - length));
    if (source.length >= length) queries.add(source.slice(from, from + length).join(' '));
  }
  return [...queries];
}

/** By turns from the commonest on and from the rarest, the latter in any order. */
function singleWords(texts: readonly string[], random: Random): string[] {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(wordsOf(text.toLowerCase())))
      if (word.length >= 3) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
  const rare = shuffled(
    [...counts].filter(([, times]) => times < 20).map(([word]) => word),
    random,
  );
  return common.slice(0, 1_000).flatMap((word, i) => [word, rare[i] ?? word]);
}

/** Without what would be read as an operator of the query language. */
export const plainText = (text: string): string => wordsOf(text).join(' ');

function wordsOf(text: string): string[] {
  return text
    .replaceAll(/[^\p{L}\p{N}\s'-]/gu, ' ')
    .split(/\s+/)
    .map((word) => word.replaceAll(/^[-']+|[-']+$/g, ''))
    .filter((word) => word !== '' && word !== 'OR');
}
