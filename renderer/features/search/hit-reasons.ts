import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { SearchReasons } from '../../../shared/schemas/search.ts';
import { loci } from '../../api/loci.ts';
import { keyOfWish, typedOf, type SearchWish } from './search-wish.ts';

/** What matches in the hits that are on the screen: asked for together, once typing pauses. */
interface Known {
  readonly key: string;
  readonly reasons: SearchReasons;
}

/** Longer than from one letter to the next: until then it would only be in the way of the next search. */
const restMs = 180;
const mostAtOnce = 20;
const mostKept = 400;

/** Of each memory the latest that is known, be it to an earlier text. */
const known = new Map<string, Known>();
const watchers = new Map<string, Set<() => void>>();
let wanted = new Set<string>();
let current: SearchWish | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let isBusy = false;

function want(wish: SearchWish, id: string): void {
  if (!current || keyOfWish(current) !== keyOfWish(wish)) {
    current = wish;
    wanted = new Set();
  }
  wanted.add(id);
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), restMs);
}

async function ask(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  while (wanted.size > 0) {
    const wish = current;
    if (!wish) break;
    const ids = [...wanted].filter((id) => watchers.has(id)).slice(0, mostAtOnce);
    wanted = ids.length === 0 ? new Set() : new Set([...wanted].filter((id) => !ids.includes(id)));
    if (ids.length === 0) break;
    try {
      for (const reasons of await loci.search.reasons({ ...typedOf(wish), ids })) {
        known.delete(reasons.id);
        known.set(reasons.id, { key: keyOfWish(wish), reasons });
        for (const watcher of watchers.get(reasons.id) ?? []) watcher();
      }
    } catch {
      // What is shown of the words stays.
    }
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  }
  isBusy = false;
}

export interface HitReasons {
  readonly reasons: SearchReasons | undefined;
  /** False while they are those of an earlier text. */
  readonly isFresh: boolean;
}

export function useReasons(wish: SearchWish, id: string): HitReasons {
  const key = keyOfWish(wish);
  const subscribe = useCallback(
    (onReasons: () => void) => {
      const set = watchers.get(id) ?? new Set();
      set.add(onReasons);
      watchers.set(id, set);
      return () => {
        set.delete(onReasons);
        if (set.size === 0) watchers.delete(id);
      };
    },
    [id],
  );
  const now = useSyncExternalStore(subscribe, () => known.get(id));
  useEffect(
    () => {
      if (known.get(id)?.key !== key) want(wish, id);
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- The key says all of the wish that matters.
    [key, id],
  );
  return { reasons: now?.reasons, isFresh: now?.key === key };
}

/** What is known right now, for what opens on demand. */
export const reasonsOf = (wish: SearchWish, id: string): SearchReasons | undefined => {
  const now = known.get(id);
  return now?.key === keyOfWish(wish) ? now.reasons : undefined;
};
