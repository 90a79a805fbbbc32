import { createHash } from 'node:crypto';
import type { ClusterOptions } from './cluster.ts';
import { resetAdminPassword, storePasswords } from './credentials.ts';
import { adjudicateLockFile, type Verdict } from './lock-file.ts';
import type { PreparedLibrary } from './prepare-library.ts';
import { giveUpReserve } from './reserve.ts';
import { followedServer, type RunningServer } from './running-server.ts';
import { startServer } from './start-server.ts';

/** A server on the prepared library: the one that runs, if it may be taken over and is as we would start it, else a new one. */
export async function findOrStart(
  library: PreparedLibrary,
  options: ClusterOptions,
  { mayAdopt }: { readonly mayAdopt: boolean },
): Promise<RunningServer> {
  const { files, binaries, identity, systemIdentifier, passwords, tuning } = library;
  const { log, signal } = options;
  const place = { dataDir: files.dataDir, binaries, identity, log };
  const startedWith = fingerprint(library, options.appVersion);
  const adminPassword = passwords?.admin;
  const judge = (adopt: boolean): Promise<Verdict> =>
    adjudicateLockFile({ ...place, systemIdentifier, adminPassword, startedWith, mayAdopt: adopt, signal });

  const verdict = await judge(mayAdopt);
  if (verdict.kind === 'adopt') {
    log.info('Taking over the server of an earlier start', { pid: verdict.pid });
    return followedServer({ ...verdict, lastWords: async () => '' }, place);
  }
  if (passwords && library.passwordsAreNew) {
    log.warn('The stored password of the database was lost; a new one is set');
    await resetAdminPassword(binaries, identity, files.dataDir, passwords.admin);
    await storePasswords(files, passwords);
  }
  return startServer({
    ...place,
    ...tuning,
    files,
    systemIdentifier,
    startedWith,
    adminPassword,
    onStage: (stage) => options.onStage?.(stage),
    freeSpace: () => giveUpReserve(files.reserve),
    judgeAgain: async () => void (await judge(false)),
    signal,
  });
}

/** Same app, same server in the same place: then a running one is as this app would start it. */
function fingerprint({ binaries }: PreparedLibrary, appVersion: string): string {
  const { postgres, pgvector } = binaries.versions;
  return createHash('sha256')
    .update(JSON.stringify([appVersion, binaries.dir, postgres, pgvector]))
    .digest('hex')
    .slice(0, 16);
}
