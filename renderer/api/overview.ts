import type { Overview } from '../../shared/schemas/overview.ts';
import type { CountedSession } from '../../shared/schemas/session.ts';
import type { CountedTag } from '../../shared/schemas/tag.ts';
import { coalesced } from './coalesced.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

/** Counts in the sidebar may be a moment behind; counting a large library on every letter would be felt. */
const pauseMs = 250;

/** Undefined until it was read for the first time. */
const overview = follow<Overview | undefined>({
  first: undefined,
  read: () => loci.overview.read(),
  listen(tell) {
    const refresh = coalesced(() => overview.refresh(), pauseMs);
    const stops = [
      listen('library:changed', refresh),
      listen('user:switched', () => {
        tell(undefined);
        refresh();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
});

export const useOverview = (): Overview | undefined => useFollowed(overview);

const byId = new WeakMap<Overview, ReadonlyMap<string, CountedTag>>();
const noTags: ReadonlyMap<string, CountedTag> = new Map();

/** By their keys, worked out once for all the rows that name theirs. */
export function useTags(): ReadonlyMap<string, CountedTag> {
  const now = useOverview();
  return now ? tagsOf(now) : noTags;
}

function tagsOf(now: Overview): ReadonlyMap<string, CountedTag> {
  const known = byId.get(now) ?? new Map(now.tags.map((tag) => [tag.id, tag]));
  byId.set(now, known);
  return known;
}

/** The one new memories go to. */
export function useCurrentSession(): CountedSession | undefined {
  const now = useOverview();
  return now?.sessions.find(({ id }) => id === now.currentSessionId);
}
