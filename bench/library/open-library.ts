import path from 'node:path';
import { openLibraryDatabase, type LibraryServer } from '../../main/app/library-database.ts';
import { startServer } from '../../main/app/server.ts';
import { silentLog } from '../../main/logging/log.ts';
import { postgresDir } from '../../scripts/places.mjs';

export interface LibraryPlace {
  /** What the app calls its library: the folder `library` in its data folder. */
  readonly libraryDir?: string;
  /** A database on another server, instead of the bundled one. */
  readonly databaseUrl?: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens a library the way the app does: the bundled server with its real settings, or another one,
 * and every migration. A folder that is not there yet becomes a new library.
 */
export async function openLibrary({ libraryDir, databaseUrl, signal }: LibraryPlace): Promise<LibraryServer> {
  const options = {
    binariesDir: process.env['LOCI_POSTGRES_DIR'] ?? postgresDir,
    libraryDir: path.resolve(libraryDir ?? '.'),
    databaseUrl,
    appVersion: 'bench',
    log: silentLog,
    signal: signal ?? new AbortController().signal,
    onStage: () => undefined,
    onKnock: () => undefined,
    onSettings: () => undefined,
  };
  return openLibraryDatabase(options, await startServer(options));
}
