import type { Span } from '../../navigation/period.ts';
import type { Outline } from '../browse/outline.ts';

/** From the finest to the coarsest, with about how many days each has. */
const units = [
  ['day', 1],
  ['week', 7],
  ['month', 30.4],
  ['quarter', 91.3],
  ['year', 365.2],
  ['decade', 3652],
  ['century', 36_524],
] as const;
export type Unit = (typeof units)[number][0];

/** A stretch of the calendar, and how many memories fall into it. */
export interface Bin extends Span {
  readonly count: number;
}

export interface Bins {
  readonly unit: Unit;
  readonly bins: readonly Bin[];
}

const dayMs = 86_400_000;
/** A query names no day before this one; what is older has no bar. */
const earliest = new Date(1000, 0, 1).getTime();

/** When the memories of a list are, the earliest first. What has no time is left out. */
export function timesOf(outline: Outline): Float64Array {
  const times = new Float64Array(outline.length);
  let length = 0;
  let isSorted = true;
  // Lists have the newest first.
  for (let index = outline.length - 1; index >= 0; index--) {
    const time = outline.timeAt(index);
    if (time === undefined || time < earliest) continue;
    if (length > 0 && (times[length - 1] ?? 0) > time) isSorted = false;
    times[length] = time;
    length += 1;
  }
  const known = times.subarray(0, length);
  return isSorted ? known : known.toSorted();
}

/** By the finest stretches of the calendar of which there is room for as many as there are. */
export function binsOf(times: Float64Array, most: number): Bins {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return { unit: 'day', bins: [] };
  const days = (last - first) / dayMs;
  const [unit] = units.find(([, length]) => days / length + 2 <= most) ?? ['century' as const];
  const bins: Bin[] = [];
  for (let begin = beginOf(unit, first); begin <= last;) {
    const end = endOf(unit, begin);
    bins.push({ begin, end, count: countWithin(times, { begin, end }) });
    begin = end;
  }
  return { unit, bins };
}

/** They are in order: however many there are, it is two searches. */
export const countWithin = (times: Float64Array, { begin, end }: Span): number =>
  firstFrom(times, end) - firstFrom(times, begin);

function firstFrom(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By the person's own clock; weeks begin on Monday, as in a query. */
function beginOf(unit: Unit, time: number): number {
  const day = new Date(time);
  day.setHours(0, 0, 0, 0);
  const [year, month] = [day.getFullYear(), day.getMonth()];
  switch (unit) {
    case 'day':
      return day.getTime();
    case 'week':
      return day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
    case 'month':
      return day.setDate(1);
    case 'quarter':
      return day.setMonth(month - (month % 3), 1);
    case 'year':
      return day.setMonth(0, 1);
    case 'decade':
      return day.setFullYear(year - (year % 10), 0, 1);
    case 'century':
      return day.setFullYear(year - (year % 100), 0, 1);
  }
}

function endOf(unit: Unit, begin: number): number {
  const day = new Date(begin);
  // Where clocks are put forward at midnight a day begins later, and the next one does not.
  day.setHours(0, 0, 0, 0);
  switch (unit) {
    case 'day':
      return day.setDate(day.getDate() + 1);
    case 'week':
      return day.setDate(day.getDate() + 7);
    case 'month':
      return day.setMonth(day.getMonth() + 1);
    case 'quarter':
      return day.setMonth(day.getMonth() + 3);
    case 'year':
      return day.setFullYear(day.getFullYear() + 1);
    case 'decade':
      return day.setFullYear(day.getFullYear() + 10);
    case 'century':
      return day.setFullYear(day.getFullYear() + 100);
  }
}
