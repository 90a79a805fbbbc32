import { openDatabase } from '../database/orm.ts';
import { forkWorker } from '../embedding/child-process-host.ts';
import { startEmbedder } from '../embedding/embedder.ts';
import { builtModelDir, workerFile } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { EmbeddingQueue } from './embedding-queue.ts';

/** What it says on its standard output, one a line. */
export type SaidLine =
  | { readonly workerPid: number }
  /** So many batches have been stored since it was started. */
  | { readonly stored: number }
  | { readonly idle: true };

/** An app that embeds what there is, and is killed by the test. */
const [url = '', userId = ''] = process.argv.slice(2);
const say = (line: SaidLine) => process.stdout.write(`${JSON.stringify(line)}\n`);
const database = await openDatabase({ connection: { url }, log: silentLog });
const embedder = startEmbedder({
  host: () => forkWorker(workerFile, { runtime: { kind: 'native', threads: 1 } }),
  modelDir: builtModelDir,
  log: silentLog,
  background: false,
  // The test kills more often than an app would put up with.
  limits: { maxCrashes: 100, firstRestartDelayMs: 1, longestRestartDelayMs: 10 },
});
embedder.onStatus(({ pid }) => {
  if (pid !== undefined) say({ workerPid: pid });
});
let stored = 0;
const queue = new EmbeddingQueue({
  database,
  embedder,
  currentUserId: () => userId,
  log: silentLog,
  onStored: () => say({ stored: ++stored }),
});
await queue.whenIdle();
say({ idle: true });
await queue.stop();
await embedder.stop();
await database.close();
