import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { Log } from '../logging/log.ts';
import type { ServerFacts } from './ask-server.ts';
import type { Binaries } from './binaries.ts';
import { lockFileOf, readLockFile, stopByPgCtl } from './lock-file.ts';
import { childrenOf, inspectProcess } from './processes.ts';
import { serverEnvironment } from './server-command.ts';
import type { ServerIdentity } from './server-identity.ts';
import type { Listening } from './server-settings.ts';
import type { WatchedProcess } from './watchdog.ts';

/** A server that answers, however it was started. */
export interface RunningServer {
  readonly pid: number;
  readonly listening: Listening;
  readonly facts: ServerFacts;
  /** The last it wrote to its log since this start. */
  readonly lastWords: () => Promise<string>;
  /** Resolves when it is no more, asked or not. */
  readonly ended: Promise<void>;
  /** Clean if it can be in time, hard if it must; there is no server left when this resolves. */
  stop(patience?: StopPatience): Promise<void>;
  processIds(): Promise<number[]>;
}

export interface ServerPlace {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly identity: ServerIdentity;
  readonly log: Log;
}

export type KnownServer = Pick<RunningServer, 'pid' | 'listening' | 'facts' | 'lastWords'>;

export type StopPatience = 'when closing' | 'when starting again';

const fastStopMs: Record<StopPatience, number> = {
  // All that was saved is written out: 50 ms when idle, seconds on a slow disk. The app gives a quit 20 s in all.
  'when closing': 12_000,
  // Something is wrong already. A server asked to stop just as it recovers from a crash of its own may wait for ever.
  'when starting again': 1_500,
};
/** Postgres itself kills what does not leave within 5 s of this. */
const immediateStopMs = 6_000;
/** How often the system is asked whether a server that is not our child still lives. */
const followMs = 500;

/** A server under our own watchdog. */
export function watchedServer(known: KnownServer, child: WatchedProcess, log: Log): RunningServer {
  const ended = child.exited.then(() => undefined);
  return {
    ...known,
    ended,
    async stop(patience = 'when closing') {
      for (const [signal, ms] of [
        ['INT', fastStopMs[patience]],
        ['QUIT', immediateStopMs],
      ] as const) {
        child.signal(signal);
        if (await endsWithin(ended, ms)) return;
        log.warn('The server did not stop in time', { asked: signal });
      }
      child.killAll();
      await ended;
    },
    async processIds() {
      if (!child.running) return [];
      const shells = [child.shellPid, ...(await childrenOf(child.shellPid))];
      return [...new Set([...shells, known.pid, ...(await childrenOf(known.pid))])];
    },
  };
}

/**
 * Does for a server that is not our child what the watchdog does for one that is: its pipe closes when
 * we die, and it then stops the server by pg_ctl, which reads the lock file again.
 */
const guardScript = `
trap "" INT TERM HUP QUIT
read -r _
"$1" stop -D "$2" -m fast -W -s
`;

/** A server found running and taken over, or one that pg_ctl started. */
export function followedServer(known: KnownServer, place: ServerPlace): RunningServer {
  const guard = process.platform === 'win32' ? undefined : startGuard(place);
  const ended = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      void isGone().then((gone) => {
        if (!gone) return;
        clearInterval(timer);
        // Before anything else can be started that it would stop.
        guard?.kill('SIGKILL');
        resolve();
      });
    }, followMs);
    timer.unref();
  });
  async function isGone(): Promise<boolean> {
    return (await inspectProcess(known.pid)).state === 'gone';
  }
  return {
    ...known,
    ended,
    async stop(patience = 'when closing') {
      guard?.kill('SIGKILL');
      if (await isGone()) return;
      await stopByPgCtl(place, Math.ceil(fastStopMs[patience] / 1000));
      const lock = await readLockFile(place.dataDir);
      // An immediate stop may leave it; the next start would have to judge it.
      if (lock !== 'absent' && (await isGone())) await rm(lockFileOf(place.dataDir), { force: true });
    },
    async processIds() {
      if (await isGone()) return [];
      return [...(guard?.pid === undefined ? [] : [guard.pid]), known.pid, ...(await childrenOf(known.pid))];
    },
  };
}

function startGuard({ binaries, dataDir, identity }: ServerPlace) {
  const whole = [...identity.prefix, '/bin/sh', '-c', guardScript, 'loci-guard', binaries.pgCtl, dataDir];
  const [file = '', ...args] = whole;
  const guard = spawn(file, args, {
    env: serverEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  return guard;
}

function endsWithin(ended: Promise<void>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, false);
    void ended.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
