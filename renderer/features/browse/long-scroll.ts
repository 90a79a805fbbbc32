/** What it takes of an element that scrolls. */
export interface Scroller extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly scrollTop: number;
  readonly clientHeight: number;
  scrollTo(to: { readonly top: number; readonly behavior: 'instant' }): void;
}

type OnMove = (offset: number, isMoving: boolean) => void;

/** Chromium cuts off what lies beyond 2^25 pixels of the screen; on the densest there are four of them to one of a page. */
export const mostPx = 2 ** 25 / 4;
/** Further in one go leads only the scroll bar. */
const leapPx = 4_000;
/** So near to an end the bar goes with the list, step by step: otherwise one would hardly arrive there. */
const endPx = 100_000;

/**
 * A list that may be longer than a page can be: 200,000 memories are, on a screen of twice the usual density. Such a
 * list is drawn `mostPx` long, and what is in it stands `shift` higher than it would. A wheel moves it as far as any
 * other; the scroll bar leads to its share of the whole, and finds its place again when all is at rest.
 */
export class LongScroll {
  #element: Scroller | null = null;
  #total = 0;
  #shift = 0;
  /** As the element last told it: to ask would have the page laid out at once. */
  #top = 0;
  readonly #watchers = new Set<() => void>();
  readonly #followers = new Set<OnMove>();

  /** How far down the list is what stands at the top of the element. */
  get offset(): number {
    return this.#top + this.#shift;
  }

  readonly shift = (): number => this.#shift;

  readonly subscribe = (onShift: () => void): (() => void) => {
    this.#watchers.add(onShift);
    return () => this.#watchers.delete(onShift);
  };

  /** Tells how far down it is, with each move. */
  readonly follow = (onMove: OnMove): (() => void) => {
    this.#followers.add(onMove);
    return () => this.#followers.delete(onMove);
  };

  /** Returns the way to stop. */
  attach(element: Scroller): () => void {
    this.#element = element;
    const onScroll = () => this.#moved(element.scrollTop);
    const onRest = () => this.#rested();
    element.addEventListener('scroll', onScroll);
    element.addEventListener('scrollend', onRest);
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('scrollend', onRest);
      this.#element = null;
    };
  }

  /** Once it is drawn so long. */
  setTotal(total: number): void {
    if (total === this.#total) return;
    const { offset } = this;
    const wasLong = this.#isLong;
    this.#total = total;
    if (wasLong || this.#isLong) this.scrollTo(offset);
  }

  scrollTo(offset: number): void {
    const element = this.#element;
    if (!element) return;
    const to = this.#isLong ? Math.max(0, Math.min(offset, this.#furthest)) : offset;
    const top = this.#topFor(to);
    if (top !== this.#top) {
      element.scrollTo({ top, behavior: 'instant' });
      this.#top = element.scrollTop;
    }
    this.#setShift(this.#isLong ? to - this.#top : 0);
    this.#tell(false);
  }

  #moved(top: number): void {
    const by = top - this.#top;
    this.#top = top;
    if (this.#isLong) {
      if (Math.abs(by) > leapPx) this.#setShift(this.#offsetFor(top) - top);
      else if (this.offset < 0) this.#setShift(-top);
      else if (this.offset > this.#furthest) this.#setShift(this.#furthest - top);
      // At an end of the element, not of the list.
      else if (by !== 0 && (top <= 0 || top >= this.#furthestTop)) return this.scrollTo(this.offset);
    }
    this.#tell(true);
  }

  #rested(): void {
    if (this.#isLong && Math.abs(this.#topFor(this.offset) - this.#top) > 1) this.scrollTo(this.offset);
    else this.#tell(false);
  }

  get #isLong(): boolean {
    return this.#total > mostPx;
  }

  get #furthest(): number {
    return this.#total - (this.#element?.clientHeight ?? 0);
  }

  get #furthestTop(): number {
    return Math.min(this.#total, mostPx) - (this.#element?.clientHeight ?? 0);
  }

  /** Where the element has to be for it. */
  #topFor(offset: number): number {
    return this.#isLong ? placeIn(this.#furthest, this.#furthestTop, offset) : offset;
  }

  #offsetFor(top: number): number {
    return placeIn(this.#furthestTop, this.#furthest, top);
  }

  #setShift(shift: number): void {
    if (shift === this.#shift) return;
    this.#shift = shift;
    for (const watcher of this.#watchers) watcher();
  }

  #tell(isMoving: boolean): void {
    for (const follower of this.#followers) follower(this.offset, isMoving);
  }
}

/** What a place of one length is in another: the same from either end, and in between by its share. */
function placeIn(from: number, to: number, place: number): number {
  if (place <= endPx) return place;
  if (place >= from - endPx) return to - (from - place);
  return endPx + ((place - endPx) * (to - 2 * endPx)) / (from - 2 * endPx);
}

/** A stretch of the list, in its own pixels. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const stretchPx = 100_000;

/** Of what is longer than a page can be, no more is drawn than what is about here; it does not change with each step. */
export function stretchAround(offset: number, total: number): Stretch {
  if (total <= mostPx) return { from: 0, to: total };
  const from = (Math.floor(offset / stretchPx) - 1) * stretchPx;
  return { from, to: from + 3 * stretchPx };
}

/** The part of it that is drawn; all of it where it is elsewhere. */
export function cutTo({ from, to }: Stretch, part: Stretch): Stretch {
  return part.to <= from || part.from >= to
    ? part
    : { from: Math.max(from, part.from), to: Math.min(to, part.to) };
}
