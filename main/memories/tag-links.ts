import { rowsOfTexts } from '../undo/undo-stack.ts';

/** Memories under one tag. */
interface PlacesUnderTag {
  readonly tagId: string;
  /** Which of the memories, counted from 1, in ranges: as Postgres writes an `int4multirange`. */
  readonly places: string;
  /**
   * Of links that were there: when each was made, as a JSON object of places by time. Put back with it, a link
   * is the same to whoever made it.
   */
  readonly times?: string;
}

/**
 * Memories under tags. A hundred thousand memories may be under dozens of tags each: pairs of keys
 * would fill the app's memory, ranges of places take next to nothing.
 */
export interface TagLinks {
  readonly memoryIds: readonly string[];
  readonly underTags: readonly PlacesUnderTag[];
}

/** Each of these memories under each of these tags. */
export function allLinks(memoryIds: readonly string[], tagIds: Iterable<string>): TagLinks {
  const places = memoryIds.length === 0 ? '{}' : `{[1,${memoryIds.length + 1})}`;
  return { memoryIds, underTags: Array.from(tagIds, (tagId) => ({ tagId, places })) };
}

/** Those that are under any of the tags. */
export function memoriesOf(links: TagLinks): string[] {
  const counts = countTags(links);
  return links.memoryIds.filter((_, index) => counts[index] !== 0);
}

/** How many memories have any link that is not among those `done`, which are some of these links. */
export function countLeft(links: TagLinks, done: Pick<TagLinks, 'underTags'>): number {
  const doneCounts = countTags({ ...links, ...done });
  return countTags(links).filter((count, index) => count !== doneCounts[index]).length;
}

/** How much the undo stack remembers with them. */
export function rowsOf({ memoryIds, underTags }: TagLinks): number {
  return memoryIds.length + rowsOfTexts(underTags.flatMap(({ places, times = '' }) => [places, times]));
}

/** Under how many of the tags each memory is. */
function countTags({ memoryIds, underTags }: TagLinks): Uint16Array {
  const counts = new Uint16Array(memoryIds.length);
  for (const { places } of underTags) {
    for (const [, from, to] of places.matchAll(/\[(\d+),(\d+)\)/g)) {
      for (let place = Number(from); place < Number(to); place++)
        counts[place - 1] = (counts[place - 1] ?? 0) + 1;
    }
  }
  return counts;
}
