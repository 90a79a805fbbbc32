import { mkdir, realpath } from 'node:fs/promises';
import type { Log } from '../logging/log.ts';
import { findBinaries, findChangedBinaries } from './binaries.ts';
import { ClusterError, explainSystemError } from './cluster-error.ts';
import { keepPrivate } from './data-directory.ts';
import { ensureDatabase } from './ensure-database.ts';
import { findOrStart } from './find-or-start.ts';
import { libraryFiles } from './library-files.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { prepareLibrary, type PreparedLibrary } from './prepare-library.ts';
import type { RunningServer } from './running-server.ts';
import type { RootStrategy } from './server-identity.ts';
import type { Listening } from './server-settings.ts';
import { supervise } from './supervise.ts';

export type ClusterStage = 'checking' | 'creating' | 'starting' | 'recovering' | 'ready';

export interface ClusterOptions {
  /** The folder with bin, lib, share and manifest.json. */
  readonly binariesDir: string;
  /** Holds the data directory and what goes with it. Made if missing. */
  readonly libraryDir: string;
  readonly log: Log;
  readonly appVersion: string;
  readonly onStage?: (stage: ClusterStage) => void;
  /** Aborting stops what has been started; `openCluster` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** A second app was started on this library and has left: come to the front. */
  readonly onKnock?: () => void;
}

/** For a client of the app's role, which owns its database and is no superuser. */
export interface ServerConnection {
  /** The folder of the socket, or an address. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

export interface ClusterFacts {
  readonly version: string;
  readonly systemIdentifier: string;
  readonly startedAt: Date;
  readonly postmasterPid: number;
  readonly dataDir: string;
  /** The library was made by this start. */
  readonly firstStart: boolean;
}

export interface Cluster {
  /** To be read again after `restart`: the server may have had to move to another port or folder. */
  readonly connection: ServerConnection;
  readonly facts: ClusterFacts;
  /** The server is gone and nobody asked it to go. `restart` brings it back. */
  onLost(callback: (why: ClusterError) => void): void;
  /** `whileStopped` runs between: its files are whole then, and the library stays ours. */
  restart(whileStopped?: () => Promise<unknown>): Promise<void>;
  /** For when a query fails with 53100, disk full: true if that gave space back, and trying again makes sense. */
  freeReserve(): Promise<boolean>;
  stop(): Promise<void>;
  processIds(): Promise<number[]>;
  directorySizeBytes(): Promise<number>;
}

/** What the tests turn; the app never does. */
export interface ClusterTuning {
  readonly rootStrategy?: RootStrategy;
  readonly transport?: Listening['by'];
  readonly launcher?: 'watchdog' | 'pg_ctl';
  /** Nothing waits for the disk, and many tests may connect at once. A power cut would destroy the library. */
  readonly throwAway?: boolean;
}

/**
 * Opens the library: finds or makes its database, starts the server (or takes over one that runs), and returns
 * once it has answered. Rejects with a ClusterError, which carries a text for people, or with
 * AlreadyOpenError after the other app was asked to come to the front.
 */
export async function openCluster(options: ClusterOptions, tuning: ClusterTuning = {}): Promise<Cluster> {
  try {
    options.onStage?.('checking');
    const binaries = await findBinaries(options.binariesDir);
    await mkdir(options.libraryDir, { recursive: true, mode: 0o700 });
    const files = libraryFiles(await realpath(options.libraryDir));
    await keepPrivate(files.libraryDir);
    const { signal, onKnock = () => undefined } = options;
    const ownerLock = await takeOwnerLock({ files, onKnock, signal });
    try {
      const library = await prepareLibrary(files, binaries, options, tuning);
      const server = await findOrStart(library, options, { mayAdopt: true });
      await makeUsable(server, library, options);
      return supervise(library, options, ownerLock, server);
    } catch (error) {
      await ownerLock.release();
      throw error;
    }
  } catch (error) {
    throw await blameBinaries(explainSystemError(error), options);
  }
}

/** A server that fails for no known reason may have lost a file, or had one changed: then that is the reason. */
async function blameBinaries(error: unknown, { binariesDir }: ClusterOptions): Promise<unknown> {
  const isUnclear =
    error instanceof ClusterError && ['start_failed', 'initdb_failed', 'start_timeout'].includes(error.code);
  const changed = isUnclear ? await findChangedBinaries(binariesDir).catch(() => []) : [];
  if (changed.length === 0) return error;
  return new ClusterError('binaries_missing', `missing or changed: ${changed.slice(0, 10).join(', ')}`, {
    cause: error,
  });
}

async function makeUsable(
  server: RunningServer,
  { passwords, firstStart }: PreparedLibrary,
  { log, signal, onStage }: ClusterOptions,
): Promise<void> {
  try {
    await ensureDatabase(server.listening, passwords, log);
    signal?.throwIfAborted();
  } catch (error) {
    await server.stop();
    throw error;
  }
  onStage?.('ready');
  log.info('Database ready', { version: server.facts.version, pid: server.pid, firstStart });
}
