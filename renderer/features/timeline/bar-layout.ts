import { scaleSqrt, scaleTime } from 'd3-scale';
import type { Span } from '../../navigation/period.ts';
import { countWithin, type Bin, type Bins } from './bins.ts';
import { periodInWords, tickInWords } from './period-words.ts';
import type { Stretch } from './use-brush.ts';

export const barsHeight = 40;
const widestBar = 20;
const tickWidth = 56;

/** A bar as it is drawn. */
export interface Bar {
  readonly bin: Bin;
  /** "March 2025" */
  readonly time: string;
  readonly x: number;
  readonly room: number;
  readonly bar: { readonly x: number; readonly width: number };
  readonly height: number;
}

/** Where all of it stands, in pixels. */
export function layOutBars({ bins }: Bins, width: number) {
  const [begin, end] = [bins[0]?.begin ?? 0, bins.at(-1)?.end ?? 1];
  const time = scaleTime<number>([begin, end], [0, width]).clamp(true);
  // What came in all at once would leave the rest no height to be seen by.
  const high = scaleSqrt([0, Math.max(1, ...bins.map(({ count }) => count))], [0, barsHeight]);
  const heightOf = (count: number): number => (count === 0 ? 0 : Math.max(2, Math.round(high(count))));
  const bars = bins.map((bin): Bar => {
    const x = Math.round(time(bin.begin));
    const room = Math.max(1, Math.round(time(bin.end)) - x);
    const barWidth = Math.max(1, Math.min(widestBar, room - (room < 6 ? 1 : 2)));
    return {
      bin,
      time: periodInWords(bin),
      x,
      room,
      bar: { x: x + Math.floor((room - barWidth) / 2), width: barWidth },
      height: heightOf(bin.count),
    };
  });
  const barAt = (x: number): number => {
    const index = bars.findIndex((bar) => x < bar.x + bar.room);
    return index < 0 ? bars.length - 1 : index;
  };
  const stretchOf = (span: Span): Stretch => [Math.round(time(span.begin)), Math.round(time(span.end))];
  return {
    bars,
    /** How high each bar is of what was found. */
    heightsOf: (foundTimes: Float64Array) => bins.map((bin) => heightOf(countWithin(foundTimes, bin))),
    barAt,
    stretchOf,
    middleOf: (span: Span): number => (time(span.begin) + time(span.end)) / 2,
    /** The borders of bars that are nearest, with at least one bar between them. */
    snapped([from, to]: Stretch): { readonly stretch: Stretch; readonly span: Span } {
      const borders = [...bars.map(({ x }) => x), width];
      const first = Math.min(nearest(borders, from), bars.length - 1);
      const last = Math.max(nearest(borders, to), first + 1);
      const span = { begin: bins[first]?.begin ?? begin, end: bins[last - 1]?.end ?? end };
      return { span, stretch: stretchOf(span) };
    },
    ticks: time
      .ticks(Math.max(1, Math.floor(width / tickWidth)))
      .filter((day) => day.getHours() === 0 && day.getMinutes() === 0)
      .map((day) => ({ words: tickInWords(day), x: Math.round(time(day)) }))
      .filter(({ x }) => x <= width - 32),
  };
}

function nearest(borders: readonly number[], x: number): number {
  let found = 0;
  for (const [index, border] of borders.entries()) {
    if (Math.abs(border - x) < Math.abs((borders[found] ?? 0) - x)) found = index;
  }
  return found;
}
