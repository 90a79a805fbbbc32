import { setImmediate } from 'node:timers/promises';

/** Vectors of unit length, and what they are of. */
export interface Placed {
  readonly id: string;
  readonly vector: Float32Array;
}

export interface VectorGroup {
  readonly centre: Float32Array;
  /** The most typical first. */
  readonly members: readonly (Placed & { readonly nearness: number })[];
}

const rounds = 8;
/** Others want this thread, too. */
const longestTurnMs = 8;

export const nearness = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/** Their middle, of unit length. */
export function centreOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  const length = Math.sqrt(nearness(sum, sum)) || 1;
  return sum.map((value) => value / length);
}

/**
 * Puts what is about the same together, the same way each time: centres are chosen one after the other, each as far as
 * can be from those before, and then moved to the middle of what is nearest to them.
 */
export async function groupVectors(
  placed: readonly Placed[],
  most: number,
  signal?: AbortSignal,
): Promise<VectorGroup[]> {
  const ordered = placed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const breathe = breather(signal);
  let centres = await farthestApart(ordered, most, breathe);
  let groups: Placed[][] = [];
  let before = '';
  for (let round = 0; round < rounds && centres.length > 0; round++) {
    groups = centres.map(() => []);
    const places: number[] = [];
    for (const each of ordered) {
      await breathe();
      const place = nearestOf(each.vector, centres);
      places.push(place);
      groups[place]?.push(each);
    }
    const now = places.join();
    if (now === before) break;
    before = now;
    groups = groups.filter((group) => group.length > 0);
    centres = groups.map((group) => centreOf(group.map(({ vector }) => vector)));
  }
  return groups.flatMap((group, index) => {
    const centre = centres[index];
    if (!centre || group.length === 0) return [];
    const members = group
      .map((each) => ({ ...each, nearness: nearness(each.vector, centre) }))
      .toSorted((a, b) => b.nearness - a.nearness || (a.id < b.id ? -1 : 1));
    return [{ centre, members }];
  });
}

async function farthestApart(
  ordered: readonly Placed[],
  most: number,
  breathe: () => Promise<void>,
): Promise<Float32Array[]> {
  if (ordered.length === 0) return [];
  const middle = centreOf(ordered.map(({ vector }) => vector));
  // The most typical of all comes first: what lies apart finds its own place afterwards.
  const first = ordered.reduce((best, each) =>
    nearness(each.vector, middle) > nearness(best.vector, middle) ? each : best,
  );
  const centres = [first.vector];
  const nearest = ordered.map(({ vector }) => nearness(vector, first.vector));
  while (centres.length < Math.min(most, ordered.length)) {
    let farthest = 0;
    for (const [index, value] of nearest.entries()) if (value < (nearest[farthest] ?? 1)) farthest = index;
    const next = ordered[farthest];
    if (!next || (nearest[farthest] ?? 1) > 0.999) break;
    centres.push(next.vector);
    for (const [index, { vector }] of ordered.entries()) {
      if (index % 256 === 0) await breathe();
      nearest[index] = Math.max(nearest[index] ?? -1, nearness(vector, next.vector));
    }
  }
  return centres;
}

function nearestOf(vector: Float32Array, centres: readonly Float32Array[]): number {
  let best = 0;
  let most = -Infinity;
  for (const [index, centre] of centres.entries()) {
    const value = nearness(vector, centre);
    if (value > most) {
      most = value;
      best = index;
    }
  }
  return best;
}

function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestTurnMs) return;
    await setImmediate();
    signal?.throwIfAborted();
    since = performance.now();
  };
}
