import { copyFile, mkdir, open, rename, rm, statfs, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { textsNow } from '../../shared/texts/index.ts';
import { hashAdapter, type AdapterHashes } from './adapter-hashes.ts';
import type { ReadAdapter } from './inspect-adapter.ts';
import { sizeInWords } from './refusal.ts';
import type { ReadingOptions } from './tensor-bytes.ts';

/** What is left free for the library itself, which needs room to work. */
const reserveBytes = 512 * 1024 * 1024;

export class NoRoomError extends Error {
  override readonly name = 'NoRoomError';

  readonly #neededBytes: number;
  readonly #freeBytes: number;

  constructor(neededBytes: number, freeBytes: number) {
    super('There is no room for a copy');
    this.#neededBytes = neededBytes;
    this.#freeBytes = freeBytes;
  }

  /** To a person, in the language of now. */
  said(): string {
    const [needed, free] = [sizeInWords(this.#neededBytes), sizeInWords(this.#freeBytes)];
    return textsNow().failures.specialization.noRoom(needed, free);
  }
}

/** Throws if a copy would fill the disk. `folder` exists. */
export async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (neededBytes + reserveBytes > freeBytes) throw new NoRoomError(neededBytes, freeBytes);
}

/** Copies what belongs to an adapter into a folder of its own, and hashes it on the way: all of it is there, or nothing. */
export async function copyAdapter(
  adapter: ReadAdapter,
  to: string,
  options: ReadingOptions = {},
): Promise<AdapterHashes> {
  const parent = path.dirname(to);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await checkRoom(parent, adapter.report.fileSizeBytes);
  const unfinished = `${to}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  let current: FileHandle | undefined;
  const finishFile = async () => {
    const done = current;
    current = undefined;
    await done?.sync();
    await done?.close();
  };
  try {
    const hashes = await hashAdapter(adapter, {
      ...options,
      also: {
        async beginFile(name) {
          await finishFile();
          current = await open(path.join(unfinished, name), 'wx', 0o600);
        },
        async bytes(piece) {
          await current?.writeFile(piece);
        },
      },
    });
    await finishFile();
    const { config, index } = adapter.files;
    if (config !== undefined) await copySmall(config, path.join(unfinished, 'adapter_config.json'));
    if (index) await copySmall(index.path, path.join(unfinished, index.name));
    await rename(unfinished, to);
    return hashes;
  } catch (error) {
    await current?.close().catch(() => undefined);
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function copySmall(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
