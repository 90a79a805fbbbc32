import fs from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../logging/log.ts';
import { copyTree, listTree, syncToDisk } from './copy-tree.ts';
import { SafetyCopyError } from './safety-copy-error.ts';

export interface SafetyCopyOptions {
  /** A data directory whose server has been shut down: only then is a copy of its files a whole library. */
  readonly dataDir: string;
  readonly copiesDir: string;
  /** What the copy is from before, in a form fit for a file name. */
  readonly label: string;
  readonly log: Log;
  /** How many copies stay, this one included. */
  readonly keep?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { copiedBytes: number; totalBytes: number }) => void;
}

/** Left free beside the copy: a disk filled to the brim stops the server. */
const marginBytes = 500_000_000;
/** Blocks are larger than what is in them. */
const roundingUp = 1.1;

/** Marks what is not whole yet; a later call clears away what a killed app left. */
const unfinished = '.making';

/**
 * Copies the whole data directory before something is done to it that cannot be undone. Either
 * there is a complete copy afterwards, on the disk, or none and all earlier ones.
 *
 * @returns where the copy is
 */
export async function makeSafetyCopy(options: SafetyCopyOptions): Promise<string> {
  const { copiesDir, label, log, keep = 3, signal } = options;
  signal?.throwIfAborted();
  await fs.mkdir(copiesDir, { recursive: true, mode: 0o700 });
  await removeUnfinished(copiesDir);
  const target = path.join(copiesDir, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${label}`);
  const making = `${target}${unfinished}`;
  try {
    const bytes = await copyWhole(making, options);
    await fs.rename(making, target);
    await syncToDisk(copiesDir, 'folder');
    log.info('Safety copy made', { copy: path.basename(target), bytes });
  } catch (error) {
    await fs.rm(making, { recursive: true, force: true });
    if (error instanceof SafetyCopyError || signal?.aborted) throw error;
    throw new SafetyCopyError('copy_failed', 'copying the library', { cause: error });
  }
  // Only now: an old copy is worth more than a new one that failed.
  await prune(copiesDir, keep, log, label);
  return target;
}

async function copyWhole(
  making: string,
  { dataDir, copiesDir, signal, onProgress }: SafetyCopyOptions,
): Promise<number> {
  const original = await listTree(dataDir);
  if (original.some((entry) => entry.path === 'postmaster.pid')) {
    throw new SafetyCopyError('copy_failed', 'the server of this library has not been shut down');
  }
  const totalBytes = original.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const neededBytes = totalBytes * roundingUp + marginBytes;
  const { bavail, bsize } = await fs.statfs(copiesDir);
  if (bavail * bsize < neededBytes) {
    throw new SafetyCopyError('no_room_for_copy', `${bavail * bsize} bytes free`, { neededBytes });
  }

  let copiedBytes = 0;
  await copyTree(original, dataDir, making, {
    signal,
    onCopied(bytes) {
      copiedBytes += bytes;
      onProgress?.({ copiedBytes, totalBytes });
    },
  });

  const copy = new Map((await listTree(making)).map((entry) => [entry.path, entry.sizeBytes]));
  const wrong = original.filter((entry) => copy.get(entry.path) !== entry.sizeBytes);
  if (wrong.length > 0 || copy.size !== original.length) {
    throw new SafetyCopyError('copy_failed', `${wrong.length} of ${original.length} files differ in size`);
  }
  return totalBytes;
}

async function removeUnfinished(copiesDir: string): Promise<void> {
  for (const name of await fs.readdir(copiesDir)) {
    if (name.endsWith(unfinished)) await fs.rm(path.join(copiesDir, name), { recursive: true, force: true });
  }
}

/**
 * A new copy takes the place of earlier ones from before the same thing: an update that is tried
 * again and again must not push out the copies from before other updates.
 *
 * A copy that cannot be removed takes room, but is no reason to stop: the new one is there.
 */
async function prune(copiesDir: string, keep: number, log: Log, label: string): Promise<void> {
  // Names begin with the time, so that their order is that of making.
  const copies = (await fs.readdir(copiesDir)).filter((name) => /^\d{4}-\d\d-\d\dT/.test(name)).toSorted();
  const replaced = copies.filter((name) => name.endsWith(`Z-${label}`)).slice(0, -1);
  const others = copies.filter((name) => !replaced.includes(name));
  for (const name of [...replaced, ...others.slice(0, Math.max(0, others.length - keep))]) {
    await fs.rm(path.join(copiesDir, name), { recursive: true, force: true }).catch((error: unknown) => {
      log.error('An old safety copy could not be removed', error, { copy: name });
    });
  }
}
