import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { appDatabase, appRole } from './access-rules.ts';
import { hostOf } from './ask-server.ts';
import type { Cluster, ClusterOptions } from './cluster.ts';
import { ClusterError, explainSystemError } from './cluster-error.ts';
import { findOrStart } from './find-or-start.ts';
import type { OwnerLock } from './owner-lock.ts';
import type { PreparedLibrary } from './prepare-library.ts';
import { isDiskFull } from './free-space.ts';
import { ensureReserve, giveUpReserve } from './reserve.ts';
import type { RunningServer, StopPatience } from './running-server.ts';
import { explainLog } from './server-log.ts';
import { removeSocketDir } from './socket-dir.ts';

/** Long enough for the app to be up: until then it has better uses for the disk. */
const reserveDelayMs = 10_000;
/** As many lines as the death of a server takes; more would find the causes of earlier troubles. */
const lastWordsLines = 15;

/** The server over the life of the app: noticed when it dies, brought back, stopped. */
export function supervise(
  library: PreparedLibrary,
  options: ClusterOptions,
  ownerLock: OwnerLock,
  first: RunningServer,
): Cluster {
  const { files, passwords, firstStart } = library;
  const { log } = options;
  const callbacks = new Set<(why: ClusterError) => void>();
  const closing = new AbortController();
  let server = first;
  let lost: ClusterError | undefined;
  let askedToGo: RunningServer | undefined;
  let stopped: Promise<void> | undefined;
  // One change of the server at a time: a stop during a restart waits for it.
  let lastChange: Promise<void> = Promise.resolve();

  function inTurn(change: () => Promise<void>): Promise<void> {
    const turn = lastChange.then(change);
    lastChange = turn.catch(() => undefined);
    return turn;
  }

  async function tellWhenLost(followed: RunningServer): Promise<void> {
    await followed.ended;
    if (askedToGo === followed) return;
    const words = await followed.lastWords().catch(() => '');
    const otherwise = (await isDiskFull(files.libraryDir)) ? 'disk_full' : 'lost';
    lost = explainLog(words.trim().split('\n').slice(-lastWordsLines).join('\n'), otherwise);
    log.error('The database server is gone', lost, { pid: followed.pid });
    for (const callback of callbacks) callback(lost);
  }

  async function halt(patience: StopPatience): Promise<void> {
    askedToGo = server;
    await server.stop(patience);
    const { listening } = server;
    // Only a folder that was made by us: a server that was taken over may have its socket anywhere.
    if (listening.by === 'socket' && path.basename(listening.dir).startsWith('loci-'))
      await removeSocketDir(listening.dir);
  }

  async function startAgain(whileStopped?: () => Promise<unknown>): Promise<void> {
    if (stopped) throw new ClusterError('start_failed', 'the library was closed');
    try {
      // A copy of the files is worth more after a clean stop.
      await halt(whileStopped ? 'when closing' : 'when starting again');
      await whileStopped?.();
      // Not the signal of the opening: it belongs to that alone.
      const { signal: _opened, ...rest } = options;
      const known = { ...library, passwordsAreNew: false };
      server = await findOrStart(known, { ...rest, signal: closing.signal }, { mayAdopt: false });
    } catch (error) {
      throw explainSystemError(error);
    }
    lost = undefined;
    void tellWhenLost(server);
    log.info('Database ready again', { pid: server.pid });
  }

  async function close(): Promise<void> {
    // A second app that comes now waits for us instead of being sent away.
    ownerLock.leaving();
    clearTimeout(reserveTimer);
    closing.abort();
    await reserving;
    await inTurn(async () => {
      try {
        await halt('when closing');
      } finally {
        await ownerLock.release();
      }
      log.info('Database stopped');
    });
  }

  let reserving: Promise<void> | undefined;
  async function makeReserve(): Promise<void> {
    const isThere = await ensureReserve(files.reserve, closing.signal).catch(() => false);
    if (!isThere && !closing.signal.aborted) log.warn('No room for the reserve against a full disk');
  }
  const reserveTimer = setTimeout(() => {
    reserving = makeReserve();
  }, reserveDelayMs);
  reserveTimer.unref();
  void tellWhenLost(server);

  return {
    get connection() {
      const { listening } = server;
      const login = { user: appRole, database: appDatabase };
      const where = { host: hostOf(listening), port: listening.port, ...login };
      return passwords ? { ...where, password: passwords.app } : where;
    },
    get facts() {
      const { version, startedAt, systemIdentifier } = server.facts;
      const postmasterPid = server.pid;
      return { version, startedAt, systemIdentifier, postmasterPid, dataDir: files.dataDir, firstStart };
    },
    onLost(callback) {
      callbacks.add(callback);
      if (lost) callback(lost);
    },
    restart: (whileStopped) => inTurn(() => startAgain(whileStopped)),
    freeReserve: () => giveUpReserve(files.reserve),
    stop() {
      stopped ??= close();
      return stopped;
    },
    processIds: () => server.processIds(),
    directorySizeBytes: () => sizeOf(files.libraryDir),
  };
}

/** Files come and go while the server works; those that went count nothing. */
async function sizeOf(dir: string): Promise<number> {
  let total = 0;
  for (const name of await readdir(dir, { recursive: true }).catch(() => [])) {
    const stats = await lstat(path.join(dir, name)).catch(() => undefined);
    if (stats?.isFile()) total += stats.size;
  }
  return total;
}
