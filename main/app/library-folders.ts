import path from 'node:path';
import type { Folders, Meanings } from './services.ts';

/** The folders of what belongs to a library and is not in its database. */
export type LibraryFolders = Folders & Pick<Meanings, 'modelsDir'>;

const names = {
  /** What is being written and not saved yet. */
  draftsDir: 'drafts',
  /** Copies of adapters, and `config.json` of models that people put there to have them recognised. */
  adaptersDir: 'adapters',
  baseModelsDir: 'base-models',
  /** Copies of other models that a person chose. */
  modelsDir: 'models',
} as const satisfies Record<keyof LibraryFolders, string>;

/** Where a library is made: beside its other folders. One that was moved has them inside, and is moved with them. */
export const firstLibraryDir = (dataDir: string): string => path.join(dataDir, 'library');

export function foldersOf(dataDir: string, libraryDir: string): LibraryFolders {
  const home = libraryDir === firstLibraryDir(dataDir) ? dataDir : libraryDir;
  return {
    draftsDir: path.join(home, names.draftsDir),
    adaptersDir: path.join(home, names.adaptersDir),
    baseModelsDir: path.join(home, names.baseModelsDir),
    modelsDir: path.join(home, names.modelsDir),
  };
}

/** Those that lie beside the library, by their names in it once it has been moved. */
export function foldersBeside(dataDir: string, libraryDir: string): ReadonlyMap<string, string> {
  if (libraryDir !== firstLibraryDir(dataDir)) return new Map();
  return new Map(Object.values(names).map((name) => [name, path.join(dataDir, name)]));
}
