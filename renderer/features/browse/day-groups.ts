import type { Outline } from './outline.ts';

/** Memories of one day, one after the other, or what else has them in common. */
export interface DayGroup {
  /** Instead of the day. */
  readonly name?: string;
  /** The time of the first of them. */
  readonly time: number;
  readonly first: number;
  readonly count: number;
}

/**
 * By the days of the person's own clock. A day's borders are worked out once for all its memories:
 * asking the calendar for each of 200,000 would take a tenth of a second.
 */
export function dayGroups(outline: Outline): readonly DayGroup[] {
  const groups: DayGroup[] = [];
  let begin = 0;
  let end = 0;
  let first = 0;
  let firstTime: number | undefined;
  for (let index = 0; index < outline.length; index++) {
    const time = outline.timeAt(index);
    if (time === undefined) return [];
    if (firstTime !== undefined && time >= begin && time < end) continue;
    if (firstTime !== undefined) groups.push({ time: firstTime, first, count: index - first });
    firstTime = time;
    first = index;
    const day = new Date(time);
    begin = day.setHours(0, 0, 0, 0);
    end = day.setDate(day.getDate() + 1);
  }
  if (firstTime !== undefined) groups.push({ time: firstTime, first, count: outline.length - first });
  return groups;
}
