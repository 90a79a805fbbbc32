import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { adminRole } from './access-rules.ts';
import { postgresMajor, type Binaries } from './binaries.ts';
import { ClusterError } from './cluster-error.ts';
import { systemCodeOf } from '../errors/system-code.ts';
import { completeMark, readSystemIdentifier, type CompleteMark } from './data-directory.ts';
import type { LibraryFiles } from './library-files.ts';
import { freeBytesAt } from './free-space.ts';
import { runServerCommand } from './server-command.ts';
import { giveToServer, type ServerIdentity } from './server-identity.ts';
import { causeIn, openServerLog } from './server-log.ts';
import { syncDirectory } from './sync-directory.ts';
import { spawnWatched } from './watchdog.ts';

/** Half a second where disks are fast; a virus scanner on an old laptop takes a minute. */
const initdbTimeoutMs = 180_000;

/** 39 MB of files, and room for the first segments of the log. */
const newClusterBytes = 100 * 1024 * 1024;

export interface InitOptions {
  readonly files: LibraryFiles;
  readonly binaries: Binaries;
  readonly identity: ServerIdentity;
  /** Windows: the file with the administrator's password. Elsewhere there is none. */
  readonly passwordFile: string | undefined;
  /** For the tests alone: nothing is forced to the disk. */
  readonly throwAway: boolean;
  readonly signal: AbortSignal | undefined;
}

const leftoverPattern = /^postgres\.tmp-\d+$/;

/** Removes what starts that were killed halfway left behind. To be called by the owner of the library only. */
export async function removeLeftovers({ libraryDir }: LibraryFiles): Promise<void> {
  for (const name of await readdir(libraryDir)) {
    if (!leftoverPattern.test(name)) continue;
    // An initdb whose app was killed a moment ago may still be writing there, hence the retries.
    await rm(path.join(libraryDir, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/**
 * Makes a new cluster beside its place, marks it complete, then moves it there in one step. Whatever
 * happens on the way, the next start finds either nothing or a whole cluster.
 */
export async function createDataDirectory(options: InitOptions): Promise<CompleteMark> {
  const { files, identity, throwAway } = options;
  const staged = path.join(files.libraryDir, `postgres.tmp-${process.pid}`);
  // Asked before: on a full disk initdb finds no room for its complaint, and tidies up before anyone can look.
  if ((await freeBytesAt(files.libraryDir)) < newClusterBytes)
    throw new ClusterError('disk_full', `a new library needs ${newClusterBytes} bytes`);
  try {
    await mkdir(staged, { mode: 0o700 });
    await giveToServer(identity, staged);
    await runInitdb(staged, options);
    const systemIdentifier = await readSystemIdentifier(staged);
    if (systemIdentifier === undefined)
      throw new ClusterError('initdb_failed', 'initdb made no control file');
    const mark: CompleteMark = { systemIdentifier, major: postgresMajor };
    await writeMark(staged, mark, identity);
    if (!throwAway) await syncDirectory(staged);
    await removeEmpty(files.dataDir);
    await rename(staged, files.dataDir);
    if (!throwAway) await syncDirectory(files.libraryDir);
    return mark;
  } catch (error) {
    await rm(staged, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
    throw error;
  }
}

async function runInitdb(staged: string, options: InitOptions): Promise<void> {
  const { binaries, files, identity, passwordFile, throwAway, signal } = options;
  const command = [
    binaries.initdb,
    '-D',
    staged,
    '-U',
    adminRole,
    '--no-instructions',
    // Damage on the disk shows as an error, not as wrong memories.
    '--data-checksums',
    // The same order and letters on every machine and system: none of their locales or ICU versions takes part.
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(passwordFile === undefined
      ? ['--auth-local=peer', '--auth-host=reject']
      : ['--auth-local=scram-sha-256', '--auth-host=scram-sha-256', `--pwfile=${passwordFile}`]),
    ...syncOptions(throwAway),
  ];
  if (process.platform === 'win32') {
    const { code, output } = await runServerCommand(identity, command, {
      timeoutMs: initdbTimeoutMs,
      signal,
    });
    signal?.throwIfAborted();
    if (code !== 0) throw explainInitdb(output);
    return;
  }
  const log = await openServerLog(files, identity);
  try {
    const initdb = spawnWatched(identity, command, { lastSignal: 'TERM', output: log.file.fd });
    // Asked politely, it would first finish its longest step. The folder goes anyway.
    const stop = () => initdb.killAll();
    signal?.addEventListener('abort', stop);
    // An abort that came while the log was opened tells nobody again.
    if (signal?.aborted) stop();
    const timer = setTimeout(stop, initdbTimeoutMs);
    const code = await initdb.exited;
    // Those it started may wait for the disk before they die; until then they hold and make files.
    await initdb.allGone;
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    signal?.throwIfAborted();
    if (code !== 0) throw explainInitdb(await log.readSince());
  } finally {
    await log.file.close();
  }
}

/** What a running server could suffer from does not exist yet: it is the disk, its rights, or the program. */
function explainInitdb(said: string): ClusterError {
  const cause = causeIn(said);
  const isPossible = cause === 'disk_full' || cause === 'permission' || cause === 'binaries_missing';
  return new ClusterError(isPossible ? cause : 'initdb_failed', said.trim().split('\n').slice(-8).join('\n'));
}

/** On Linux all thousand files in one call: 1.3 s instead of 4 where other programs keep the disk busy. */
function syncOptions(throwAway: boolean): string[] {
  if (throwAway) return ['--no-sync'];
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : [];
}

async function writeMark(dir: string, mark: CompleteMark, identity: ServerIdentity): Promise<void> {
  const file = path.join(dir, completeMark);
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(mark)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await giveToServer(identity, file);
}

/** An empty folder in the place of the cluster is removed; one with anything in it refuses to go. */
async function removeEmpty(dir: string): Promise<void> {
  await rmdir(dir).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  });
}
