import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ReadAdapter } from './inspect-adapter.ts';

/** By which a file is known again without being read. */
export interface SeenFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export function seenFiles({ files, tensors }: ReadAdapter): SeenFile[] {
  return tensors.map(({ sizeBytes, modifiedMs }, index) => ({
    name: files.weights[index]?.name ?? '',
    sizeBytes,
    modifiedMs,
  }));
}

export type FileState = 'ready' | 'missing' | 'changed';

/** How the files of an adapter are now, compared with how they were when it was looked at. */
export async function stateOf(place: string, seen: readonly SeenFile[]): Promise<FileState> {
  let isChanged = false;
  const found = await statOf(place);
  if (!found) return 'missing';
  for (const { name, sizeBytes, modifiedMs } of seen) {
    const beside = found.isDirectory() ? place : path.dirname(place);
    const file = await statOf(path.join(beside, name));
    if (!file?.isFile()) return 'missing';
    if (file.size !== sizeBytes || Math.abs(file.mtimeMs - modifiedMs) >= 1) isChanged = true;
  }
  return isChanged ? 'changed' : 'ready';
}

/** A drive that does not answer is as one that is not there. */
async function statOf(file: string) {
  return stat(file).catch(() => undefined);
}
