import { writeAccessRules } from './access-rules.ts';
import type { Binaries } from './binaries.ts';
import type { ClusterOptions, ClusterTuning } from './cluster.ts';
import {
  makePasswords,
  readPasswords,
  storePasswords,
  withPasswordFile,
  type Passwords,
} from './credentials.ts';
import { inspectDataDirectory, keepPrivate } from './data-directory.ts';
import { createDataDirectory, removeLeftovers } from './init.ts';
import type { LibraryFiles } from './library-files.ts';
import { chooseIdentity, giveTreeToServer, type ServerIdentity } from './server-identity.ts';

/** A complete data directory of ours, and all that is needed to start a server on it. */
export interface PreparedLibrary {
  readonly files: LibraryFiles;
  readonly binaries: Binaries;
  readonly identity: ServerIdentity;
  readonly tuning: Required<Omit<ClusterTuning, 'rootStrategy'>>;
  readonly systemIdentifier: string;
  /** Only where the server is reached by the loopback. */
  readonly passwords: Passwords | undefined;
  /** The file with the passwords was lost: the server has to be told the new ones. */
  readonly passwordsAreNew: boolean;
  readonly firstStart: boolean;
}

/** To be called by the owner of the library. Makes the data directory if there is none. */
export async function prepareLibrary(
  files: LibraryFiles,
  binaries: Binaries,
  options: ClusterOptions,
  { rootStrategy, ...given }: ClusterTuning,
): Promise<PreparedLibrary> {
  const onWindows = process.platform === 'win32';
  const tuning = {
    transport: given.transport ?? (onWindows ? 'loopback' : 'socket'),
    launcher: given.launcher ?? (onWindows ? 'pg_ctl' : 'watchdog'),
    throwAway: given.throwAway ?? false,
  } as const;
  const identity = await chooseIdentity(files, rootStrategy);
  await removeLeftovers(files);
  options.signal?.throwIfAborted();

  const found = await inspectDataDirectory(files.dataDir);
  const needsPasswords = tuning.transport === 'loopback';
  const stored = needsPasswords && found !== 'absent' ? await readPasswords(files) : undefined;
  const passwords = needsPasswords ? (stored ?? makePasswords()) : undefined;
  const firstStart = found === 'absent';
  if (firstStart) options.onStage?.('creating');
  const { systemIdentifier } = firstStart
    ? await create(files, binaries, identity, passwords, tuning.throwAway, options.signal)
    : found;
  await keepPrivate(files.dataDir);
  await giveTreeToServer(identity, files.dataDir);
  await writeAccessRules(files.dataDir, identity, tuning.transport);
  const passwordsAreNew = needsPasswords && !stored && !firstStart;
  return { files, binaries, identity, tuning, systemIdentifier, passwords, passwordsAreNew, firstStart };
}

async function create(
  files: LibraryFiles,
  binaries: Binaries,
  identity: ServerIdentity,
  passwords: Passwords | undefined,
  throwAway: boolean,
  signal: AbortSignal | undefined,
) {
  const init = (passwordFile: string | undefined) =>
    createDataDirectory({ files, binaries, identity, passwordFile, throwAway, signal });
  if (!passwords) return init(undefined);
  // Stored first: were we to die in between, the lost-password way would find the new cluster anyway.
  await storePasswords(files, passwords);
  return withPasswordFile(files, passwords.admin, init);
}
