import { textsNow } from '../../shared/texts/index.ts';
import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ClusterError } from './cluster-error.ts';
import { systemCodeOf } from '../errors/system-code.ts';
import { giveToServer, type ServerIdentity } from './server-identity.ts';

/** The kernels' limits for the path of a socket, without the final zero. */
const longestSocketPathBytes = process.platform === 'linux' ? 107 : 103;

/** The number in the name of the socket; nothing else lives in the folder, so it never has to change. */
export const socketPort = 5432;

export const socketFile = (dir: string) => path.join(dir, `.s.PGSQL.${socketPort}`);

/**
 * A short private folder for the server's socket. The library's own folder will not do: its path may be
 * far longer than a socket's may. Named after the library, so that two libraries never meet.
 *
 * A folder of that name that is not ours alone, or in which a stranger already answers, is left
 * to itself; a fresh one with a random name serves as well, because clients are told where it is.
 */
export async function prepareSocketDir(libraryDir: string, identity: ServerIdentity): Promise<string> {
  const hash = createHash('sha256').update(libraryDir).digest('hex').slice(0, 8);
  const server = identity.owner?.uid ?? process.getuid?.();
  for (const parent of candidateParents()) {
    if (!fits(path.join(parent, `loci-${hash}-XXXXXX`)) || !(await isDirectory(parent))) continue;
    const usual = path.join(parent, `loci-${hash}`);
    try {
      if (await makePrivate(usual, server)) {
        await giveToServer(identity, usual);
        if (await clearStaleSockets(usual)) return usual;
      }
      const fresh = await mkdtemp(`${usual}-`);
      await giveToServer(identity, fresh);
      return fresh;
    } catch (error) {
      // Not writable for us: the next one. Full, or broken: the person must know.
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(systemCodeOf(error) ?? '')) throw error;
    }
  }
  throw new ClusterError('permission', `no folder for the socket: tried ${candidateParents().join(', ')}`, {
    advice: textsNow().problems.temporaryFolder,
  });
}

/** Only what we made: the folder goes if nothing else is in it. */
export async function removeSocketDir(dir: string): Promise<void> {
  if (await clearStaleSockets(dir)) await rm(dir, { recursive: true, force: true });
}

/** True if the folder is a real one, of the given user, closed to all others. */
export async function isPrivateDirectory(
  dir: string,
  uids: readonly (number | undefined)[],
): Promise<boolean> {
  const stats = await lstat(dir).catch(() => undefined);
  return stats !== undefined && stats.isDirectory() && uids.includes(stats.uid) && (stats.mode & 0o077) === 0;
}

function candidateParents(): string[] {
  const runtime = process.platform === 'linux' ? process.env['XDG_RUNTIME_DIR'] : undefined;
  // TMPDIR may be relative or very long; /tmp is the last one.
  return [runtime ?? '', os.tmpdir(), '/tmp'].filter((dir) => path.isAbsolute(dir));
}

const fits = (dir: string) => Buffer.byteLength(socketFile(dir)) <= longestSocketPathBytes;

async function isDirectory(dir: string): Promise<boolean> {
  return lstat(path.join(dir, '.')).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function makePrivate(dir: string, server: number | undefined): Promise<boolean> {
  try {
    // The mask of the process only takes away: 0700 stays 0700 or becomes unusable, never wider.
    await mkdir(dir, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  }
  return isPrivateDirectory(dir, [process.getuid?.(), server]);
}

/**
 * Removes what a killed server left, whose lock file would keep the next one from starting. The caller owns the
 * library and knows that no server of it runs; false if something else answers there.
 */
async function clearStaleSockets(dir: string): Promise<boolean> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names.filter((each) => /^\.s\.PGSQL\.\d+$/.test(each))) {
    if (await answers(path.join(dir, name))) return false;
  }
  for (const name of names.filter((each) => each.startsWith('.s.PGSQL.')))
    await rm(path.join(dir, name), { force: true });
  return true;
}

function answers(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(file);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
