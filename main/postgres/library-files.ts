import path from 'node:path';

/** What lies in a library folder, and whose it is. */
export interface LibraryFiles {
  readonly libraryDir: string;
  /** PGDATA. Nothing of ours is inside but INIT_OK and the access rules. */
  readonly dataDir: string;
  /** Outside PGDATA: crash recovery opens every file in there, and an open log stalls it on Windows. */
  readonly serverLog: string;
  readonly previousServerLog: string;
  readonly reserve: string;
  /** Windows only. */
  readonly credentials: string;
  /** macOS only: the file that is locked while the library is open. */
  readonly ownerLock: string;
}

export function libraryFiles(libraryDir: string): LibraryFiles {
  return {
    libraryDir,
    dataDir: path.join(libraryDir, 'postgres'),
    serverLog: path.join(libraryDir, 'server.log'),
    previousServerLog: path.join(libraryDir, 'server.previous.log'),
    reserve: path.join(libraryDir, 'reserve'),
    credentials: path.join(libraryDir, 'credentials.json'),
    ownerLock: path.join(libraryDir, 'owner.lock'),
  };
}
