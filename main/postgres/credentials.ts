import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { adminRole, maintenanceDatabase } from './access-rules.ts';
import type { Binaries } from './binaries.ts';
import { ClusterError } from './cluster-error.ts';
import type { LibraryFiles } from './library-files.ts';
import { runServerCommand } from './server-command.ts';
import type { ServerIdentity } from './server-identity.ts';

/**
 * Only where there is no socket with `peer` authentication, that is on Windows. Kept in a file that the user
 * alone can read, not in the system's keyring: people have lost libraries to a keyring that
 * changed. If the file is lost, new passwords are set; nothing else depends on it.
 */
export interface Passwords {
  readonly admin: string;
  readonly app: string;
}

export async function readPasswords(files: LibraryFiles): Promise<Passwords | undefined> {
  try {
    const stored: unknown = JSON.parse(await readFile(files.credentials, 'utf8'));
    if (isPasswords(stored)) return { admin: stored.admin, app: stored.app };
  } catch {
    // Missing or garbled is the same: they are made anew.
  }
  return undefined;
}

/** Letters, digits, - and _ only: no SASL preparation, no quoting, nothing a shell would touch. */
export function makePasswords(): Passwords {
  return { admin: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') };
}

export async function storePasswords(files: LibraryFiles, passwords: Passwords): Promise<void> {
  await writePrivately(files.credentials, JSON.stringify(passwords));
}

/** initdb reads the administrator's password from a file; an argument would show in the process list. */
export async function withPasswordFile<T>(
  files: LibraryFiles,
  password: string,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = path.join(files.libraryDir, 'password.tmp');
  try {
    await writePrivately(file, `${password}\n`);
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}

/** Sets the administrator's password without knowing the old one, as the owner of the files. No server may run. */
export async function resetAdminPassword(
  binaries: Binaries,
  identity: ServerIdentity,
  dataDir: string,
  password: string,
): Promise<void> {
  const command = [binaries.postgres, '--single', '-D', dataDir, maintenanceDatabase];
  // The standalone backend reads a statement a line. base64url needs no quoting inside quotes.
  const input = `alter role ${adminRole} password '${password}'\n`;
  const { code, output } = await runServerCommand(identity, command, { timeoutMs: 60_000, input });
  if (code !== 0 || /ERROR|FATAL|PANIC/.test(output))
    throw new ClusterError('start_failed', 'the lost password of the database could not be set anew');
}

async function writePrivately(file: string, content: string): Promise<void> {
  const temporary = `${file}.new`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx', 0o600);
  try {
    // Before there is anything in it to read. Elsewhere the mode has done it.
    if (process.platform === 'win32') await keepToUser(temporary);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/** Not yet run on Windows. Inherited rights go, the user's own come. */
async function keepToUser(file: string): Promise<void> {
  const { username } = os.userInfo();
  const domain = process.env['USERDOMAIN'];
  const account = domain ? `${domain}\\${username}` : username;
  await promisify(execFile)('icacls', [file, '/inheritance:r', '/grant:r', `${account}:F`], {
    windowsHide: true,
  });
}

function isPasswords(value: unknown): value is Passwords {
  return (
    typeof value === 'object' &&
    value !== null &&
    'admin' in value &&
    typeof value.admin === 'string' &&
    /^[\w-]{16,}$/.test(value.admin) &&
    'app' in value &&
    typeof value.app === 'string' &&
    /^[\w-]{16,}$/.test(value.app)
  );
}
