import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * A folder on the disk, not in memory, because that is where libraries are; gone when the work is
 * done, or given up by Ctrl+C: then the signal is aborted, so that servers in there are stopped first.
 */
export async function withTemporaryDir<T>(
  name: string,
  work: (dir: string, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), `loci-bench-${name}-`));
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('Interrupted'));
  process.once('SIGINT', abort).once('SIGTERM', abort);
  try {
    return await work(dir, controller.signal);
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
    await fs.rm(dir, { recursive: true, force: true });
  }
}
