import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';

/** Any number, but ours: with the number of a runner it is the lock that says that this one is still there. */
export const runnerLock = 1_785_684_339;

/** A line that is idle for longer may be cut on the way without either end noticing. */
const askEveryMs = 30_000;
/** A server that does not answer ends the lock by itself, sooner or later; quitting must end. */
const unlockWithinMs = 1_000;
const firstPauseMs = 20;
const longestPauseMs = 500;

/**
 * Says to every app on the same library that this one is there and sees to its jobs, by a lock that ends
 * with its connection. A killed app cannot keep it; one whose connection broke takes it again at once.
 */
export class RunnerLock {
  readonly runner = randomInt(1, 2 ** 31);
  readonly #em: EntityManager;
  readonly #closing = new AbortController();
  #held: Promise<void> | undefined;
  #letGo: (() => Promise<void>) | undefined;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** To be awaited before a job is noted as one's own. From then on it is held. */
  hold(): Promise<void> {
    this.#held ??= this.#take().catch((error: unknown) => {
      this.#held = undefined;
      throw error;
    });
    return this.#held;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#letGo?.();
  }

  async #take(): Promise<void> {
    const pool = await this.#em.getDriver().getConnection().getNativeClient();
    const client = await pool.connect();
    // What fails meanwhile fails with the query; without a listener the process would end.
    client.on('error', () => undefined);
    try {
      await client.query('select pg_advisory_lock($1, $2)', [runnerLock, this.runner]);
      this.#closing.signal.throwIfAborted();
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#watch(client);
  }

  #watch(client: PoolClient): void {
    let isOver = false;
    const asking = setInterval(() => {
      client.query('select 1').catch(lost);
    }, askEveryMs);
    asking.unref();
    const end = () => {
      isOver = true;
      clearInterval(asking);
      this.#letGo = undefined;
    };
    client.on('error', lost);
    this.#letGo = async () => {
      end();
      // The next app must not wait until the server has noticed that the connection is closed.
      const unlocked = client.query('select pg_advisory_unlock($1, $2)', [runnerLock, this.runner]);
      await Promise.race([unlocked.catch(() => undefined), pause(unlockWithinMs, undefined, { ref: false })]);
      client.release(true);
    };
    const takeAgain = () => this.#takeAgain();
    function lost(): void {
      if (isOver) return;
      end();
      client.release(true);
      void takeAgain();
    }
  }

  async #takeAgain(): Promise<void> {
    this.#held = undefined;
    const { signal } = this.#closing;
    for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await this.hold();
      } catch {
        // Without a server nobody else takes these jobs for left behind either.
        await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
