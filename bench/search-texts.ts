import { createHash } from 'node:crypto';
import { Random } from './library/random.ts';
import type { SciFact } from './scifact.ts';
import type { Neighbours, VectorTable } from './search-vectors.ts';

/** Short notes and what they mean to the model. */
export interface SearchTexts {
  readonly count: number;
  text(place: number): string;
  vector(place: number): Float32Array;
  /** For judged texts: what `text` begins with. Nothing else tells them from one another, neither time nor importance. */
  title?(place: number): string;
}

const shortest = 20;
/** How much of a mixture comes from the first of the two. */
const leastShare = 0.55;
const mostShare = 0.75;

/** Titles and sentences of abstracts, each once, in an order that is always the same. */
export function realTexts({ documents }: Pick<SciFact, 'documents'>): string[] {
  const sentences = documents.flatMap(({ title, text }) => [title, ...text.split(/(?<=[.?!]) /)]);
  const texts = [...new Set(sentences.map((sentence) => sentence.trim()))].filter(
    ({ length }) => length >= shortest,
  );
  return shuffled(texts, new Random(4));
}

/**
 * As many as asked for: first those that were written; each one after them is a mixture of one of these and one of
 * its neighbours in meaning. Of the first, more than half: the beginning of its words, and as much of its vector; the
 * other gives the end of its words and the rest, and the sum is made as long as every vector. So there are no
 * copies, words are as often as they are, and the vectors lie where real ones do, but nearer to each other.
 */
export function mixedTexts(
  texts: readonly string[],
  vectors: VectorTable,
  neighbours: Neighbours,
  count: number,
): SearchTexts {
  const random = new Random(5);
  const shares = Float32Array.from(
    { length: Math.max(0, count - texts.length) },
    () => leastShare + (mostShare - leastShare) * random.fraction(),
  );
  const originOf = (place: number) => {
    const first = place % texts.length;
    const turn = Math.floor(place / texts.length);
    return { first, second: neighbours(first, turn - 1), share: shares[place - texts.length] ?? 1 };
  };
  return {
    count,
    text(place) {
      if (place < texts.length) return texts[place] ?? '';
      const { first, second, share } = originOf(place);
      const words = (texts[first] ?? '').split(' ');
      const others = (texts[second] ?? '').split(' ');
      return [
        ...words.slice(0, Math.ceil(share * words.length)),
        ...others.slice(Math.ceil(share * others.length)),
      ].join(' ');
    },
    vector(place) {
      if (place < texts.length) return vectors.at(place);
      const { first, second, share } = originOf(place);
      const others = vectors.at(second);
      const mixed = vectors.at(first).map((value, i) => share * value + (1 - share) * (others[i] ?? 0));
      const length = Math.hypot(...mixed);
      return mixed.map((value) => value / length);
    },
  };
}

/** By chance, but always the same. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((each) => ({ each, key: random.fraction() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ each }) => each);
}

export const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
