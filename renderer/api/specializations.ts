import { useCallback, useEffect, useState } from 'react';
import type { InspectedAdapter } from '../../shared/schemas/adapter.ts';
import type { LibraryChange } from '../../shared/schemas/library-changes.ts';
import type { GroupedRow } from '../../shared/schemas/specialization-list.ts';
import { fromJsonText } from '../../shared/text/json-text.ts';
import { coalesced } from './coalesced.ts';
import { reasonOf } from './failure-words.ts';
import { follow, useFollowed, type Followed } from './followed.ts';
import { listen, loci } from './loci.ts';

export interface SpecializationList {
  /** Undefined until they were read for the first time. */
  readonly rows: readonly GroupedRow[] | undefined;
  readonly failure: string | undefined;
}

/** While many are added, each of them is a change. */
const pauseMs = 400;
const unread: SpecializationList = { rows: undefined, failure: undefined };

/** Memories in the trash are not counted. */
function concernsList({ entity, action }: LibraryChange): boolean {
  return entity === 'specialization' || (entity === 'memory' && action !== 'created' && action !== 'changed');
}

function followList(trashed: boolean) {
  const list: Followed<SpecializationList> = follow<SpecializationList>({
    first: unread,
    read: async () => {
      const { rows } = await loci.specializations.outline({ trashed });
      return { rows: fromJsonText(rows), failure: undefined };
    },
    listen(tell) {
      const refresh = coalesced(() => list.refresh(), pauseMs);
      const stops = [
        listen('library:changed', ({ changes }) => {
          if (changes.some(concernsList)) refresh();
        }),
        listen('user:switched', () => {
          tell(unread);
          refresh();
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
    unreadable: (error) => ({ rows: list.current().rows, failure: reasonOf(error) }),
  });
  return list;
}

const kept = followList(false);
const trashed = followList(true);

/** All of them: a few hundred bytes each, and sorted and filtered here without asking again. */
export function useSpecializations(isTrash = false): SpecializationList & { readonly retry: () => void } {
  const list = isTrash ? trashed : kept;
  return { ...useFollowed(list), retry: () => void list.refresh().catch(() => undefined) };
}

/** Right now, for deeds that say a name. */
export const knownSpecialization = (id: string): GroupedRow | undefined =>
  [...(kept.current().rows ?? []), ...(trashed.current().rows ?? [])].find((row) => row.id === id);

/** What was seen last of each: whoever comes back, or makes the window narrower, sees it at once. */
const lastSeen = new Map<string, InspectedAdapter>();
const mostSeen = 50;
listen('user:switched', () => lastSeen.clear());

function keepSeen(id: string, seen: InspectedAdapter): void {
  lastSeen.delete(id);
  lastSeen.set(id, seen);
  const [oldest] = lastSeen.keys();
  if (lastSeen.size > mostSeen && oldest !== undefined) lastSeen.delete(oldest);
}

function firstOf(id: string): Inspected {
  const seen = lastSeen.get(id);
  return seen ? { state: 'there', ...seen } : { state: 'loading' };
}

export type Inspected =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly reason: string }
  | ({ readonly state: 'there' } & InspectedAdapter);

/** One specialization and what its adapter is, looked at again when either changes. */
export function useInspected(id: string): readonly [Inspected, refresh: () => Promise<void>] {
  const [shown, setShown] = useState<Inspected & { readonly id: string }>(() => ({ id, ...firstOf(id) }));

  const refresh = useCallback(async () => {
    try {
      const found = await loci.specializations.inspect({ id });
      keepSeen(id, found);
      setShown({ id, state: 'there', ...found });
    } catch (error) {
      lastSeen.delete(id);
      setShown({ id, state: 'failed', reason: reasonOf(error) });
    }
  }, [id]);

  useEffect(() => {
    const read = coalesced(refresh, pauseMs);
    read();
    return listen('library:changed', ({ changes }) => {
      const isMeant = changes.some(
        ({ entity, ids }) => entity === 'specialization' && (ids === null || ids.includes(id)),
      );
      if (isMeant) read();
    });
  }, [id, refresh]);

  return [shown.id === id ? shown : firstOf(id), refresh];
}
