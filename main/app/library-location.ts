import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { systemCodeOf } from '../errors/system-code.ts';
import { firstLibraryDir } from './library-folders.ts';

const location = z.object({ library: z.string().min(1).refine(path.isAbsolute) });
const noteName = 'library-location.json';
const fileIn = (dataDir: string): string => path.join(dataDir, noteName);

/**
 * Where the library is: where it was made, or where a person has moved it to. A note of that which cannot be read is
 * answered with itself, in which no library is: nobody must get a new one beside the one they have.
 */
export function libraryDirOf(dataDir: string): string {
  const file = fileIn(dataDir);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT' ? firstLibraryDir(dataDir) : file;
  }
  try {
    return location.parse(JSON.parse(text)).library;
  } catch {
    return file;
  }
}

export const isNote = (libraryDir: string): boolean => path.basename(libraryDir) === noteName;

export function writeLocation(dataDir: string, library: string): void {
  const file = fileIn(dataDir);
  if (library === firstLibraryDir(dataDir)) {
    fs.rmSync(file, { force: true });
    return;
  }
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, JSON.stringify({ library }), { mode: 0o600 });
  const handle = fs.openSync(temporary, 'r+');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(temporary, file);
}
