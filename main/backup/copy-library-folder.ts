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
  /** What belongs to it and lies elsewhere, by the name it gets in the copy. Those that are not there are left out. */
  readonly beside?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

/** Left free beside the copy: a disk filled to the brim stops the server. */
const marginBytes = 200_000_000;
const roundingUp = 1.1;

/**
 * Copies a library's folder to another place and reads both again to compare them, byte by byte. Either there is the
 * whole of it afterwards, on the disk, or nothing; the original is only read.
 */
export async function copyLibraryFolder({
  from,
  to,
  beside = new Map(),
  signal,
}: CopyFolderOptions): Promise<void> {
  const into = path.dirname(to);
  await refuseUnfit(from, to);
  const parts = [{ from, to, entries: await listTree(from) }];
  if (parts[0]?.entries.some((entry) => path.basename(entry.path) === 'postmaster.pid'))
    throw new LociError('conflict', (texts) => texts.failures.move.inUse);
  for (const [name, place] of beside)
    if (await isThere(place))
      parts.push({ from: place, to: path.join(to, name), entries: await listTree(place) });
  await refuseWithoutRoom(
    into,
    parts.flatMap(({ entries }) => entries),
  );
  try {
    for (const part of parts) await copyTree(part.entries, part.from, part.to, { signal });
    for (const part of parts) await compare(part, signal);
    await syncToDisk(to, 'folder');
    await syncToDisk(into, 'folder');
  } catch (error) {
    await fs.rm(to, { recursive: true, force: true });
    if (signal?.aborted) throw error;
    throw new LociError('unavailable', (texts) => texts.failures.move.failed, { cause: error });
  }
}

interface CopiedPart {
  readonly from: string;
  readonly to: string;
  readonly entries: Awaited<ReturnType<typeof listTree>>;
}

async function compare({ from, to, entries }: CopiedPart, signal: AbortSignal | undefined): Promise<void> {
  for (const { kind, path: place } of entries) {
    if (kind !== 'file') continue;
    signal?.throwIfAborted();
    const [one, other] = await Promise.all([hashOf(path.join(from, place)), hashOf(path.join(to, place))]);
    if (one !== other) throw new Error(`The copy of ${place} differs`);
  }
}

async function refuseWithoutRoom(into: string, entries: CopiedPart['entries']): Promise<void> {
  const neededBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) * roundingUp + marginBytes;
  const { bavail, bsize } = await fs.statfs(into);
  if (bavail * bsize >= neededBytes) return;
  const megabytes = Math.ceil(neededBytes / 1_000_000);
  throw new LociError('unavailable', (texts) => texts.failures.move.noRoom(megabytes));
}

async function refuseUnfit(from: string, to: string): Promise<void> {
  const [original, into] = await Promise.all([fs.realpath(from), fs.realpath(path.dirname(to))]);
  if (into === original || into.startsWith(original + path.sep))
    throw new LociError('invalid_input', (texts) => texts.failures.move.within);
  if (await isThere(to))
    throw new LociError('conflict', (texts) => texts.failures.move.taken(path.basename(to)));
}

async function isThere(place: string): Promise<boolean> {
  return fs.stat(place).then(
    () => true,
    () => false,
  );
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
