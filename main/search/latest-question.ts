import { LociError } from '../errors/loci-error.ts';

/** Of what the same asker asks, only the latest is answered: the one before is given up. */
export class LatestQuestion {
  readonly #underWay = new Map<string, AbortController>();

  async answer<T>(
    asker: string | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T> {
    if (asker === undefined) return work(undefined);
    const own = new AbortController();
    this.#underWay.get(asker)?.abort(new LociError('cancelled', (texts) => texts.failures.laterSearch));
    this.#underWay.set(asker, own);
    try {
      return await work(own.signal);
    } finally {
      if (this.#underWay.get(asker) === own) this.#underWay.delete(asker);
    }
  }
}
