import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { askServer } from './ask-server.ts';
import { ClusterError } from './cluster-error.ts';
import type { LibraryFiles } from './library-files.ts';
import { lockFileOf, parseLockFile, stopStrays } from './lock-file.ts';
import {
  followedServer,
  watchedServer,
  type KnownServer,
  type RunningServer,
  type ServerPlace,
} from './running-server.ts';
import { isDiskFull } from './free-space.ts';
import { runServerCommand } from './server-command.ts';
import { causeIn, explainLog, openServerLog, type ServerLog } from './server-log.ts';
import { serverSettings, thisMachine, type Listening } from './server-settings.ts';
import { prepareSocketDir, removeSocketDir, socketPort } from './socket-dir.ts';
import { spawnWatched } from './watchdog.ts';

export interface StartOptions extends ServerPlace {
  readonly files: LibraryFiles;
  readonly systemIdentifier: string;
  readonly startedWith: string;
  readonly transport: Listening['by'];
  /** `pg_ctl` where there is no shell to watch: Windows. */
  readonly launcher: 'watchdog' | 'pg_ctl';
  readonly adminPassword: string | undefined;
  readonly throwAway: boolean;
  readonly onStage: (stage: 'starting' | 'recovering') => void;
  /** Gives back the reserve; false when there is none left. */
  readonly freeSpace: () => Promise<boolean>;
  /** Judges the lock file once more when the server found one. */
  readonly judgeAgain: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** How often the lock file is read while the server starts; it says `ready` in its last line. */
const pollMs = 5;
/** How often its log is read meanwhile. */
const lookEveryMs = 200;
/** A killed server's processes need up to this long to notice its death. */
const strayPatienceMs = 6_000;
/** After this they are told. */
const strayGraceMs = 500;
const mostPortsTried = 5;
/** No sign of life at all; a virus scanner may look at every library first. */
const silenceTimeoutMs = 60_000;
/** Recovery after a crash reads at most `max_wal_size`; beyond this it hangs. */
const recoveryTimeoutMs = 1_800_000;

/** Starts the server and returns when it has answered. What can be put right on the way is. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { log } = options;
  const begun = Date.now();
  let portsTried = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    options.onStage('starting');
    const listening = await chooseListening(options);
    const serverLog = await openServerLog(options.files, options.identity);
    const server = await startOnce(listening, serverLog, options).finally(() => serverLog.file.close());
    if (server) return server;

    if (listening.by === 'socket') await removeSocketDir(listening.dir);
    const said = await serverLog.readSince();
    if (
      /could not bind|Address already in use|could not create any TCP/.test(said) &&
      ++portsTried < mostPortsTried
    ) {
      log.warn('The port was taken in the meantime; trying another');
      continue;
    }
    const isFull = causeIn(said) === 'disk_full' || (await isDiskFull(options.dataDir));
    if (isFull && (await options.freeSpace())) {
      log.warn('The disk is full: the reserve is given up so that the library opens');
      continue;
    }
    const waitedMs = Date.now() - begun;
    if (causeIn(said) === 'busy' && waitedMs < strayPatienceMs) {
      if (waitedMs > strayGraceMs) await stopStrays(options.dataDir, log);
      await pause(50);
      await options.judgeAgain();
      continue;
    }
    if (isFull) throw new ClusterError('disk_full', said.trim() || options.dataDir);
    throw explainLog(said, 'start_failed');
  }
}

async function chooseListening({ transport, files, identity }: StartOptions): Promise<Listening> {
  if (transport === 'loopback') return { by: 'loopback', port: await freePort() };
  return { by: 'socket', dir: await prepareSocketDir(files.libraryDir, identity), port: socketPort };
}

/** The running server, or undefined when it ended before it was ready. */
async function startOnce(
  listening: Listening,
  serverLog: ServerLog,
  options: StartOptions,
): Promise<RunningServer | undefined> {
  const { binaries, dataDir, identity, log, startedWith, throwAway } = options;
  const settings = serverSettings({ machine: await thisMachine(), listening, startedWith, throwAway });
  const lockBefore = await readLock(dataDir);
  if (options.launcher === 'pg_ctl') return startByPgCtl(settings, lockBefore, listening, serverLog, options);

  const child = spawnWatched(identity, [binaries.postgres, '-D', dataDir, ...settings], {
    lastSignal: 'INT',
    output: serverLog.file.fd,
  });
  const stop = async () => {
    // Repeated, because the shell starts it with QUIT ignored until it has its own handler.
    const ask = setInterval(() => child.signal('QUIT'), 100);
    const last = setTimeout(() => child.killAll(), 10_000);
    await child.exited;
    clearInterval(ask);
    clearTimeout(last);
  };
  const known = await untilReady(lockBefore, listening, serverLog, options, () => child.running, stop);
  return known && watchedServer(known, child, log);
}

/** Not yet run on Windows. pg_ctl gives up an administrator's rights, with which Postgres refuses to run. */
async function startByPgCtl(
  settings: readonly string[],
  lockBefore: string,
  listening: Listening,
  serverLog: ServerLog,
  options: StartOptions,
): Promise<RunningServer | undefined> {
  const { binaries, dataDir, identity, files } = options;
  // A shell takes this line apart; no setting of a server without socket holds a character it would touch.
  const unsafe = settings.find((setting) => !/^[\w.,:=-]*$/.test(setting));
  if (unsafe !== undefined) throw new ClusterError('start_failed', `not safe on a command line: ${unsafe}`);
  const command = [
    binaries.pgCtl,
    'start',
    '-W',
    '-s',
    '-D',
    dataDir,
    '-l',
    files.serverLog,
    '-o',
    settings.join(' '),
  ];
  const { code, output } = await runServerCommand(identity, command, { timeoutMs: silenceTimeoutMs });
  if (code !== 0) throw explainLog(output, 'start_failed');
  const alive = watchLockFile(dataDir, lockBefore, serverLog);
  const known = await untilReady(lockBefore, listening, serverLog, options, alive, async () => {
    await runServerCommand(identity, [binaries.pgCtl, 'stop', '-D', dataDir, '-m', 'immediate'], {
      timeoutMs: silenceTimeoutMs,
    });
  });
  return known && followedServer(known, options);
}

/**
 * Whether a server that is not our child is still on its way. Before its lock file appears it may take its
 * time (a virus scanner reads the program first) unless its log says that it failed; after that, the
 * file goes when the server does.
 */
function watchLockFile(dataDir: string, lockBefore: string, serverLog: ServerLog): () => boolean {
  let state: 'coming' | 'there' | 'gone' = 'coming';
  let lastLookMs = 0;
  async function look(): Promise<void> {
    const text = await readLock(dataDir);
    if (text !== '' && text !== lockBefore) state = 'there';
    else if (state === 'there' || /FATAL:|PANIC:/.test(await serverLog.readSince())) state = 'gone';
  }
  return () => {
    if (Date.now() - lastLookMs > lookEveryMs) {
      lastLookMs = Date.now();
      void look();
    }
    return state !== 'gone';
  };
}

async function untilReady(
  lockBefore: string,
  listening: Listening,
  serverLog: ServerLog,
  options: StartOptions,
  alive: () => boolean,
  stop: () => Promise<void>,
): Promise<KnownServer | undefined> {
  const { dataDir, signal, systemIdentifier, onStage, adminPassword } = options;
  const begun = Date.now();
  let recovering = false;
  let lastLookAtLog = begun;
  let doubt = 'it never wrote its lock file';
  while (alive()) {
    if (signal?.aborted) {
      await stop();
      signal.throwIfAborted();
    }
    const text = await readLock(dataDir);
    const lock = text === lockBefore ? undefined : parseLockFile(text);
    if (lock?.status === 'ready') {
      const answer = await askServer(listening, adminPassword);
      if (answer.state === 'ready') {
        if (answer.facts.systemIdentifier === systemIdentifier)
          return { pid: lock.pid, listening, facts: answer.facts, lastWords: () => serverLog.readSince() };
        await stop();
        throw new ClusterError('damaged', 'the server that started is not the one of this library');
      }
      doubt = 'reason' in answer ? answer.reason : 'nobody listens';
    }
    const now = Date.now();
    if (!recovering && now - lastLookAtLog > lookEveryMs) {
      lastLookAtLog = now;
      recovering = /not properly shut down|automatic recovery in progress|redo starts/.test(
        await serverLog.readSince(),
      );
      if (recovering) onStage('recovering');
    }
    if (now - begun > (lock?.status === 'starting' ? recoveryTimeoutMs : silenceTimeoutMs)) {
      await stop();
      throw new ClusterError('start_timeout', doubt);
    }
    await pause(pollMs);
  }
  return undefined;
}

const readLock = (dataDir: string) => readFile(lockFileOf(dataDir), 'utf8').catch(() => '');

/** Free at this moment; whoever takes it before the server does is met with another try. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
