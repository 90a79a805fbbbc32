import type { Bins, Unit } from './bins.ts';

/** Where the keyboard is among the bars, and where a range begins that Shift makes. */
export interface BarCursor {
  readonly at: number;
  readonly anchor: number;
}

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface BarMove {
  readonly cursor: BarCursor;
  /** The bars that are chosen by it, the first and the last; undefined when it only moves. */
  readonly chosen?: readonly [number, number];
  /** Part of the same choice as the one before. */
  readonly goesOn?: boolean;
}

/** A page leads from a month to the same month of the year before, and the like. */
const pages: Readonly<Record<Unit, number>> = {
  day: 7,
  week: 4,
  month: 12,
  quarter: 4,
  year: 10,
  decade: 10,
  century: 10,
};

/** What a key does among the bars; undefined when it is for something else. */
export function barKey(pressed: Pressed, { unit, bins }: Bins, cursor: BarCursor): BarMove | undefined {
  if (bins.length === 0 || pressed.altKey || pressed.ctrlKey || pressed.metaKey) return undefined;
  if (pressed.key === 'Enter' || pressed.key === ' ') {
    return { cursor: { at: cursor.at, anchor: cursor.at }, chosen: [cursor.at, cursor.at] };
  }
  const target = targetOf(pressed.key, cursor.at, pages[unit], bins.length - 1);
  if (target === undefined) return undefined;
  const at = Math.min(bins.length - 1, Math.max(0, target));
  if (!pressed.shiftKey) return { cursor: { at, anchor: at } };
  const { anchor } = cursor;
  return {
    cursor: { at, anchor },
    chosen: [Math.min(at, anchor), Math.max(at, anchor)],
    goesOn: cursor.at !== anchor,
  };
}

function targetOf(key: string, at: number, page: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowRight':
      return at + 1;
    case 'PageUp':
      return at - page;
    case 'PageDown':
      return at + page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
