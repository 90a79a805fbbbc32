import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../logging/log.ts';
import { askServer, type ServerFacts } from './ask-server.ts';
import type { Binaries } from './binaries.ts';
import { ClusterError } from './cluster-error.ts';
import { systemCodeOf } from '../errors/system-code.ts';
import { findStrays, inspectProcess, isServerOf, parentOf } from './processes.ts';
import { runServerCommand } from './server-command.ts';
import type { ServerIdentity } from './server-identity.ts';
import type { Listening } from './server-settings.ts';
import { isPrivateDirectory } from './socket-dir.ts';
import { watchdogName } from './watchdog.ts';

/** postmaster.pid, line by line. Lines after the second appear while the server starts. */
export interface LockFile {
  readonly pid: number;
  readonly dataDir: string;
  readonly listening: Listening | undefined;
  readonly status: string;
}

export const lockFileOf = (dataDir: string) => path.join(dataDir, 'postmaster.pid');

/** Undefined for an empty file or garbage. */
export function parseLockFile(text: string): LockFile | undefined {
  const [pidLine = '', dataDir = '', , portLine = '', socketDir = '', address = '', , status = ''] = text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  // A standalone backend (`postgres --single`) writes its number with a minus.
  if (!/^-?\d+$/.test(pidLine.trim()) || dataDir === '') return undefined;
  const pid = Math.abs(Number(pidLine));
  const port = Number(portLine);
  if (pid <= 1) return undefined;
  const listening = ((): Listening | undefined => {
    if (!Number.isInteger(port) || port <= 0) return undefined;
    if (socketDir !== '') return { by: 'socket', dir: socketDir, port };
    return address === '' ? undefined : { by: 'loopback', port };
  })();
  return { pid, dataDir, listening, status: status.trim() };
}

export async function readLockFile(dataDir: string): Promise<LockFile | 'absent' | 'unreadable'> {
  try {
    return parseLockFile(await readFile(lockFileOf(dataDir), 'utf8')) ?? 'unreadable';
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return 'absent';
    throw error;
  }
}

export interface AdjudicationOptions {
  readonly dataDir: string;
  readonly systemIdentifier: string;
  readonly binaries: Binaries;
  readonly identity: ServerIdentity;
  readonly adminPassword: string | undefined;
  /** A running server of ours is taken over only if it was started with the same program and settings. */
  readonly startedWith: string;
  /** False when it must be under our own watchdog again. */
  readonly mayAdopt: boolean;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
}

export type Verdict =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'adopt';
      readonly pid: number;
      readonly listening: Listening;
      readonly facts: ServerFacts;
    };

const pollMs = 20;
/** Shutting down writes all of the cache to the disk; starting may be recovery. Beyond this it hangs. */
const patienceMs = 600_000;
const fastStopTimeoutS = 30;
const immediateStopTimeoutS = 6;
/** A postmaster writes its file in one go right after making it; longer than this it was left empty. */
const unreadableGraceMs = 200;

/**
 * What the lock file of an earlier start means, found by asking the server, never by a PID alone,
 * which may be anybody's by now. To be called by the owner of the library only: the Postgres we
 * may find is then an orphan, or one that is just going down.
 *
 * Removing a lock file cannot let two servers in: the new one still looks for shared memory in use by
 * processes of this directory, by the directory's inode, and refuses to start.
 */
export async function adjudicateLockFile(options: AdjudicationOptions): Promise<Verdict> {
  const { dataDir, log, signal } = options;
  const deadline = Date.now() + patienceMs;
  let unreadableSince: number | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const lock = await readLockFile(dataDir);
    if (lock === 'absent') return { kind: 'free' };
    if (lock === 'unreadable') {
      unreadableSince ??= Date.now();
      if (Date.now() - unreadableSince >= unreadableGraceMs) {
        log.warn('Removing an empty or garbled lock file of the database server');
        await rm(lockFileOf(dataDir), { force: true });
        return { kind: 'free' };
      }
      await pause(pollMs);
      continue;
    }
    const verdict = await judge(lock, options);
    if (verdict !== 'wait') return verdict;
    if (Date.now() > deadline)
      throw new ClusterError('busy', `process ${lock.pid} has neither come up nor gone down`);
    await pause(pollMs);
  }
}

