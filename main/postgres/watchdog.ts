import { spawn, type ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { serverEnvironment } from './server-command.ts';
import type { ServerIdentity } from './server-identity.ts';

/**
 * A shell between us and a server process. It holds the reading end of a pipe whose writing end we
 * hold: when we die, however we die, the pipe closes and it sends its last signal. Killing the app
 * thus means a clean shutdown, and no server ever outlives its app. What we write into the pipe,
 * one name a line, it sends as signals, to its own child only: never to a PID somebody else may have by now.
 *
 * It runs in a session of its own (`detached`), so that Ctrl-C in a terminal or a TERM to our process group
 * does not reach the server before we stop it.
 *
 * The reader is a second shell because `wait` must notice a server that dies by itself. `read` is
 * built in: no `cat` is left to hold the pipe. The last signal is repeated: shells start background
 * commands with INT and QUIT ignored, so one that comes before the server has its handlers is lost.
 */
const script = `
umask 077
last=$1; shift
exec 4<&0
"$@" 4<&- </dev/null &
child=$!
trap "" INT TERM HUP QUIT
(
  while read -r signal <&4; do kill -s "$signal" "$child"; done
  while kill -s "$last" "$child"; do sleep 1; done
) >/dev/null 2>&1 &
reader=$!
exec 4<&- </dev/null
wait "$child"
code=$?
kill -s KILL "$reader" 2>/dev/null
wait "$reader" 2>/dev/null
exit "$code"
`;

/** What the shell calls itself, in the system's process list as well. */
export const watchdogName = 'loci-watchdog';

export interface WatchedProcess {
  /** Ends with the exit code once the process has ended; -1 when it could not be started. */
  readonly exited: Promise<number>;
  /** Resolves once nothing is left of it either that it has started: they all hold a pipe whose end we read. */
  readonly allGone: Promise<void>;
  readonly running: boolean;
  /** The shell, whose child is the process. */
  readonly shellPid: number;
  signal(name: 'INT' | 'TERM' | 'QUIT'): void;
  /** The last resort: shell, reader and process at once. */
  killAll(): void;
}

export interface WatchOptions {
  /** What the process gets when we are gone: INT is Postgres' fast shutdown, TERM makes initdb tidy up. */
  readonly lastSignal: 'INT' | 'TERM';
  /** File descriptor for both output streams: a file, so that the last words are kept when we are gone. */
  readonly output: number;
}

/** POSIX only; on Windows there is no such shell (see startByPgCtl in start-server.ts). */
export function spawnWatched(
  identity: ServerIdentity,
  command: readonly string[],
  { lastSignal, output }: WatchOptions,
): WatchedProcess {
  const whole = [...identity.prefix, '/bin/sh', '-c', script, watchdogName, lastSignal, ...command];
  const [file = '', ...args] = whole;
  const child: ChildProcess = spawn(file, args, {
    env: serverEnvironment(),
    stdio: ['pipe', output, output, 'pipe'],
    detached: true,
  });
  let running = true;
  const exited = new Promise<number>((resolve) => {
    const end = (code: number) => {
      running = false;
      resolve(code);
    };
    child.once('error', () => end(-1));
    // If the shell itself is killed, Node closes the pipe, and the reader shuts the server down.
    child.once('exit', (code) => end(code ?? -1));
  });
  const allGone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  // Nobody writes there; but its end is seen only by who reads.
  for (const stream of child.stdio.slice(3))
    if (stream instanceof Readable) stream.on('error', () => undefined).resume();
  // Writing to a shell that has just ended is no failure: `exited` tells.
  child.stdin?.on('error', () => undefined);
  return {
    exited,
    allGone,
    get running() {
      return running;
    },
    shellPid: child.pid ?? -1,
    signal(name) {
      if (running) child.stdin?.write(`${name}\n`);
    },
    killAll() {
      if (!running || child.pid === undefined) return;
      try {
        // The group is our own child's, which is not reaped yet: nobody else can have its number.
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended in this moment.
      }
    },
  };
}
