import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { freeBytesAt } from './free-space.ts';

/** Four segments of the write-ahead log: enough for a full server to start and for a person to delete something. */
export const reserveBytes = 64 * 1024 * 1024;
/** Room that must remain beside it, or it would itself be what fills the disk. */
const roomBesideBytes = 128 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** Gives the space back to the file system. True if there was some to give. */
export async function giveUpReserve(file: string): Promise<boolean> {
  const given = await stat(file).then(
    (stats) => stats.size > 0,
    () => false,
  );
  await rm(file, { force: true });
  return given;
}

/**
 * Makes the reserve when there is room for it: a file that is only there to be deleted. A server that finds no
 * space for its log stops and does not start again until there is some.
 */
export async function ensureReserve(file: string, signal?: AbortSignal): Promise<boolean> {
  const present = await stat(file).catch(() => undefined);
  if (present?.size === reserveBytes) return true;
  if ((await freeBytesAt(path.dirname(file))) < reserveBytes + roomBesideBytes) return false;
  const temporary = `${file}.tmp`;
  // Random, since file systems that compress or leave holes would reserve nothing for zeros.
  const chunk = randomBytes(chunkBytes);
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      for (let written = 0; written < reserveBytes; written += chunkBytes) {
        signal?.throwIfAborted();
        // A megabyte at a time: the app has just started and has better uses for the disk.
        await handle.write(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return true;
  } catch {
    await rm(temporary, { force: true });
    return false;
  }
}
