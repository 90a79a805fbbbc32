import { open, readFile, rename, stat, type FileHandle } from 'node:fs/promises';
import { ClusterError, type ClusterErrorCode } from './cluster-error.ts';
import type { LibraryFiles } from './library-files.ts';
import { giveToServer, type ServerIdentity } from './server-identity.ts';

/** A quiet server writes some ten lines a start; this is hundreds of starts, and small enough to attach to a mail. */
const largestLogBytes = 512 * 1024;
/** What is read to explain a failure. */
const tailChars = 8_000;

export interface ServerLog {
  readonly file: FileHandle;
  /** What the server has said since this start. */
  readSince(): Promise<string>;
}

/** Opened anew at each start, so that the file of one start is complete even when the app is killed. */
export async function openServerLog(files: LibraryFiles, identity: ServerIdentity): Promise<ServerLog> {
  const size = await stat(files.serverLog).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > largestLogBytes) await rename(files.serverLog, files.previousServerLog);
  const file = await open(files.serverLog, 'a', 0o600);
  await file.chmod(0o600);
  await giveToServer(identity, files.serverLog);
  const start = (await file.stat()).size;
  return {
    file,
    async readSince() {
      const text = await readFile(files.serverLog);
      return withoutStatements(text.subarray(start).toString('utf8')).slice(-tailChars);
    },
  };
}

/**
 * A server that panics logs the statement it was at, and statements hold what a person wrote. That
 * stays in the library's own folder; nothing of it goes into messages and from there into our log.
 * Continuation lines begin with a tab.
 */
export function withoutStatements(log: string): string {
  return log.replaceAll(
    /^.*(?:STATEMENT|QUERY|CONTEXT|DETAIL: {2}Failed process was running): .*(?:\n\t.*)*\n?/gm,
    '',
  );
}

/** Why a server did not start, in its own words. The order matters: the first cause, not its consequences. */
const causes: readonly (readonly [RegExp, ClusterErrorCode])[] = [
  [/No space left on device|Disk quota exceeded/, 'disk_full'],
  [/data directory was initialized by PostgreSQL version/, 'wrong_major'],
  [
    /error while loading shared libraries|could not load library|Library not loaded|could not access file "\$libdir|"[^"]*\/share\/[^"]*"(: No such file| does not exist| does not belong)|program "postgres" is needed/,
    'binaries_missing',
  ],
  [/lock file "[^"]*" already exists|pre-existing shared memory block/, 'busy'],
  [
    /Permission denied|Operation not permitted|wrong ownership|invalid permissions|Read-only file system|cannot be run as root|execution of the PostgreSQL server is not permitted/i,
    'permission',
  ],
  [
    /could not locate (a valid|required) checkpoint record|invalid (primary )?checkpoint|incorrect checksum in control file|invalid page in block|not a valid data directory|could not read|could not open (file|directory) "(global|base|pg_|backup_label|postgresql)|could not access (the server configuration )?file|database files are incompatible with server|invalid data in file|syntax error in file|Input\/output error|PANIC:/,
    'damaged',
  ],
];

/** The code for what the server said; undefined when it said nothing we know. */
export function causeIn(log: string): ClusterErrorCode | undefined {
  return causes.find(([pattern]) => pattern.test(log))?.[1];
}

export function explainLog(log: string, otherwise: ClusterErrorCode): ClusterError {
  const lastLines = log.trim().split('\n').slice(-8).join('\n');
  return new ClusterError(causeIn(log) ?? otherwise, lastLines || 'the server said nothing');
}
