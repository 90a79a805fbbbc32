import pg, { type Pool, type PoolClient } from 'pg';

/** A statement that is given up is asked to end over a connection of this pool, never over the one that it fills. */
const cancelling = new WeakMap<Pool, Pool>();
/** While somebody types one follows the other; for somebody who reads no connection is kept open. */
const idleMs = 5_000;
const connectMs = 3_000;

/** Has the server end what runs on this connection. Answers when that was said; what is done already is left alone. */
export async function giveUp(pool: Pool, client: PoolClient): Promise<void> {
  await cancellingOf(pool).query('select pg_cancel_backend($1)', [processIdOf(client)]);
}

/** With the pool itself: from here on nothing is given up any more. */
export async function closeGivingUp(pool: Pool): Promise<void> {
  const own = cancellingOf(pool);
  if (!own.ending) await own.end();
}

/** To the same server in the same way, TLS included. */
function cancellingOf(pool: Pool): Pool {
  const known = cancelling.get(pool);
  if (known) return known;
  const { password, ssl } = pool.options;
  const made = new pg.Pool({
    ...pool.options,
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
    min: 0,
    max: 1,
    idleTimeoutMillis: idleMs,
    connectionTimeoutMillis: connectMs,
    allowExitOnIdle: true,
    onConnect: () => undefined,
  });
  // The next one connects anew; without a listener the process would end.
  made.on('error', () => undefined);
  cancelling.set(pool, made);
  return made;
}

/** The driver's types do not mention it. */
function processIdOf(client: PoolClient): number {
  const id: unknown = Reflect.get(client, 'processID');
  if (typeof id !== 'number') throw new Error('The connection has no process');
  return id;
}
