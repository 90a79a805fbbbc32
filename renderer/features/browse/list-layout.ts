import type { DayGroup } from './day-groups.ts';

/** Headings and memories below each other, counted together. */
export interface ListLayout {
  readonly length: number;
  isHeading(item: number): boolean;
  /** Of the memory or heading. */
  groupOf(item: number): number;
  /** -1 for a heading. */
  rowOf(item: number): number;
  itemOf(row: number): number;
}

export function layOut(rows: number, groups: readonly DayGroup[]): ListLayout {
  const starts = groups.map(({ first }, group) => first + group);
  const headings = new Uint8Array(rows + groups.length);
  for (const start of starts) headings[start] = 1;

  function groupOf(item: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= item) low = middle;
      else high = middle - 1;
    }
    return groups.length > 0 ? low : -1;
  }

  function groupOfRow(row: number): number {
    let low = 0;
    let high = groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((groups[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return groups.length > 0 ? low : -1;
  }

  return {
    length: headings.length,
    isHeading: (item) => headings[item] === 1,
    groupOf,
    rowOf: (item) => (headings[item] === 1 ? -1 : item - groupOf(item) - 1),
    itemOf: (row) => row + groupOfRow(row) + 1,
  };
}
