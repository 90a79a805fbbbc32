import path from 'node:path';
import type { OpeningStage } from '../../shared/schemas/app-status.ts';
import { makeSafetyCopy } from '../backup/safety-copy.ts';
import { openDatabase, type Database } from '../database/orm.ts';
import type { Log } from '../logging/log.ts';
import { openCluster, type Cluster } from '../postgres/cluster.ts';

export interface ServerOptions {
  readonly binariesDir: string;
  readonly libraryDir: string;
  /** Another PostgreSQL to keep the library on, instead of the bundled one. */
  readonly databaseUrl: string | undefined;
  readonly appVersion: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onStage: (stage: OpeningStage) => void;
  readonly onKnock: () => void;
}

export interface LibraryServer {
  readonly database: Database;
  /** Nothing when the library is on another server, by `LOCI_DATABASE_URL`. */
  readonly cluster: Cluster | undefined;
  close(): Promise<void>;
}

/**
 * From a folder to a database that is up to date: the server, the connection, a safety copy if
 * there is something to update, the migrations.
 */
export async function openServer(options: ServerOptions): Promise<LibraryServer> {
  if (options.databaseUrl) {
    const url = options.databaseUrl;
    const database = await openDatabase({ connection: { url }, log: options.log });
    return finish(options, database, undefined);
  }
  const { libraryDir, log, signal } = options;
  const cluster = await openCluster({
    ...options,
    onStage: (stage) => {
      if (stage !== 'ready') options.onStage(stage);
    },
  });
  try {
    let database = await openDatabase({ connection: cluster.connection, log });
    const [next] = await database.pendingMigrations();
    if (next !== undefined && !cluster.facts.firstStart) {
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
      database = await openDatabase({ connection: cluster.connection, log });
    }
    return await finish(options, database, cluster);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function finish(
  { onStage }: ServerOptions,
  database: Database,
  cluster: Cluster | undefined,
): Promise<LibraryServer> {
  try {
    if ((await database.pendingMigrations()).length > 0) {
      onStage('updating');
      await database.migrate();
    }
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    database,
    cluster,
    async close() {
      await database.close();
      await cluster?.stop();
    },
  };
}
