import path from 'node:path';
import { noteOpenedBy, readOpenedBy } from '../backup/opened-by.ts';
import { SafetyCopyError } from '../backup/safety-copy-error.ts';
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
    if (cluster) await noteOpenedBy(options.libraryDir, options.appVersion);
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
  const { databaseUrl = '', log, signal } = options;
  if (!cluster) return openDatabase({ connection: { url: databaseUrl }, log });
  const database = await openDatabase({ connection: cluster.connection, log });
  const reason = await reasonToCopy(options, cluster, database);
  if (reason === undefined) return database;

  options.onStage('updating');
  await database.close();
  // A copy of the files is a whole library only while no server works on them.
  await cluster.restart(() => copyBefore(reason, options, cluster));
  signal.throwIfAborted();
  return openDatabase({ connection: cluster.connection, log });
}

/** What comes next in the life of a library that one may want to go back from. */
interface CopyReason {
  readonly before: string;
  /** Nothing in the library changes by itself; then a full disk must not keep it shut. */
  readonly isPrecaution: boolean;
}

async function reasonToCopy(
  { libraryDir, appVersion }: OpeningOptions,
  { facts }: Cluster,
  database: Database,
): Promise<CopyReason | undefined> {
  if (facts.firstStart) return undefined;
  const [next] = await database.pendingMigrations();
  if (next !== undefined) return { before: next.toLowerCase(), isPrecaution: false };
  const openedBy = await readOpenedBy(libraryDir);
  // The first start of another version of Loci.
  if (openedBy !== undefined && openedBy !== appVersion) return { before: appVersion, isPrecaution: true };
  return undefined;
}

async function copyBefore(
  { before, isPrecaution }: CopyReason,
  { libraryDir, log, signal }: OpeningOptions,
  { facts }: Cluster,
): Promise<void> {
  try {
    await makeSafetyCopy({
      dataDir: facts.dataDir,
      copiesDir: path.join(libraryDir, 'safety-copies'),
      label: `before-${before}`,
      log,
      signal,
    });
  } catch (error) {
    if (!isPrecaution || !(error instanceof SafetyCopyError)) throw error;
    log.warn('No safety copy was made before the first start of this version', { error: String(error) });
  }
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
