import { setTimeout } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { unavailable } from '../errors/loci-error.ts';
import { isAddress } from './connection.ts';
import { closeGivingUp } from './give-up.ts';
import { inspectRights, inspectServer, type ServerVersions } from './inspect-server.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { DatabaseOpenError, explainConnectError } from './open-error.ts';
import { ormOptions, type OrmOptionsInput } from './orm-options.ts';

/** A library's database: looked at, and ready to be used or to be updated first. */
export interface Database {
  readonly orm: MikroORM;
  readonly versions: ServerVersions;
  /** By name, in the order they will be applied. All of them for a database that holds no library yet. */
  pendingMigrations(): Promise<string[]>;
  /** Applies what is pending, all or nothing. Of two apps that try at once, one waits for the other. */
  migrate(): Promise<string[]>;
  close(): Promise<void>;
}

export interface DatabaseInput extends OrmOptionsInput {
  /** How long `close` waits for queries under way. After that they are cut off: quitting must end. */
  readonly closeGraceMs?: number;
}

/**
 * Connects and looks, without changing anything: a server that will not do, or a library that a
 * newer app has updated, is refused by a `DatabaseOpenError` and stays as it is.
 */
export async function openDatabase(input: DatabaseInput): Promise<Database> {
  if (!isAddress(input.connection)) throw new DatabaseOpenError('address_invalid', 'LOCI_DATABASE_URL');
  const orm = new MikroORM(ormOptions(input));
  const pool = await orm.driver.getConnection().getNativeClient();
  const connections = watchConnections(pool);
  const close = async () => {
    // The ORM would connect anew for a query that comes too late, and nobody would close that.
    orm.config.set('driverOptions', () => {
      throw unavailable((texts) => texts.failures.libraryClosed);
    });
    const finished = Promise.all([closeGivingUp(pool), orm.close(true)]);
    if (await settlesWithin(finished, input.closeGraceMs ?? 5_000)) return;
    input.log.warn('Work on the database was cut off', { connections: connections.size });
    await Promise.all([...connections].map((connection) => connection.end()));
  };
  try {
    const versions = await inspectServer(orm.em.fork());
    await pendingMigrations(orm.em.fork());
    await inspectRights(orm.em.fork());
    return {
      orm,
      versions,
      pendingMigrations: () => pendingMigrations(orm.em.fork()),
      migrate: () => migrate(orm.em.fork(), input.log),
      close,
    };
  } catch (error) {
    await close();
    throw explainConnectError(error);
  }
}

interface Connection {
  end(): Promise<void>;
}

/** All that are open, in use or not. The pool itself only waits for those in use to come back. */
function watchConnections(pool: Pool): ReadonlySet<Connection> {
  const open = new Set<Connection>();
  pool.on('connect', (connection) => open.add(connection));
  pool.on('remove', (connection) => open.delete(connection));
  return open;
}

async function settlesWithin(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  const limit = new AbortController();
  try {
    return await Promise.race([
      work.then(() => true),
      setTimeout(limitMs, false, { signal: limit.signal, ref: false }),
    ]);
  } finally {
    limit.abort();
  }
}
