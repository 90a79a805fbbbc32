import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { syncDirectory } from './sync-directory.ts';
import { giveToServer, type ServerIdentity } from './server-identity.ts';
import type { Listening } from './server-settings.ts';

/** May do all; used by the supervisor for roles, extensions and questions. */
export const adminRole = 'loci_admin';
/** Owns the app's database and nothing else. All queries of the app run as this role. */
export const appRole = 'loci';
export const appDatabase = 'loci';
/** Made by initdb. Questions go there: one to template1 would hold up whoever copies it. */
export const maintenanceDatabase = 'postgres';

const mapName = 'loci';

/**
 * Who may connect. Written at each start: the library may have come from another machine, its owner
 * may be called otherwise by now, and a lost file must not lock anybody out.
 *
 * `peer` asks the system who is at the other end of the socket. Unlike `trust` it holds even if
 * somebody opens the folder of the socket to others, and there is no password to store or to lose.
 */
export async function writeAccessRules(
  dataDir: string,
  identity: ServerIdentity,
  by: Listening['by'],
): Promise<void> {
  const hba = [adminRole, appRole].map((role) =>
    by === 'socket' ? `local all ${role} peer map=${mapName}` : `host all ${role} 127.0.0.1/32 scram-sha-256`,
  );
  const ident =
    by === 'socket'
      ? [adminRole, appRole].map((role) => `${mapName} ${quoteName(identity.peerName)} ${role}`)
      : [];
  const contents = {
    'pg_hba.conf': hba,
    'pg_ident.conf': ident,
    'postgresql.conf': ['# Loci gives every setting on the command line, at each start.'],
  };
  for (const [name, lines] of Object.entries(contents)) {
    await writeIfOther(path.join(dataDir, name), `${lines.join('\n')}\n`, identity);
  }
}

const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function writeIfOther(file: string, content: string, identity: ServerIdentity): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => undefined)) === content) return;
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await giveToServer(identity, temporary);
  await rename(temporary, file);
  await syncDirectory(path.dirname(file));
}
