/** One at a time, in the order they came. */
export class Lane {
  readonly #waiting = new Set<() => void>();
  #isTaken = false;

  /** Resolves when it is one's turn, with what gives it to the next; rejects with the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isTaken) {
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          this.#waiting.delete(proceed);
          reject(signal.reason);
        };
        const proceed = () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        signal.addEventListener('abort', giveUp, { once: true });
        this.#waiting.add(proceed);
      });
    }
    this.#isTaken = true;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const [next] = this.#waiting;
      // It stays taken meanwhile: nobody who comes now gets before those who waited.
      if (next) {
        this.#waiting.delete(next);
        next();
      } else this.#isTaken = false;
    };
  }
}
