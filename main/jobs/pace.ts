import { AsyncLocalStorage } from 'node:async_hooks';

/** Does something soon after it is asked for, at most every so often, never twice at once; the last is not left out. */
export class Pace {
  readonly #act: () => void | Promise<void>;
  readonly #everyMs: number;
  /** Whoever asks may be in a transaction that is over by then: what is done is no part of it. */
  readonly #apart = AsyncLocalStorage.snapshot();
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;
  #isAskedAgain = false;
  #isStopped = false;
  #lastMs = -Infinity;

  /** `act` must not throw. */
  constructor(everyMs: number, act: () => void | Promise<void>) {
    this.#everyMs = everyMs;
    this.#act = act;
  }

  ask(): void {
    if (this.#isStopped || this.#timer) return;
    if (this.#underWay) {
      this.#isAskedAgain = true;
      return;
    }
    const waitMs = Math.max(0, this.#lastMs + this.#everyMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#underWay = this.#apart(() => this.#run());
    }, waitMs);
  }

  /** What was asked for and not begun is left out; what is under way is waited for. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#isAskedAgain = false;
    await this.#act();
    this.#underWay = undefined;
    this.#lastMs = performance.now();
    if (this.#isAskedAgain) this.ask();
  }
}
