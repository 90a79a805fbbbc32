import readline from 'node:readline';
import { openCluster, type Cluster, type ClusterTuning } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { binariesDir } from './testing.ts';

/**
 * An app reduced to its library, in a process of its own that tests can kill. Says on stdout, a line of JSON each,
 * what happens; does what lines on stdin say.
 */
export interface TestAppOptions {
  readonly libraryDir: string;
  readonly tuning?: ClusterTuning;
  readonly appVersion?: string;
}

export type TestAppEvent =
  | { readonly event: 'stage'; readonly stage: string }
  | {
      readonly event: 'ready';
      readonly pid: number;
      readonly processIds: readonly number[];
      readonly host: string;
    }
  | { readonly event: 'refused'; readonly code: string; readonly message: string }
  | { readonly event: 'knock' | 'stopped' }
  | { readonly event: 'lost'; readonly code: string };

const say = (event: TestAppEvent) => process.stdout.write(`${JSON.stringify(event)}\n`);

async function sayReady(cluster: Cluster): Promise<void> {
  const processIds = await cluster.processIds();
  say({ event: 'ready', pid: cluster.facts.postmasterPid, processIds, host: cluster.connection.host });
}

// Apps decide themselves when to end; here: when told so.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const options: TestAppOptions = JSON.parse(process.argv[2] ?? '{}');
const nothing = () => undefined;
try {
  const cluster = await openCluster(
    {
      binariesDir,
      libraryDir: options.libraryDir,
      log: { info: nothing, warn: nothing, error: nothing },
      appVersion: options.appVersion ?? 'test',
      onStage: (stage) => say({ event: 'stage', stage }),
      onKnock: () => say({ event: 'knock' }),
    },
    options.tuning,
  );
  cluster.onLost((why) => say({ event: 'lost', code: why.code }));
  await sayReady(cluster);
  for await (const line of readline.createInterface(process.stdin)) {
    if (line === 'stop') break;
    if (line === 'restart') {
      await cluster.restart();
      await sayReady(cluster);
    }
  }
  await cluster.stop();
  say({ event: 'stopped' });
} catch (error) {
  const code = error instanceof ClusterError ? error.code : 'unknown';
  say({ event: 'refused', code, message: String(error) });
}
process.exit();
