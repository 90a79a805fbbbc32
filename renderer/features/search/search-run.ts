import { useEffect, useSyncExternalStore } from 'react';
import type { SearchHit, SearchResult } from '../../../shared/schemas/search.ts';
import { askerOf } from '../../api/asker.ts';
import { LociFailure } from '../../api/client.ts';
import { coalesced } from '../../api/coalesced.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { keepSummaries } from '../../api/summaries.ts';
import { type Found, type SearchState, settled } from './settled-hits.ts';
import { keyOfWish, typedOf, type SearchWish } from './search-wish.ts';

/** By meaning it may take longer than a letter does: then words answer first. */
const patienceMs = 60;
/** As many as there is room for, and all there are for whoever stays with them. */
const firstHits = 30;
const allHits = 200;
const restMs = 400;
const pauseMs = 250;
const mostKept = 20;
const refineMs = 5_000;
const askers = { words: askerOf('search by words'), both: askerOf('search') };

/** Of searches one goes back to. */
const known = new Map<string, Found>();
const watchers = new Set<() => void>();
/** Who looks at what was found without being why it is searched for. */
const lookers = new Set<() => void>();
let state: SearchState = {};
let wished: SearchWish | undefined;
/** Counts what was asked: an answer to anything but the latest is for nobody. */
let latest = 0;
let isHeld = false;
let refinedAtMs = 0;
/** How much was read for its meaning when it was searched last, and how much is now. */
let stored = { before: 0, now: 0 };
/** What the searches go by, as the person has set it. */
let tuned: string | undefined;
let rest: ReturnType<typeof setTimeout> | undefined;

function set(next: SearchState): void {
  state = next;
  for (const watcher of [...watchers, ...lookers]) watcher();
}

/** Searches, unless that very thing was asked for last. */
export function search(wish: SearchWish): void {
  const key = keyOfWish(wish);
  if (wished && keyOfWish(wished) === key) return;
  wished = wish;
  isHeld = false;
  const before = known.get(key);
  if (before) set({ found: before });
  void ask(before ? { ...wish, caret: before.wish.caret } : wish, 'asked');
}

async function ask(wish: SearchWish, why: 'asked' | 'changed'): Promise<void> {
  latest += 1;
  const asked = latest;
  stored.before = stored.now;
  clearTimeout(rest);
  const request = { ...typedOf(wish), order: wish.order, limit: firstHits };
  let isAnswered = false;
  const sooner = setTimeout(() => {
    if (isAnswered || asked !== latest || why === 'changed') return;
    loci.search.query({ ...request, by: 'words', asker: askers.words }).then(
      (result) => {
        if (!isAnswered && asked === latest) show(found(wish, result, true), 'asked');
      },
      () => undefined,
    );
  }, patienceMs);
  try {
    const result = await loci.search.query({ ...request, by: 'both', asker: askers.both });
    if (asked !== latest) return;
    show(found(wish, result, false), why);
    if (result.found > result.hits.length) rest = setTimeout(() => void askForAll(wish, asked), restMs);
  } catch (error) {
    if (asked !== latest || (error instanceof LociFailure && error.code === 'cancelled')) return;
    set({ ...state, failure: reasonOf(error) });
  } finally {
    isAnswered = true;
    clearTimeout(sooner);
  }
}

/** The rest of the list, below what is shown already. */
async function askForAll(wish: SearchWish, asked: number): Promise<void> {
  try {
    const request = { ...typedOf(wish), order: wish.order, limit: allHits };
    const result = await loci.search.query({ ...request, asker: askers.both });
    const { found: shown } = state;
    if (asked !== latest || !shown || shown.key !== keyOfWish(wish) || state.waiting) return;
    const there = new Set(shown.hits.map(({ memory }) => memory.id));
    const more = result.hits.filter(({ memory }) => !there.has(memory.id));
    keepSummaries(more.flatMap(current));
    set({ found: keepKnown({ ...shown, hits: [...shown.hits, ...more] }) });
  } catch {
    // Those that are there stay.
  }
}

function found(wish: SearchWish, result: SearchResult, isProvisional: boolean): Found {
  keepSummaries(result.hits.flatMap(current));
  return { key: keyOfWish(wish), wish, result, hits: result.hits, isProvisional };
}

/** As it was at a date it is no news of the memory. */
const current = ({ memory, asOf }: SearchHit) => (asOf ? [] : [memory]);

function show(next: Found, why: 'asked' | 'changed'): void {
  const { found: shown } = state;
  set(settled({ shown, next, why, isHeld }));
  if (!state.waiting) keepKnown(next);
}

function keepKnown(next: Found): Found {
  known.delete(next.key);
  known.set(next.key, next);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return next;
}

/** While somebody points at the hits, or goes through them, none of them moves. */
export function hold(wanted: boolean): void {
  isHeld = wanted;
  if (!wanted) showWaiting();
}

export function showWaiting(): void {
  if (state.waiting) set({ found: keepKnown(state.waiting) });
}

export function tryAgain(): void {
  if (wished) void ask(wished, 'asked');
}

const refresh = coalesced(async () => {
  if (wished && watchers.size > 0) await ask(wished, 'changed');
}, pauseMs);

listen('library:changed', ({ changes }) => {
  if (!changes.some(({ entity }) => entity === 'memory' || entity === 'tag' || entity === 'session')) return;
  known.clear();
  // Whoever comes back asks anew.
  if (watchers.size === 0) forget();
  else refresh();
});
/** More can be found by meaning than when it was searched for. */
function refine(): void {
  known.clear();
  refinedAtMs = performance.now();
  if (watchers.size > 0) refresh();
}

listen('embeddings:progress', (progress) => {
  const { pending } = progress;
  stored.now = progress.stored;
  // Of a long backlog only now and then.
  const isTime = pending === 0 || performance.now() - refinedAtMs > refineMs;
  const isMore = stored.now > stored.before || pending < (state.found?.result.meaning.pending ?? 0);
  if (isMore && isTime) refine();
});
listen('app:language', refine);
listen('app:status', (status) => {
  const isReady = status.phase === 'ready' && status.meaning.state === 'ready';
  if (isReady && state.found?.result.meaning.state === 'loading') refine();
});
listen('settings:changed', (now) => {
  const wishes = JSON.stringify(Object.entries(now).filter(([key]) => key.startsWith('search.')));
  const isFirst = tuned === undefined;
  if (wishes === tuned) return;
  tuned = wishes;
  if (isFirst && known.size === 0) return;
  known.clear();
  if (watchers.size === 0) forget();
  else refresh();
});
listen('user:switched', () => {
  known.clear();
  forget();
  set({});
});

function forget(): void {
  latest += 1;
  wished = undefined;
}

export function useSearch(wish: SearchWish): SearchState {
  const key = keyOfWish(wish);
  useEffect(
    () => search(wish),
    // The key says all of the wish but where somebody types, which follows the text.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- See above.
    [key],
  );
  return useSyncExternalStore(subscribe, stateOfSearch);
}

export const stateOfSearch = (): SearchState => state;

/** As long as somebody does, it is searched anew when the library changes. */
export function subscribe(onState: () => void): () => void {
  watchers.add(onState);
  return () => {
    watchers.delete(onState);
    if (watchers.size > 0) return;
    clearTimeout(rest);
    isHeld = false;
    forget();
    set({});
  };
}

/** What is on the screen of a search, if one is. */
export function useShownSearch(): Found | undefined {
  return useSyncExternalStore(look, () => state.found);
}

function look(onState: () => void): () => void {
  lookers.add(onState);
  return () => lookers.delete(onState);
}
