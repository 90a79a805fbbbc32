import type { PoolClient } from 'pg';

/** One for each model, and for all apps that have this library open: it stands for "somebody embeds". */
const embeddingLock = `hashtext('loci embedding queue'), $1`;

/** The one connection that the queue works on, so that who holds the lock is who writes. */
export class QueueConnection {
  readonly #client: PoolClient;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** One after the other, as a connection can do them. */
  query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const answer = this.#last
      .catch(() => undefined)
      .then(async () => (await this.#client.query<Row>(sql, [...values])).rows);
    this.#last = answer;
    return answer;
  }

  async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.query('begin');
    try {
      const result = await work();
      await this.query('commit');
      return result;
    } catch (error) {
      await this.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  /** False: another app that has this library open is embedding. The lock ends with the connection. */
  async tryLock(modelId: number): Promise<boolean> {
    const [row] = await this.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(${embeddingLock}) as locked`,
      [modelId],
    );
    return row?.locked === true;
  }

  async unlock(modelId: number): Promise<void> {
    await this.query(`select pg_advisory_unlock(${embeddingLock})`, [modelId]);
  }
}
