import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LociError } from '../errors/loci-error.ts';
import { copyTree, listTree, syncToDisk } from './copy-tree.ts';

export interface CopyFolderOptions {
  /** A library whose server has been shut down: only then is a copy of its files a whole library. */
  readonly from: string;
  /** Does not exist yet; what it is to be in does. */
  readonly to: string;
  readonly signal?: AbortSignal;
}

/** Left free beside the copy: a disk filled to the brim stops the server. */
const marginBytes = 200_000_000;
const roundingUp = 1.1;

/**
 * Copies a library's folder to another place and reads both again to compare them, byte by byte. Either there is the
 * whole of it afterwards, on the disk, or nothing; the original is only read.
 */
export async function copyLibraryFolder({ from, to, signal }: CopyFolderOptions): Promise<void> {
  const into = path.dirname(to);
  await refuseUnfit(from, to);
  const original = await listTree(from);
  if (original.some((entry) => path.basename(entry.path) === 'postmaster.pid'))
    throw new LociError('conflict', (texts) => texts.failures.move.inUse);
  const neededBytes = original.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) * roundingUp + marginBytes;
  const { bavail, bsize } = await fs.statfs(into);
  if (bavail * bsize < neededBytes) {
    const megabytes = Math.ceil(neededBytes / 1_000_000);
    throw new LociError('unavailable', (texts) => texts.failures.move.noRoom(megabytes));
  }
  try {
    await copyTree(original, from, to, { signal });
    for (const { kind, path: place } of original) {
      if (kind !== 'file') continue;
      signal?.throwIfAborted();
      const [one, other] = await Promise.all([hashOf(path.join(from, place)), hashOf(path.join(to, place))]);
      if (one !== other) throw new Error(`The copy of ${place} differs`);
    }
    await syncToDisk(into, 'folder');
  } catch (error) {
    await fs.rm(to, { recursive: true, force: true });
    if (signal?.aborted) throw error;
    throw new LociError('unavailable', (texts) => texts.failures.move.failed, { cause: error });
  }
}

async function refuseUnfit(from: string, to: string): Promise<void> {
  const [original, into] = await Promise.all([fs.realpath(from), fs.realpath(path.dirname(to))]);
  if (into === original || into.startsWith(original + path.sep))
    throw new LociError('invalid_input', (texts) => texts.failures.move.within);
  const isThere = await fs.stat(to).then(
    () => true,
    () => false,
  );
  if (isThere) throw new LociError('conflict', (texts) => texts.failures.move.taken(path.basename(to)));
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
