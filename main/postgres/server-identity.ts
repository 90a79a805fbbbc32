import { textsNow } from '../../shared/texts/index.ts';
import { execFile } from 'node:child_process';
import { chown, readdir, readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ClusterError } from './cluster-error.ts';

/** As which system user the server runs, and by which name it knows us when we connect. */
export interface ServerIdentity {
  /** Put before every server command; empty when the server runs as we do. */
  readonly prefix: readonly string[];
  /** The system user that `peer` authentication sees behind our connections. */
  readonly peerName: string;
  /** Who must own the server's files, when that is not ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

/** How the server gets a user of its own when we are root; the tests force either. */
export type RootStrategy = 'user-namespace' | 'capability';

/**
 * Postgres refuses to run as root, and asks the system for the name of the user it runs as. When we
 * are root (a container, a CI machine) or a user without a name, there are two ways:
 *
 * 1. A user namespace in which our uid bears another number. Outside of it nothing changes: the
 *    files stay ours, and a library below /root, where no other user may look, works. Connections
 *    from processes without a mapping show as the overflow user, so that number is never chosen.
 * 2. Where user namespaces are forbidden (most containers): another uid, with CAP_DAC_OVERRIDE and
 *    nothing else, so that it too gets through folders that only root may enter. Its files are given to it.
 *
 * A library that belongs to another user is served as that user (way 2), so that `sudo` once does
 * not leave them locked out of their own files.
 */
export async function chooseIdentity(
  places: { libraryDir: string; dataDir: string },
  force?: RootStrategy,
): Promise<ServerIdentity> {
  if (process.platform === 'win32') return { prefix: [], peerName: '', owner: undefined };
  const uid = process.getuid?.() ?? -1;
  const name = ownName();
  if (uid !== 0 && name !== undefined) return { prefix: [], peerName: name, owner: undefined };

  const holder = await stat(places.dataDir).catch(() => stat(places.libraryDir));
  if (uid === 0 && holder.uid !== 0) return byCapability({ uid: holder.uid, gid: holder.gid });
  const mapped = force === 'capability' ? undefined : await byNamespace();
  if (mapped) return mapped;
  if (uid === 0 && force !== 'user-namespace') return byCapability(await nobody());
  throw new ClusterError(
    'permission',
    uid === 0 ? 'the server may not run as root' : `user ${uid} has no name on this system`,
    { advice: textsNow().problems.ordinaryUser },
  );
}

/** Gives one path to the user the server runs as. */
export async function giveToServer(identity: ServerIdentity, place: string): Promise<void> {
  if (identity.owner) await chown(place, identity.owner.uid, identity.owner.gid);
}

/** The same for a folder and all in it, when an earlier start ran the server as someone else. */
export async function giveTreeToServer(identity: ServerIdentity, dir: string): Promise<void> {
  if (!identity.owner || (await stat(dir)).uid === identity.owner.uid) return;
  for (const entry of await readdir(dir, { recursive: true }))
    await giveToServer(identity, path.join(dir, entry));
  // Last: it is what the check above looks at, should this be interrupted.
  await giveToServer(identity, dir);
}

function ownName(): string | undefined {
  try {
    return os.userInfo().username;
  } catch {
    // A uid without an entry in the user database, as containers have them.
    return undefined;
  }
}

async function byNamespace(): Promise<ServerIdentity | undefined> {
  if (process.platform !== 'linux') return undefined;
  const overflow = Number(await readFile('/proc/sys/kernel/overflowuid', 'utf8').catch(() => '65534'));
  const other = (await systemUsers()).find(({ uid }) => uid !== 0 && uid !== overflow);
  if (!other) return undefined;
  const prefix = ['unshare', '--user', `--map-user=${other.uid}`, '--'];
  // Asked rather than assumed: the kernel, the container or an old `unshare` may refuse.
  const peerName = await whoAmI(prefix);
  return peerName ? { prefix, peerName, owner: undefined } : undefined;
}

async function byCapability(owner: { uid: number; gid: number }): Promise<ServerIdentity> {
  const prefix = [
    'setpriv',
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    ...['inh-caps', 'ambient-caps', 'bounding-set'].map((set) => `--${set}=-all,+dac_override`),
    // Without it access(2), by which the server looks for its own files, forgets the capability.
    '--securebits=+no_setuid_fixup',
    '--no-new-privs',
    '--',
  ];
  if (process.platform !== 'linux' || !(await whoAmI(prefix))) {
    throw new ClusterError('permission', `the server cannot be started as user ${owner.uid}`, {
      advice: textsNow().problems.ordinaryUser,
    });
  }
  return { prefix, peerName: ownName() ?? 'root', owner };
}

/** The user that libraries of root are given to; every Linux has it. */
async function nobody(): Promise<{ uid: number; gid: number }> {
  const users = await systemUsers();
  const found = users.find(({ name }) => name === 'nobody') ?? users.find(({ uid }) => uid !== 0);
  return found ?? { uid: 65_534, gid: 65_534 };
}

async function systemUsers(): Promise<{ name: string; uid: number; gid: number }[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  return lines
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && Number.isInteger(uid) && Number.isInteger(gid));
}

function whoAmI(prefix: readonly string[]): Promise<string | undefined> {
  const [file, ...args] = [...prefix, 'id', '-un'];
  return new Promise((resolve) => {
    execFile(file, args, { env: { PATH: commandPath, LC_ALL: 'C' } }, (error, stdout) =>
      resolve(error ? undefined : stdout.trim() || undefined),
    );
  });
}

/** Where the system keeps its own commands, whatever the person's PATH says. */
export const commandPath = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';