async function judge(lock: LockFile, options: AdjudicationOptions): Promise<Verdict | 'wait'> {
  const { dataDir, log } = options;
  const answer = await askRecorded(lock, options);
  if (answer.state === 'not_yet') {
    // It may be anybody who is starting there; a server of ours is waited for, a stranger is no reason to.
    const info = await inspectProcess(lock.pid);
    if (info.state === 'unknown' || isServerOf(info, dataDir)) return 'wait';
  }
  if (answer.state === 'ready' && isOurs(answer.facts, options)) {
    const { facts } = answer;
    const isAsWanted = options.mayAdopt && facts.startedWith === options.startedWith;
    if (isAsWanted && lock.listening && !(await isWatched(lock.pid)))
      return { kind: 'adopt', pid: lock.pid, listening: lock.listening, facts };
    log.info('A server of an earlier start is stopped to be started anew', { pid: lock.pid });
    await stopByPgCtl(options);
    return 'wait';
  }

  const info = await inspectProcess(lock.pid);
  // Postgres sees that by itself, and looks for the dead server's shared memory, which we cannot.
  if (info.state === 'gone') return { kind: 'free' };
  // Not ours to judge: Postgres will, and refuse if in doubt.
  if (info.state === 'unknown') return { kind: 'free' };
  if (isServerOf(info, dataDir)) {
    if (lock.status === '' || lock.status === 'starting' || lock.status === 'stopping') return 'wait';
    log.warn('A server of an earlier start does not answer and is stopped', { pid: lock.pid });
    await stopByPgCtl(options);
    return 'wait';
  }
  log.warn('The lock file names a process that is no server of this library', { pid: lock.pid });
  await rm(lockFileOf(dataDir), { force: true });
  return { kind: 'free' };
}

async function askRecorded(lock: LockFile, { identity, adminPassword }: AdjudicationOptions) {
  const { listening } = lock;
  if (!listening) return { state: 'none' } as const;
  const uids = [process.getuid?.(), identity.owner?.uid];
  // Somebody else's folder holds somebody else's socket; nothing is said to it.
  if (listening.by === 'socket' && !(await isPrivateDirectory(listening.dir, uids)))
    return { state: 'none' } as const;
  return askServer(listening, adminPassword);
}

const isOurs = (facts: ServerFacts, { systemIdentifier, dataDir }: AdjudicationOptions) =>
  facts.systemIdentifier === systemIdentifier && path.resolve(facts.dataDir) === path.resolve(dataDir);

/**
 * Whether a watchdog stands over the server: that of an app which has died, so it stops the server in this moment,
 * or at its next try in a second. Taken over, it would be lost right after.
 */
async function isWatched(pid: number): Promise<boolean> {
  const parent = await parentOf(pid);
  const info = parent === undefined ? undefined : await inspectProcess(parent);
  return info?.state === 'alive' && info.args.includes(` ${watchdogName} `);
}

/** Fast first: it finishes as if the app had quit. Never harder than immediate, which the log makes good. */
export async function stopByPgCtl(
  options: Pick<AdjudicationOptions, 'binaries' | 'dataDir' | 'identity' | 'log'>,
  fastTimeoutS = fastStopTimeoutS,
): Promise<void> {
  const { binaries, dataDir, identity, log } = options;
  for (const [mode, timeoutS] of [
    ['fast', fastTimeoutS],
    ['immediate', immediateStopTimeoutS],
  ] as const) {
    const command = [binaries.pgCtl, 'stop', '-D', dataDir, '-m', mode, '-w', '-s', '-t', String(timeoutS)];
    const { code, output } = await runServerCommand(identity, command, { timeoutMs: (timeoutS + 5) * 1000 });
    if (code === 0 || (await readLockFile(dataDir)) === 'absent') return;
    log.warn('The server did not stop', { mode, said: output.trim().slice(0, 300) });
  }
  throw new ClusterError('busy', `the server in ${dataDir} does not stop`);
}

/**
 * Ends what still works in the data directory without a lock file to show for it: without that the next
 * server may not start. Known by program, folder and arguments, not by number.
 */
export async function stopStrays(dataDir: string, log: Log): Promise<void> {
  for (const { pid, isPostmaster } of await findStrays(dataDir)) {
    log.warn('Stopping a process that outlived its server', { pid });
    try {
      // To a postmaster: a clean shutdown. To a backend without one: leave at once, nothing is lost.
      process.kill(pid, isPostmaster ? 'SIGINT' : 'SIGQUIT');
    } catch {
      // It left in this moment.
    }
  }
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
