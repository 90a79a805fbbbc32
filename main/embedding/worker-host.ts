import { utilityProcess } from 'electron';
import { nativeRuntime } from './native-runtime.ts';
import { collectTail } from './stderr-tail.ts';
import type { WorkerHost } from './worker-protocol.ts';

/** The worker as Electron runs it. The app must be ready. */
export function startUtilityWorker(workerFile: string, wasmFolder: string): WorkerHost {
  const child = utilityProcess.fork(workerFile, [], {
    serviceName: 'Loci embedding',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let tail: (() => string) | undefined;
  // Its stderr is there only once it runs.
  child.once('spawn', () => (tail = collectTail(child.stderr)));
  return {
    // Native code would die of Electron's allocator there (onnxruntime#29763). Not yet run on macOS.
    runtime: process.platform === 'darwin' ? { kind: 'wasm', folder: wasmFolder } : nativeRuntime(),
    get pid() {
      return child.pid;
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}${tail?.() ?? ''}`)),
    kill() {
      // Electron's own kill asks; a process that hangs does not answer.
      if (child.pid === undefined) {
        child.kill();
        return;
      }
      try {
        process.kill(child.pid, 'SIGKILL');
      } catch {
        // It has just gone by itself.
      }
    },
  };
}
