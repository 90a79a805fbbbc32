import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import net from 'node:net';
import { AlreadyOpenError, systemCodeOf } from './cluster-error.ts';
import type { LibraryFiles } from './library-files.ts';

/**
 * One app to a library, by a lock that the system takes back when its holder dies. Electron's own
 * single-instance lock is one to a profile: two profiles can point at one library.
 *
 * - Linux: a socket in the abstract namespace, which has no file that could stay behind.
 * - Windows: a named pipe, which is of the same kind.
 * - macOS has neither; there a file is opened with O_EXLOCK, and the socket lies beside it under
 *   a short name.
 *
 * The socket also takes the knock of a second app, upon which the first comes to the front.
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

type Answer = 'shown' | 'leaving' | 'nobody' | 'silent';

export async function takeOwnerLock(options: OwnerLockOptions): Promise<OwnerLock> {
  const deadline = Date.now() + leavingTimeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const lock = await tryToTake(options);
    if (lock) return lock;
    const answer = await knock(socketName(options));
    const isGoing = answer === 'leaving' || answer === 'nobody';
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
  const fileLock = process.platform === 'darwin' ? await lockFile(options.files.ownerLock) : 'not needed';
  if (fileLock === undefined) return undefined;
  // Under the file's lock nobody else can be listening: what is there is a leftover.
  if (fileLock !== 'not needed') await rm(socketName(options), { force: true }).catch(() => undefined);

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
  if (!listening && fileLock === 'not needed') return undefined;
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
      if (fileLock !== 'not needed') await fileLock.close();
    },
  };
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
function knock(name: string): Promise<Answer> {
  return new Promise((resolve) => {
    let answer: Answer = 'nobody';
    const socket = net.connect({ path: name });
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
