import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { LibraryChange } from '../../shared/schemas/library-changes.ts';
import type { MemorySummary } from '../../shared/schemas/memory.ts';
import { listen, loci } from './loci.ts';

/** What lists show of memories: asked for together, kept, and read again when it changes without vanishing meanwhile. */
interface Kept {
  readonly summary: MemorySummary;
  readonly isStale: boolean;
}

/** As many as main answers with in one go. */
const mostAtOnce = 200;
/** More than any window shows; the oldest go first. */
const mostKept = 4000;

const kept = new Map<string, Kept>();
const watchers = new Map<string, Set<() => void>>();
/** In the order they were asked for. */
let wanted = new Set<string>();
let isAsking = false;
let generation = 0;

function want(id: string): void {
  wanted.add(id);
  if (!isAsking) void ask();
}

async function ask(): Promise<void> {
  isAsking = true;
  // Whatever this frame wants goes together.
  await Promise.resolve();
  while (wanted.size > 0) {
    // What was scrolled past is not asked for; what came last is in view.
    const inView = [...wanted].filter((id) => watchers.has(id));
    const ids = inView.slice(-mostAtOnce);
    wanted = new Set(inView.slice(0, -mostAtOnce));
    if (ids.length === 0) break;
    const asked = generation;
    try {
      const summaries = await loci.memories.summaries({ ids });
      if (asked === generation) keep(summaries);
    } catch {
      // The row keeps its place; it asks again when it is seen again.
    }
  }
  isAsking = false;
}

function keep(summaries: readonly MemorySummary[]): void {
  for (const summary of summaries) {
    kept.delete(summary.id);
    kept.set(summary.id, { summary, isStale: false });
  }
  for (const id of kept.keys()) {
    if (kept.size <= mostKept) break;
    if (!watchers.has(id)) kept.delete(id);
  }
  for (const { id } of summaries) tell(id);
}

function tell(id: string): void {
  for (const watcher of watchers.get(id) ?? []) watcher();
}

function outdate(ids: Iterable<string>): void {
  for (const id of ids) {
    const known = kept.get(id);
    if (known) kept.set(id, { ...known, isStale: true });
    if (watchers.has(id)) want(id);
  }
}

function onChange({ entity, ids }: LibraryChange): void {
  if (entity === 'memory') outdate(ids ?? [...kept.keys()]);
}

listen('library:changed', ({ changes }) => changes.forEach(onChange));
listen('user:switched', () => {
  generation += 1;
  kept.clear();
  wanted.clear();
  for (const id of watchers.keys()) tell(id);
});

/** Undefined until it is there; afterwards always the latest that is known. */
export function useSummary(id: string): MemorySummary | undefined {
  const subscribe = useCallback(
    (onSummary: () => void) => {
      const set = watchers.get(id) ?? new Set();
      set.add(onSummary);
      watchers.set(id, set);
      return () => {
        set.delete(onSummary);
        if (set.size === 0) watchers.delete(id);
      };
    },
    [id],
  );
  const summary = useSyncExternalStore(subscribe, () => kept.get(id)?.summary);
  useEffect(() => {
    const known = kept.get(id);
    if (!known || known.isStale) want(id);
  }, [id]);
  return summary;
}

/** What is known of it right now, for deeds that depend on it. */
export const knownSummary = (id: string): MemorySummary | undefined => kept.get(id)?.summary;

/** Hits of a search bring theirs along. */
export const keepSummaries = keep;
