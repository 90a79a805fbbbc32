import type { BrokenLink } from '../../shared/schemas/audit.ts';
import { beginningHash, eventHash } from './event-hash.ts';
import type { StoredEvent } from './audit.repository.ts';

export interface ChainWalkOptions {
  /** The sequence at which there now is the event that was written after the one with this hash. */
  readonly findFollower: (hash: Uint8Array) => Promise<number | undefined>;
}

/** Goes along a chain, event by event in the order of their sequence, up to the first that is not as it was written. */
export class ChainWalk {
  readonly #options: ChainWalkOptions;
  #sequence = 0;
  #hash = beginningHash;

  constructor(options: ChainWalkOptions) {
    this.#options = options;
  }

  async step(event: StoredEvent): Promise<BrokenLink | undefined> {
    const expected = this.#sequence + 1;
    const isLinked = isSame(event.previousHash, this.#hash);
    const isItself = isSame(event.hash, eventHash(event.previousHash, event));
    if (event.sequence === expected && isLinked && isItself) {
      this.#sequence = expected;
      this.#hash = event.hash;
      return undefined;
    }
    if (event.sequence === expected) {
      // It vouches for itself and remembers another event before it: that one was replaced, its hash included.
      if (isItself && !isLinked)
        return { sequence: Math.max(1, this.#sequence), kind: 'changed', missing: 0 };
      // It carries on from the one before it, hence it is in its place and not what it was.
      if (isLinked) return { sequence: expected, kind: 'changed', missing: 0 };
    }
    const follower = await this.#options.findFollower(this.#hash);
    if (follower !== undefined && follower !== expected)
      return { sequence: expected, kind: 'moved', missing: 0 };
    if (event.sequence === expected) return { sequence: expected, kind: 'changed', missing: 0 };
    return { sequence: expected, kind: 'missing', missing: event.sequence - expected };
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
