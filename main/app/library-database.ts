import path from 'node:path';
import { makeSafetyCopy } from '../backup/safety-copy.ts';
import { openDatabase, type Database } from '../database/orm.ts';
import type { Cluster } from '../postgres/cluster.ts';
import type { OpeningOptions } from './library.ts';

/** A library's database, up to date, and the server it is on. */
export interface LibraryServer {
  readonly database: Database;
  /** Nothing when the library is on another server, by `LOCI_DATABASE_URL`. */
  readonly cluster: Cluster | undefined;
  close(): Promise<void>;
}

/**
 * From a running server to a database that is up to date: the connection, a safety copy if there is
 * something to update, the migrations. What fails takes the server down with it.
 */
export async function openLibraryDatabase(
  options: OpeningOptions,
  cluster: Cluster | undefined,
): Promise<LibraryServer> {
  try {
    options.signal.throwIfAborted();
    const database = await connect(options, cluster);
    await update(options, database);
    return {
      database,
      cluster,
      async close() {
        try {
          await database.close();
        } finally {
          await cluster?.stop();
        }
      },
    };
  } catch (error) {
    await cluster?.stop();
    throw error;
  }
}

async function connect(options: OpeningOptions, cluster: Cluster | undefined): Promise<Database> {
  const { log, libraryDir, databaseUrl = '', signal } = options;
  if (!cluster) return openDatabase({ connection: { url: databaseUrl }, log });
  const database = await openDatabase({ connection: cluster.connection, log });
  const [next] = await database.pendingMigrations();
  if (next === undefined || cluster.facts.firstStart) return database;

  options.onStage('updating');
  await database.close();
  // A copy of the files is a whole library only while no server works on them.
  await cluster.restart(() =>
    makeSafetyCopy({
      dataDir: cluster.facts.dataDir,
      copiesDir: path.join(libraryDir, 'safety-copies'),
      label: `before-${next.toLowerCase()}`,
      log,
      signal,
    }),
  );
  signal.throwIfAborted();
  return openDatabase({ connection: cluster.connection, log });
}

async function update({ onStage }: OpeningOptions, database: Database): Promise<void> {
  try {
    if ((await database.pendingMigrations()).length === 0) return;
    onStage('updating');
    await database.migrate();
  } catch (error) {
    // What went wrong first is what matters.
    await database.close().catch(() => undefined);
    throw error;
  }
}
