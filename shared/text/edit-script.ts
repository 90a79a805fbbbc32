/** From and to are places in the later sequence for what was added, in the earlier one otherwise. */
export interface Edit {
  readonly kind: 'same' | 'added' | 'removed';
  readonly from: number;
  readonly to: number;
}

/** A part of both sequences: [from, to) of one and of the other. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly otherFrom: number;
  readonly otherTo: number;
  /** It was searched already for what occurs once in both, in vain. */
  readonly nothingUnique?: boolean;
}

/** The shortest way is looked for until so many differences; its memory grows by the square. */
const mostDifferences = 500;
/** Steps in all, so that even texts of two megabytes with nothing in common take less than a second. */
const mostSteps = 5_000_000;

/**
 * How one sequence becomes the other. The shortest way (Myers 1986) where little differs; where much
 * does, what occurs once in both holds the sequences together, and the rest is found between; without
 * any such, the way that gets furthest is taken as far as it goes. What would then take too long is
 * replaced as a whole. The result is always right,
 * only not always the shortest.
 */
export function editScript(one: Uint32Array, other: Uint32Array): Edit[] {
  const edits = new EditList();
  const budget = { steps: mostSteps };
  // A stack instead of recursion: there may be a hundred thousand blocks.
  const blocks: Block[] = [{ from: 0, to: one.length, otherFrom: 0, otherTo: other.length }];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    let { from, to, otherFrom, otherTo } = block;
    const start = from;
    while (from < to && otherFrom < otherTo && one[from] === other[otherFrom]) {
      from++;
      otherFrom++;
    }
    edits.add('same', start, from);
    let tail = 0;
    while (from < to && otherFrom < otherTo && one[to - 1] === other[otherTo - 1]) {
      to--;
      otherTo--;
      tail++;
    }
    const inner = { from, to, otherFrom, otherTo };
    const way = from < to && otherFrom < otherTo ? shortestWay(one, other, inner, budget) : undefined;
    if (!way) {
      edits.add('removed', from, to);
      edits.add('added', otherFrom, otherTo);
    } else if (way.whole) {
      edits.addAll(way.edits);
    } else {
      // What is equal at the end of this block comes after its parts.
      blocks.push({ from: to, to: to + tail, otherFrom: otherTo, otherTo: otherTo + tail });
      const parts = block.nothingUnique ? undefined : splitAtUnique(one, other, inner);
      if (parts) {
        for (const part of parts.toReversed()) blocks.push(part);
      } else {
        edits.addAll(way.edits);
        const rest = { from: from + way.x, to, otherFrom: otherFrom + way.y, otherTo };
        blocks.push({ ...rest, nothingUnique: true });
      }
      continue;
    }
    edits.add('same', to, to + tail);
  }
  return edits.list;
}

/** Joins what follows on what it continues, and puts what was removed before what was added in its place. */
class EditList {
  readonly list: Edit[] = [];

  addAll(edits: readonly Edit[]): void {
    for (const { kind, from, to } of edits) this.add(kind, from, to);
  }

  add(kind: Edit['kind'], from: number, to: number): void {
    if (from === to) return;
    const last = this.list.at(-1);
    if (last?.kind === kind) {
      this.list[this.list.length - 1] = { kind, from: last.from, to };
    } else if (kind === 'removed' && last?.kind === 'added') {
      this.list.pop();
      this.add('removed', from, to);
      this.list.push(last);
    } else {
      this.list.push({ kind, from, to });
    }
  }
}

interface Way {
  readonly edits: Edit[];
  /** False when it is only the one that got furthest, to here. */
  readonly whole: boolean;
  readonly x: number;
  readonly y: number;
}

