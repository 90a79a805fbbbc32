import fs from 'node:fs/promises';
import path from 'node:path';

/** One file or folder below a root, as it has to be again in a copy. */
interface TreeEntry {
  /** Relative to the root; '' is the root itself. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly sizeBytes: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Folders come before what is in them. Links are followed, so that a copy holds all there is. */
export async function listTree(root: string, relative = ''): Promise<TreeEntry[]> {
  const place = path.join(root, relative);
  const { mode, uid, gid, size, ...stat } = await statOf(place);
  const entry = { path: relative, mode: mode & 0o7777, uid, gid };
  if (stat.isFile) return [{ ...entry, kind: 'file', sizeBytes: size }];
  // Sockets and pipes belong to a running server and hold nothing.
  if (!stat.isDirectory) return [];
  const entries: TreeEntry[] = [{ ...entry, kind: 'folder', sizeBytes: 0 }];
  for (const name of (await fs.readdir(place)).toSorted()) {
    entries.push(...(await listTree(root, path.join(relative, name))));
  }
  return entries;
}

async function statOf(place: string) {
  const stat = await fs.stat(place);
  const { mode, uid, gid, size } = stat;
  return { mode, uid, gid, size, isFile: stat.isFile(), isDirectory: stat.isDirectory() };
}

export interface CopyTreeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onCopied?: ((bytes: number) => void) | undefined;
}

/** Copies what was listed, down to the disk. File systems that can share the blocks of both do so. */
export async function copyTree(
  entries: readonly TreeEntry[],
  from: string,
  to: string,
  { signal, onCopied }: CopyTreeOptions = {},
): Promise<void> {
  const folders = entries.filter(({ kind }) => kind === 'folder');
  for (const folder of folders) await fs.mkdir(path.join(to, folder.path), { mode: 0o700 });

  // Several at once, so that the disk can take their syncs together.
  const files = entries.filter(({ kind }) => kind === 'file').values();
  const copyFiles = async () => {
    for (const file of files) {
      signal?.throwIfAborted();
      const target = path.join(to, file.path);
      await fs.copyFile(path.join(from, file.path), target, fs.constants.COPYFILE_FICLONE);
      await takeOver(target, file);
      onCopied?.(file.sizeBytes);
    }
  };
  const copied = await Promise.allSettled(Array.from({ length: 8 }, copyFiles));
  const failed = copied.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  signal?.throwIfAborted();

  // From the inside out: a folder that cannot be written to must be complete by then.
  for (const folder of folders.toReversed()) await takeOver(path.join(to, folder.path), folder);
}

/** Owner and mode of the original: the server refuses a data directory that others can read. */
async function takeOver(place: string, { kind, mode, uid, gid }: TreeEntry): Promise<void> {
  if (process.getuid?.() === 0) await fs.chown(place, uid, gid);
  await fs.chmod(place, mode);
  await syncToDisk(place, kind);
}

export async function syncToDisk(place: string, kind: TreeEntry['kind']): Promise<void> {
  // Windows has no way to sync a folder, and renames there are journaled.
  if (kind === 'folder' && process.platform === 'win32') return;
  // Windows syncs a file only through a handle that may write.
  const handle = await fs.open(place, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
