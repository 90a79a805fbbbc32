import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import net from 'node:net';
import { AlreadyOpenError } from './cluster-error.ts';
import { systemCodeOf } from '../errors/system-code.ts';
import type { LibraryFiles } from './library-files.ts';
import { commandPath } from './server-identity.ts';

/**
 * One app to a library, by a lock that the system takes back when its holder dies. Electron's own
 * single-instance lock is one to a profile: two profiles can point at one library.
 *
 * - Linux: the library's folder itself is locked (`flock`). Other containers on the folder see that,
 *   and other users cannot take it. Where the file system has no such locks, the socket is the lock.
 * - macOS: a file in it is opened with O_EXLOCK.
 * - Windows: a named pipe.
 *
 * Beside it there is a socket (Linux: in the abstract namespace, which leaves no file behind; macOS: under
 * a short name; Windows: the pipe). It also takes the knock of a second app, upon which the first comes to the front.
 */
export interface OwnerLock {
  /** From now on a second app waits for us to leave instead of being sent away: we are about to. */
  leaving(): void;
  release(): Promise<void>;
}

export interface OwnerLockOptions {
  /** By its real path: two ways to one folder are one library. */
  readonly files: LibraryFiles;
  readonly onKnock: () => void;
  readonly signal: AbortSignal | undefined;
}

/** How long a second app waits for a first one that is about to leave: as long as a stop may take. */
const leavingTimeoutMs = 25_000;
/** A first app that hangs does not answer; the second must still end. */
const answerTimeoutMs = 2_000;
/** How long one that holds the lock but has no socket may need to die. One in another container never answers. */
const silentHolderTimeoutMs = 5_000;

type Answer = 'shown' | 'leaving' | 'nobody' | 'silent';

export async function takeOwnerLock(options: OwnerLockOptions): Promise<OwnerLock> {
  const deadline = Date.now() + leavingTimeoutMs;
  let nobodySince: number | undefined;
  for (;;) {
    options.signal?.throwIfAborted();
    const lock = await tryToTake(options);
    if (lock) return lock;
    const answer = await knock(socketName(options), options.signal);
    if (answer !== 'nobody') nobodySince = undefined;
    else nobodySince ??= Date.now();
    const isGoing =
      answer === 'leaving' || (nobodySince !== undefined && Date.now() - nobodySince < silentHolderTimeoutMs);
    if (!isGoing || Date.now() > deadline)
      throw new AlreadyOpenError(options.files.libraryDir, answer === 'shown');
    // `nobody`: it released the lock between our two looks, or is just dying and has not let go of it.
    if (answer === 'nobody') await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function socketName({ files }: OwnerLockOptions): string {
  const hash = createHash('sha256').update(files.libraryDir).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\loci-${hash}`;
  // Not yet run on macOS. Short of the limit whatever TMPDIR says; the folder is sticky, the name a hash.
  if (process.platform === 'darwin') return `/tmp/loci-${process.getuid?.() ?? 0}-${hash.slice(0, 16)}.sock`;
  return `\0loci-${hash}`;
}

async function tryToTake(options: OwnerLockOptions): Promise<OwnerLock | undefined> {
  const fileLock = await tryFileLock(options.files);
  if (fileLock === undefined) return undefined;
  // Under the file's lock nobody else can be listening: what is there is a leftover.
  if (process.platform === 'darwin') await rm(socketName(options), { force: true }).catch(() => undefined);

  let isLeaving = false;
  const waiting = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    if (isLeaving) {
      // Kept open until we are gone: its end is the sign.
      socket.write('leaving\n');
      return;
    }
    socket.end('shown\n');
    options.onKnock();
  });
  const listening = await listen(server, socketName(options));
  // With the file's lock the library is ours even if a stranger sits on the socket; only knocks are lost.
  if (!listening && fileLock === 'none to be had') return undefined;
  // The lock alone must not keep a process alive that has nothing else to do.
  server.unref();
  return {
    leaving() {
      isLeaving = true;
    },
    async release() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of waiting) socket.destroy();
      await closed;
      if (fileLock !== 'none to be had') await fileLock.close();
    },
  };
}

/** The lock holds as long as the file is open. Undefined when somebody else has it. */
async function tryFileLock(files: LibraryFiles): Promise<FileHandle | 'none to be had' | undefined> {
  if (process.platform === 'darwin') return lockFile(files.ownerLock);
  return process.platform === 'linux' ? lockFolder(files.libraryDir) : 'none to be had';
}

const conflictCode = 75;
/** For what it finds open as number 3. */
const lockCommand = [
  'flock',
  '--exclusive',
  '--nonblock',
  '--conflict-exit-code',
  `${conflictCode}`,
  '3',
] as const;

/**
 * Node cannot lock, but the system's command locks for us: a lock belongs to what was opened, which the command
 * inherits and leaves to us when it ends. No other process does: Node closes its files in them.
 */
async function lockFolder(dir: string): Promise<FileHandle | 'none to be had' | undefined> {
  const folder = await open(dir, 'r');
  const code = await new Promise<number | null>((resolve) => {
    const [file, ...args] = lockCommand;
    const child = spawn(file, args, {
      env: { PATH: commandPath },
      stdio: ['ignore', 'ignore', 'ignore', folder.fd],
    });
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  if (code === 0) return folder;
  await folder.close();
  // Anything else than a conflict: no such command, or a file system without locks.
  return code === conflictCode ? undefined : 'none to be had';
}

/** Not yet run on macOS. The number is O_EXLOCK there; Node has no name for it. Node closes the file in children. */
async function lockFile(file: string): Promise<FileHandle | undefined> {
  const exclusiveLock = 0x20;
  try {
    return await open(
      file,
      constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock,
      0o600,
    );
  } catch (error) {
    if (systemCodeOf(error) === 'EAGAIN' || systemCodeOf(error) === 'EWOULDBLOCK') return undefined;
    throw error;
  }
}

function listen(server: net.Server, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (systemCodeOf(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ path: name }, () => resolve(true));
  });
}

/** Asks the holder to show itself. If it is leaving, this ends when it has left. */
function knock(name: string, signal: AbortSignal | undefined): Promise<Answer> {
  return new Promise((resolve) => {
    let answer: Answer = 'nobody';
    const socket = net.connect({ path: name, ...(signal ? { signal } : {}) });
    const timer = setTimeout(() => {
      answer = 'silent';
      socket.destroy();
    }, answerTimeoutMs);
    socket.setEncoding('utf8');
    socket.once('data', (text) => {
      clearTimeout(timer);
      answer = String(text).startsWith('leaving') ? 'leaving' : 'shown';
      if (answer === 'leaving') socket.setTimeout(leavingTimeoutMs, () => socket.destroy());
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
