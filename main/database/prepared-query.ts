import type { EntityManager } from '@mikro-orm/postgresql';
import type { PoolClient, QueryResultRow } from 'pg';
import { giveUp } from './give-up.ts';

/** A statement with real parameters (`$1`): the server reads it once for each connection, and plans it seldom. */
export interface PreparedQuery {
  /** Without one it is read each time: for statements of which there are many. */
  readonly name?: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Runs a statement on a connection of the ORM's pool, past the ORM, which writes all values into the
 * text and has each one planned anew. It is no part of a transaction and sees what is saved. When
 * `signal` is aborted, the server is told to give up.
 */
export async function runPrepared<Row extends QueryResultRow>(
  em: EntityManager,
  { name, sql, values }: PreparedQuery,
  signal?: AbortSignal,
): Promise<Row[]> {
  signal?.throwIfAborted();
  const pool = await em.getDriver().getConnection().getNativeClient();
  const client = await pool.connect();
  let cancelling: Promise<unknown> | undefined;
  const cancel = () => {
    cancelling = giveUp(pool, client).catch(() => undefined);
  };
  let failure: unknown;
  inUse.add(client);
  try {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', cancel);
    await choosePlans(client, name === undefined ? 'auto' : 'force_generic_plan');
    const { rows } = await client.query<Row>({
      text: sql,
      values: [...values],
      ...(name === undefined ? {} : { name }),
    });
    return rows;
  } catch (error) {
    failure = error;
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    // Only then is it sure that the next query on this connection is not the one that is given up.
    await cancelling;
    inUse.delete(client);
    client.release(isBroken(failure));
  }
}

type PlanMode = 'auto' | 'force_generic_plan';
interface AnyClient {
  query(sql: unknown, ...rest: unknown[]): unknown;
}

const planModes = new WeakMap<AnyClient, PlanMode>();
/** By prepared statements. */
const inUse = new WeakSet<AnyClient>();

/**
 * A statement with a name is planned once, whatever its values: planning would take longer than running it. So would
 * starting further processes, which the server expects to help wherever a library is large.
 */
async function choosePlans(client: PoolClient, mode: PlanMode): Promise<void> {
  if ((planModes.get(client) ?? 'auto') === mode) return;
  if (!planModes.has(client)) leaveToOthers(client);
  await client.query(settingsFor(mode));
  planModes.set(client, mode);
}

/** A search that stops early must stop at the same rows each time. */
const settingsFor = (mode: PlanMode): string =>
  `set plan_cache_mode to ${mode}; set synchronize_seqscans to off;
   set max_parallel_workers_per_gather to ${mode === 'auto' ? 'default' : '0'}`;

/** What the ORM asks on this connection, which may be to go through a whole library, is planned as usual. */
function leaveToOthers(client: AnyClient): void {
  const query = client.query.bind(client);
  client.query = (sql, ...rest) => {
    if (!inUse.has(client) && planModes.get(client) === 'force_generic_plan') {
      planModes.set(client, 'auto');
      // Goes before theirs; if it fails, so do they.
      Promise.resolve(query(settingsFor('auto'))).catch(() => undefined);
    }
    return query(sql, ...rest);
  };
}

/** An error that the server sent leaves the connection as it was. */
function isBroken(error: unknown): boolean {
  return error !== undefined && !(error instanceof Error && 'severity' in error);
}
