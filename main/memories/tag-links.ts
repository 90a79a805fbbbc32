/** Memories under one tag. */
interface PlacesUnderTag {
  readonly tagId: string;
  /** Which of the memories, counted from 1, in ranges: as Postgres writes an `int4multirange`. */
  readonly places: string;
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
