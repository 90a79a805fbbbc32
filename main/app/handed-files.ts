import { type FileHandle, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemCodeOf } from '../errors/system-code.ts';
import { mostFileBytes, type HandedFile } from '../../shared/schemas/capture.ts';

const mostFiles = 100;

export interface HandedFiles {
  bring(files: readonly string[]): Promise<void>;
  /** What was brought since the last time. */
  take(): HandedFile[];
}

/** Files that were dropped on the app's icon, or opened with Loci: read here, for the page names no path. */
export function createHandedFiles(tell: () => void): HandedFiles {
  let waiting: HandedFile[] = [];
  return {
    async bring(files) {
      for (const file of files.slice(0, mostFiles)) {
        const bytes = await read(file);
        if (bytes !== undefined) waiting.push({ name: path.basename(file), bytes });
      }
      if (waiting.length > 0) tell();
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/**
 * One byte more than a memory may have: then it is seen that there is more. Null: it cannot be read, or is no file.
 * Undefined: there is nothing of that name, so it was meant otherwise.
 */
async function read(file: string): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
  const found = await stat(file).catch((error: unknown) => (isMissing(error) ? undefined : null));
  // To open a pipe would be to wait for whoever writes to it.
  if (!found?.isFile()) return found && null;
  const bytes = new Uint8Array(Math.min(found.size, mostFileBytes + 1));
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.slice(0, bytesRead);
  } catch {
    return null;
  } finally {
    await handle?.close();
  }
}

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '');

/** Among what a program is started with, in this folder: neither a switch nor a link, nor the app itself. */
export function filesIn(args: readonly string[], folder: string, appPath: string): string[] {
  return args.slice(1).flatMap((argument) => {
    if (argument === '' || argument.startsWith('-')) return [];
    const isFileUrl = argument.startsWith('file:') && URL.canParse(argument);
    // A drive's letter is no scheme.
    if (!isFileUrl && /^[a-z][\w+.-]+:/i.test(argument)) return [];
    try {
      const file = path.resolve(folder, isFileUrl ? fileURLToPath(argument) : argument);
      const isApp = !path.relative(appPath, file).startsWith('..') || appPath.startsWith(file + path.sep);
      return isApp ? [] : [file];
    } catch {
      return [];
    }
  });
}
