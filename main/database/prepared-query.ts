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
    client.release(isBroken(failure));
  }
}

type PlanMode = 'auto' | 'force_generic_plan';
const planModes = new WeakMap<PoolClient, PlanMode>();

/**
 * A statement with a name is planned once, whatever its values: planning would take longer than running it. So would
 * starting further processes, which the server expects to help wherever a library is large.
 */
async function choosePlans(client: PoolClient, mode: PlanMode): Promise<void> {
  if ((planModes.get(client) ?? 'auto') === mode) return;
  const processes = mode === 'auto' ? 'default' : '0';
  // A search that stops early must stop at the same rows each time.
  await client.query(
    `set plan_cache_mode to ${mode}; set max_parallel_workers_per_gather to ${processes}; set synchronize_seqscans to off`,
  );
  planModes.set(client, mode);
}

/** An error that the server sent leaves the connection as it was. */
function isBroken(error: unknown): boolean {
  return error !== undefined && !(error instanceof Error && 'severity' in error);
}
