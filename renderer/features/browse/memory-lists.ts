import { useCallback, useSyncExternalStore } from 'react';
import type { LibraryChange } from '../../../shared/schemas/library-changes.ts';
import type { MemoryFilter } from '../../../shared/schemas/memory.ts';
import { coalesced } from '../../api/coalesced.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { unpack, type Outline } from './outline.ts';

/** What a list is asked for by: what all of its memories have in common. */
export interface ListRequest {
  readonly filter: MemoryFilter;
}

export interface ListState {
  /** Undefined until it is there; then always the latest that is known. */
  readonly outline?: Outline;
  readonly failure?: string;
}

interface KeptList {
  readonly request: ListRequest;
  state: ListState;
  isStale: boolean;
  readonly watchers: Set<() => void>;
  readonly refresh: () => void;
}

/** As many as one goes back to; each is a few megabytes of a large library. */
const mostKept = 6;
const pauseMs = 200;
const nothingYet: ListState = {};

/** The latest used comes last. */
const lists = new Map<string, KeptList>();
let generation = 0;

function listFor(request: ListRequest): KeptList {
  const key = JSON.stringify(request);
  const known = lists.get(key);
  if (known) return known;
  const list: KeptList = {
    request,
    state: nothingYet,
    isStale: true,
    watchers: new Set(),
    refresh: coalesced(() => read(list), pauseMs),
  };
  lists.set(key, list);
  for (const [oldKey, old] of lists) {
    if (lists.size <= mostKept) break;
    if (old.watchers.size === 0 && old !== list) lists.delete(oldKey);
  }
  return list;
}

async function read(list: KeptList): Promise<void> {
  const asked = generation;
  // A change that comes while it is being read makes it out of date again.
  list.isStale = false;
  let state: ListState;
  try {
    state = { outline: unpack(await loci.memories.outline(list.request)) };
  } catch (error) {
    list.isStale = true;
    state = { ...list.state, failure: reasonOf(error) };
  }
  if (asked !== generation) return;
  list.state = state;
  for (const watcher of list.watchers) watcher();
}

function onChanges(changes: readonly LibraryChange[]): void {
  for (const list of lists.values()) {
    if (!changes.some((change) => concerns(list.request, change))) continue;
    list.isStale = true;
    if (list.watchers.size > 0) list.refresh();
  }
}

/** Whether other memories may be in the list now, or in another order. */
function concerns(request: ListRequest, { entity, action, fields }: LibraryChange): boolean {
  if (entity === 'session' || entity === 'tag') return action !== 'created' && action !== 'changed';
  if (entity !== 'memory') return false;
  return action !== 'changed' || fields.some((field) => matters(request.filter, field));
}

function matters({ pinned, tagIds, sessionId, untagged }: MemoryFilter, field: string): boolean {
  switch (field) {
    case 'occurred_at':
      return true;
    case 'pinned':
      return pinned !== undefined;
    case 'tags':
      return tagIds !== undefined || untagged !== undefined;
    case 'session_id':
      return sessionId !== undefined;
    default:
      return false;
  }
}

listen('library:changed', ({ changes }) => onChanges(changes));
listen('user:switched', () => {
  generation += 1;
  for (const list of lists.values()) {
    list.state = nothingYet;
    list.isStale = true;
    for (const watcher of list.watchers) watcher();
    if (list.watchers.size > 0) list.refresh();
  }
});

/** Where it could not be read. */
export const readAgain = (request: ListRequest): void => listFor(request).refresh();

export function useMemoryList(request: ListRequest): ListState {
  const key = JSON.stringify(request);
  const subscribe = useCallback(
    (onState: () => void) => {
      const list = listFor(request);
      // It was used last.
      lists.delete(key);
      lists.set(key, list);
      list.watchers.add(onState);
      if (list.isStale) list.refresh();
      return () => list.watchers.delete(onState);
    },
    // The key says all of the request.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- See above.
    [key],
  );
  return useSyncExternalStore(subscribe, () => lists.get(key)?.state ?? nothingYet);
}
