import type { MemoryOutline } from '../../../shared/schemas/memory-outline.ts';
import type { Span } from '../../navigation/period.ts';

const bytesOfKey = 16;
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hyphensBefore: ReadonlySet<number> = new Set([4, 6, 8, 10]);

/** The memories of a list in their order, however many: keys are written out only where one looks. */
export interface Outline {
  readonly length: number;
  idAt(index: number): string;
  /** Milliseconds since 1970 of what the list is ordered by; undefined when it is ordered by nothing of the kind. */
  timeAt(index: number): number | undefined;
  /** -1 when it is not there. */
  indexOf(id: string): number;
}

export function unpack({ ids, times }: MemoryOutline): Outline {
  const length = ids.length / bytesOfKey;
  // Its own piece of memory, for numbers of eight bytes must begin at a multiple of eight.
  const moments = new Float64Array(times.slice().buffer);
  const words = new Uint32Array(ids.slice().buffer);
  return {
    length,
    idAt: (index) => keyAt(ids, index * bytesOfKey),
    timeAt: (index) => moments[index],
    indexOf(id) {
      const [first, second, third, fourth] = wordsOf(id);
      for (let at = 0; at < words.length; at += 4) {
        // The end of a key is by chance, its beginning a time that many share.
        if (
          words[at + 3] === fourth &&
          words[at + 2] === third &&
          words[at + 1] === second &&
          words[at] === first
        )
          return at / 4;
      }
      return -1;
    },
  };
}

export function ofIds(ids: readonly string[]): Outline {
  return {
    length: ids.length,
    idAt: (index) => ids[index] ?? '',
    timeAt: () => undefined,
    indexOf: (id) => ids.indexOf(id),
  };
}

export function reversed(outline: Outline): Outline {
  const last = outline.length - 1;
  return {
    length: outline.length,
    idAt: (index) => outline.idAt(last - index),
    timeAt: (index) => outline.timeAt(last - index),
    indexOf(id) {
      const index = outline.indexOf(id);
      return index < 0 ? index : last - index;
    },
  };
}

/** Those of a time, out of a list that has the newest first. */
export function within(outline: Outline, { begin, end }: Span): Outline {
  const first = firstBefore(outline, end);
  const length = Math.max(0, firstBefore(outline, begin) - first);
  const isThere = (index: number): boolean => index >= 0 && index < length;
  return {
    length,
    idAt: (index) => outline.idAt(first + index),
    timeAt: (index) => (isThere(index) ? outline.timeAt(first + index) : undefined),
    indexOf(id) {
      const index = outline.indexOf(id) - first;
      return isThere(index) ? index : -1;
    },
  };
}

function firstBefore(outline: Outline, time: number): number {
  let [low, high] = [0, outline.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((outline.timeAt(middle) ?? 0) >= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const nothing: Outline = ofIds([]);

export function idsBetween(outline: Outline, one: number, other: number): string[] {
  const ids: string[] = [];
  for (let index = Math.min(one, other); index <= Math.max(one, other); index++)
    ids.push(outline.idAt(index));
  return ids;
}

function keyAt(bytes: Uint8Array, from: number): string {
  let key = '';
  for (let at = 0; at < bytesOfKey; at++) {
    if (hyphensBefore.has(at)) key += '-';
    key += hex[bytes[from + at] ?? 0];
  }
  return key;
}

/** A key in the same four pieces as in the packed list. */
function wordsOf(id: string): Uint32Array {
  const bytes = Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  return new Uint32Array(bytes.length === bytesOfKey ? bytes.buffer : new ArrayBuffer(bytesOfKey));
}
