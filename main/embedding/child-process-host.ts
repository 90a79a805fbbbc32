import { fork } from 'node:child_process';
import { nativeRuntime } from './native-runtime.ts';
import { collectTail } from './stderr-tail.ts';
import type { Runtime, WorkerHost } from './worker-protocol.ts';

/** The worker as a child of plain Node: for tests, benchmarks and command-line tools. */
export function forkWorker(
  workerFile: string,
  { runtime = nativeRuntime(), execArgv = [] }: { runtime?: Runtime; execArgv?: readonly string[] } = {},
): WorkerHost {
  const child = fork(workerFile, {
    // Keeps vectors binary; the default would spell them out as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [...execArgv],
  });
  const tail = collectTail(child.stderr);
  return {
    runtime,
    get pid() {
      return child.pid;
    },
    post(message) {
      // A failure means that the process has gone, and its exit says so.
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit(listener) {
      child.once('error', (error) => {
        // It may also mean that a message was not sent or that killing failed; the process then lives on.
        if (child.pid === undefined) listener(String(error));
      });
      child.once('close', (code, signal) => listener(`${signal ?? `exit code ${code}`}${tail()}`));
    },
    kill: () => child.kill('SIGKILL'),
  };
}
