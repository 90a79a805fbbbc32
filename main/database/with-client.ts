import type { PoolClient } from 'pg';
import { explainConnectError } from './open-error.ts';
import type { Database } from './orm.ts';

/**
 * One connection of the library for work that the ORM has no words for. After a failure, or when
 * `signal` is aborted, it is cut, which also takes back its transaction.
 */
export async function withClient<T>(
  { orm }: Pick<Database, 'orm'>,
  signal: AbortSignal | undefined,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const pool = await orm.driver.getConnection().getNativeClient();
  const client = await pool.connect().catch((error: unknown) => {
    throw explainConnectError(error);
  });
  // The work under way fails with it; without a listener the process would end.
  const ignore = () => undefined;
  client.on('error', ignore);
  let isHeld = true;
  const letGo = (reason?: Error) => {
    // One that is cut has its last error yet to come.
    if (isHeld && !reason) client.off('error', ignore);
    if (isHeld) client.release(reason);
    isHeld = false;
  };
  const cut = () => letGo(new Error('cut'));
  signal?.addEventListener('abort', cut);
  try {
    signal?.throwIfAborted();
    const result = await work(client);
    letGo();
    return result;
  } catch (error) {
    cut();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cut);
  }
}
