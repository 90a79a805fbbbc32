import { close as closeFile, constants, fstat, open as openFile, read as readFile } from 'node:fs';
import { promisify } from 'node:util';
import { AdapterRefusal, sizeInWords } from './refusal.ts';

/** No read takes more memory than this, whatever a file claims. */
export const mostAtOnceBytes = 1 << 20;
/** Enough for the header of most adapters in one read. */
export const headBytes = 96 * 1024;
/** The largest adapters there are have a few GB. */
const mostBytes = 64e9;

/** A file that is read in bounded pieces. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** What of it lies on the disk: less, if parts were never written. Undefined where the system does not say. */
  readonly storedBytes: number | undefined;
  readonly modifiedMs: number;
  /** Its beginning, read already. */
  readonly head: Buffer;
  /** Exactly these bytes; refuses a file that has become shorter. */
  read(offset: number, length: number): Promise<Buffer>;
}

// A pipe or a terminal must not hold anything up. Windows knows neither flag.
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

// By number: a handle that is an object costs as much as all the reading of a small adapter.
const open: (file: string, flags: number) => Promise<number> = promisify(openFile);
const close = promisify(closeFile);
const stat = promisify(fstat);
const readInto = promisify(readFile);

export async function withSource<T>(file: string, work: (source: ByteSource) => Promise<T>): Promise<T> {
  const descriptor = await open(file, openFlags);
  try {
    return await work(await toSource(descriptor));
  } finally {
    await close(descriptor);
  }
}

async function toSource(descriptor: number): Promise<ByteSource> {
  const found = await stat(descriptor);
  if (!found.isFile()) throw new AdapterRefusal('special-file', 'This is not an ordinary file.');
  if (found.size === 0) throw new AdapterRefusal('empty', 'The file is empty.');
  if (found.size > mostBytes)
    throw new AdapterRefusal(
      'too-large',
      `The file says that it has ${sizeInWords(found.size)}, more than any adapter.`,
    );
  const read = async (offset: number, length: number) => {
    if (length > mostAtOnceBytes) throw new Error('Too much is read at once');
    const buffer = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await readInto(descriptor, buffer, done, length - done, offset + done);
      if (bytesRead === 0)
        throw new AdapterRefusal('truncated', 'The file ends earlier than it did a moment ago.');
      done += bytesRead;
    }
    return buffer;
  };
  return {
    sizeBytes: found.size,
    storedBytes: found.blocks > 0 ? found.blocks * 512 : undefined,
    modifiedMs: found.mtimeMs,
    head: await read(0, Math.min(headBytes, found.size)),
    read,
  };
}
