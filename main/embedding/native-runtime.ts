import os from 'node:os';
import type { Runtime } from './worker-protocol.ts';

/** Half the cores, as every second one is often only a hyper-thread; more than four gain little here. */
export function nativeRuntime(): Runtime {
  const cores = os.availableParallelism();
  return { kind: 'native', threads: Math.min(4, Math.max(Math.min(2, cores), Math.floor(cores / 2))) };
}
