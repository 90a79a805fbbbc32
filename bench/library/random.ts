import { v7 as uuidV7 } from 'uuid';

/** Chance that turns out the same for the same seed: sfc32, by Chris Doty-Humphrey. */
export class Random {
  #a = 0x9e3779b9;
  #b = 0x243f6a88;
  #c: number;
  #counter = 1;
  readonly #bytes = new Uint8Array(16);
  readonly #words = new Uint32Array(this.#bytes.buffer);

  constructor(seed: number) {
    this.#c = seed | 0;
    for (let i = 0; i < 16; i++) this.#next();
  }

  /** At least 0, less than 1. */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** Around the middle, two thirds of them no further off than `spread`. */
  around(middle: number, spread: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()));
    return middle + spread * radius * Math.cos(2 * Math.PI * this.fraction());
  }

  /** Mostly less than the mean, now and then much more: the time until something happens. */
  wait(mean: number): number {
    return -mean * Math.log(1 - this.fraction());
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.fraction() * from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }

  /** A key as the app makes them, for a row of that time. */
  timedKey(timeMs: number): string {
    return uuidV7({ msecs: timeMs, seq: this.#next(), random: this.#fill() });
  }

  /** A key that says nothing, not even when. */
  plainKey(): string {
    const bytes = this.#fill();
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Buffer.from(bytes.buffer).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #fill(): Uint8Array {
    for (let i = 0; i < 4; i++) this.#words[i] = this.#next();
    return this.#bytes;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** Picks by weight. */
export class Lottery {
  readonly #ends: Float64Array;

  constructor(weights: readonly number[]) {
    let end = 0;
    this.#ends = Float64Array.from(weights, (weight) => (end += weight));
  }

  /** The first is drawn most often, the tenth a tenth as often. */
  static zipf(count: number): Lottery {
    return new Lottery(Array.from({ length: count }, (_, rank) => 1 / (rank + 1)));
  }

  /** A position in the list of weights. */
  draw(random: Random): number {
    const last = this.#ends.length - 1;
    const place = random.fraction() * (this.#ends[last] ?? 0);
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] ?? 0) > place) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
