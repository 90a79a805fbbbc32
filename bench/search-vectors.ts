import fs from 'node:fs';
import path from 'node:path';
import type { Embedder } from '../main/embedding/embedder.ts';
import { Random } from './library/random.ts';
import { progress } from './report.ts';
import { hashOf } from './search-texts.ts';

/** Vectors of equal length, one after the other. */
export class VectorTable {
  readonly dimension: number;
  readonly #values: Float32Array;

  constructor(values: Float32Array, dimension: number) {
    this.#values = values;
    this.dimension = dimension;
  }

  get count(): number {
    return this.#values.length / this.dimension;
  }

  at(place: number): Float32Array {
    return this.#values.subarray(place * this.dimension, (place + 1) * this.dimension);
  }
}

const atOnce = 512;
const bytesPerNumber = 4;

/**
 * The vectors of these texts, made by the app's own worker. Kept in a file for this model and these texts; what was
 * interrupted goes on where it was.
 */
export async function embedOnce(
  dir: string,
  texts: readonly string[],
  embedder: Embedder,
  signal: AbortSignal,
): Promise<VectorTable> {
  const { model } = embedder.status();
  if (!model) throw new Error('The embedding worker is not ready.');
  const file = path.join(dir, `vectors-${hashOf(model.name, model.revision, ...texts)}.f32`);
  fs.mkdirSync(dir, { recursive: true });
  // Texts of one length together: a batch of the worker holds only such.
  const order = texts.map((_, i) => i).toSorted((a, b) => lengthOf(texts, a) - lengthOf(texts, b) || a - b);
  const bytesPerText = model.dimension * bytesPerNumber;
  const handle = fs.openSync(file, 'a');
  try {
    let done = Math.floor(fs.fstatSync(handle).size / bytesPerText);
    fs.ftruncateSync(handle, done * bytesPerText);
    while (done < texts.length) {
      const batch = order.slice(done, done + atOnce).map((place) => texts[place] ?? '');
      const vectors = await embedder.embed(batch, { signal });
      fs.writeSync(handle, new Uint8Array(Float32Array.from(vectors.flatMap((each) => [...each])).buffer));
      done += batch.length;
      if (Math.floor(done / 5_120) > Math.floor((done - batch.length) / 5_120))
        progress(`${done} of ${texts.length} texts embedded`);
    }
  } finally {
    fs.closeSync(handle);
  }
  const stored = new VectorTable(
    new Float32Array(new Uint8Array(fs.readFileSync(file)).buffer),
    model.dimension,
  );
  const values = new Float32Array(texts.length * model.dimension);
  for (const [place, text] of order.entries()) values.set(stored.at(place), text * model.dimension);
  return new VectorTable(values, model.dimension);
}

const lengthOf = (texts: readonly string[], place: number): number => texts[place]?.length ?? 0;

/** The n-th nearest to one, as far as it was looked for. */
export type Neighbours = (place: number, n: number) => number;

const groupSize = 200;

/**
 * Of each the nearest `most` of its group: those that are nearest to the same one of some hundreds chosen by chance.
 * Not always the nearest of all, but near.
 */
export function findNeighbours(vectors: VectorTable, most: number): Neighbours {
  const random = new Random(6);
  const middles = Array.from({ length: Math.max(1, Math.round(vectors.count / groupSize)) }, () =>
    vectors.at(random.between(0, vectors.count - 1)),
  );
  const groups = middles.map(() => new Array<number>());
  for (let place = 0; place < vectors.count; place++) {
    const vector = vectors.at(place);
    let best = 0;
    let likeness = -2;
    for (const [group, middle] of middles.entries()) {
      const now = dot(vector, middle);
      if (now > likeness) [best, likeness] = [group, now];
    }
    groups[best]?.push(place);
  }
  const nearest = new Map<number, readonly number[]>();
  for (const group of groups)
    for (const place of group) {
      const vector = vectors.at(place);
      const others = group
        .filter((other) => other !== place)
        .map((other) => ({ other, likeness: dot(vector, vectors.at(other)) }))
        .toSorted((a, b) => b.likeness - a.likeness);
      nearest.set(
        place,
        others.slice(0, most).map(({ other }) => other),
      );
    }
  // One that is alone in its group has none; then any other has to do.
  return (place, n) => {
    const near = nearest.get(place) ?? [];
    return near[n % Math.max(1, near.length)] ?? (place + 1 + n) % vectors.count;
  };
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
