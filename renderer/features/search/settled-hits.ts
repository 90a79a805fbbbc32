import type { SearchHit, SearchResult } from '../../../shared/schemas/search.ts';
import type { SearchWish } from './search-wish.ts';

/** What a search has found, as it is shown. */
export interface Found {
  readonly key: string;
  readonly wish: SearchWish;
  readonly result: SearchResult;
  readonly hits: readonly SearchHit[];
  /** By words alone for a moment, until what was found by meaning is there. */
  readonly isProvisional: boolean;
}

export interface SearchState {
  /** The latest there is, also while the next is on its way. */
  readonly found?: Found;
  /** A better order of the same, kept back from somebody who points at one of the hits. */
  readonly waiting?: Found;
  readonly failure?: string;
}

export interface News {
  readonly shown: Found | undefined;
  readonly next: Found;
  /** Somebody searches, or the library was changed. */
  readonly why: 'asked' | 'changed';
  /** Somebody points at one of the hits, or goes through them. */
  readonly isHeld: boolean;
}

/** What is to be shown: of the same search nothing moves under a pointer, and what is new, or stands elsewhere, waits. */
export function settled({ shown, next, why, isHeld }: News): SearchState {
  const canMove = shown?.key === next.key && shown.hits.length > 0;
  if (!canMove || !isHeld || isSame(shown.hits, next.hits)) return { found: next };
  // What is gone goes.
  const there = new Set(next.hits.map(({ memory }) => memory.id));
  const hits = why === 'changed' ? shown.hits.filter(({ memory }) => there.has(memory.id)) : shown.hits;
  return isSame(hits, next.hits) ? { found: next } : { found: { ...shown, hits }, waiting: next };
}

const isSame = (a: readonly SearchHit[], b: readonly SearchHit[]): boolean =>
  a.length === b.length && a.every(({ memory }, at) => memory.id === b[at]?.memory.id);
