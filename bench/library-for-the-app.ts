import fs from 'node:fs/promises';
import path from 'node:path';
import { collectionDir, searchCollection, withEmbedder } from './search-collection.ts';
import { searchLibrary } from './search-library.ts';

/**
 * Puts the library of `bench -- search` where an app with this data folder looks for it. The original stays as it was
 * made: what the app changes in it is changed in the copy.
 */
export async function copySearchLibrary(
  dataDir: string,
  memories: number,
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const made = await withEmbedder(async (embedder) => {
    const { model, mixed } = await searchCollection(args, memories, { embedder, signal });
    return searchLibrary({ dir: collectionDir, texts: mixed(memories), model, signal });
  });
  await fs.cp(made.libraryDir, path.join(dataDir, 'library'), {
    recursive: true,
    preserveTimestamps: true,
    mode: fs.constants.COPYFILE_FICLONE,
  });
}