/** Undefined when all steps are used up. */
function shortestWay(
  one: Uint32Array,
  other: Uint32Array,
  { from, to, otherFrom, otherTo }: Block,
  budget: { steps: number },
): Way | undefined {
  if (budget.steps < 0) return undefined;
  const [length, otherLength] = [to - from, otherTo - otherFrom];
  const most = Math.min(length + otherLength, mostDifferences);
  // How far each diagonal gets with so many differences; a copy of each round is kept for the way back.
  const reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const rounds: Int32Array[] = [];
  const block = { from, to, otherFrom, otherTo };
  let furthest = { x: 0, y: 0 };
  for (let differences = 0; differences <= most; differences++) {
    furthest = { x: 0, y: 0 };
    rounds.push(reach.slice(middle - differences - 1, middle + differences + 2));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const down =
        diagonal === -differences ||
        (diagonal !== differences && at(reach, middle + diagonal - 1) < at(reach, middle + diagonal + 1));
      let x = down ? at(reach, middle + diagonal + 1) : at(reach, middle + diagonal - 1) + 1;
      let y = x - diagonal;
      budget.steps--;
      while (x < length && y < otherLength && one[from + x] === other[otherFrom + y]) {
        x++;
        y++;
        budget.steps--;
      }
      reach[middle + diagonal] = x;
      if (x === length && y === otherLength)
        return { whole: true, x, y, edits: wayBack(rounds, block, { x, y }) };
      if (x <= length && y <= otherLength && x + y > furthest.x + furthest.y) furthest = { x, y };
    }
    if (budget.steps < 0) break;
  }
  return { whole: false, ...furthest, edits: wayBack(rounds, block, furthest) };
}

function wayBack(
  rounds: readonly Int32Array[],
  { from, otherFrom }: Block,
  end: { readonly x: number; readonly y: number },
): Edit[] {
  const edits: Edit[] = [];
  let { x, y } = end;
  for (let differences = rounds.length - 1; differences >= 0; differences--) {
    const reach = rounds[differences] ?? new Int32Array();
    const middle = differences + 1;
    const diagonal = x - y;
    const down =
      diagonal === -differences ||
      (diagonal !== differences && at(reach, middle + diagonal - 1) < at(reach, middle + diagonal + 1));
    const [startX, startY] =
      differences === 0
        ? [0, 0]
        : down
          ? [at(reach, middle + diagonal + 1), at(reach, middle + diagonal + 1) - diagonal - 1]
          : [at(reach, middle + diagonal - 1), at(reach, middle + diagonal - 1) - diagonal + 1];
    const snake = differences === 0 ? x : down ? x - startX : x - startX - 1;
    if (snake > 0) edits.push({ kind: 'same', from: from + x - snake, to: from + x });
    if (differences > 0) {
      if (down) edits.push({ kind: 'added', from: otherFrom + startY, to: otherFrom + startY + 1 });
      else edits.push({ kind: 'removed', from: from + startX, to: from + startX + 1 });
    }
    [x, y] = [startX, startY];
  }
  return edits.toReversed();
}

/** Divides where something occurs once in each, along the longest row of those in the same order in both. */
function splitAtUnique(one: Uint32Array, other: Uint32Array, block: Block): Block[] | undefined {
  const places = uniquePlaces(one, block.from, block.to);
  const otherPlaces = uniquePlaces(other, block.otherFrom, block.otherTo);
  const pairs: [place: number, otherPlace: number][] = [];
  for (const [token, place] of places) {
    const otherPlace = otherPlaces.get(token);
    if (place >= 0 && otherPlace !== undefined && otherPlace >= 0) pairs.push([place, otherPlace]);
  }
  pairs.sort(([a], [b]) => a - b);
  const row = longestRising(pairs);
  if (row.length === 0) return undefined;
  const parts: Block[] = [];
  let { from, otherFrom } = block;
  for (const [place, otherPlace] of row) {
    parts.push({ from, to: place, otherFrom, otherTo: otherPlace });
    parts.push({ from: place, to: place + 1, otherFrom: otherPlace, otherTo: otherPlace + 1 });
    [from, otherFrom] = [place + 1, otherPlace + 1];
  }
  parts.push({ from, to: block.to, otherFrom, otherTo: block.otherTo });
  return parts;
}

/** Where each token is, or -1 for those that occur more than once. */
function uniquePlaces(tokens: Uint32Array, from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let place = from; place < to; place++) {
    const token = at(tokens, place);
    places.set(token, places.has(token) ? -1 : place);
  }
  return places;
}

/** By patience sorting: the longest row of pairs whose second places rise as well. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, [, otherPlace]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if ((pairs[ends[mid] ?? 0]?.[1] ?? 0) < otherPlace) low = mid + 1;
      else high = mid;
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  }
  const row: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) row.push(pair);
  }
  return row.toReversed();
}

function at(values: Uint32Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}
