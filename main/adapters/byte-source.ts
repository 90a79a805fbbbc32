import { textsNow } from '../../shared/texts/index.ts';
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
  /** Its beginning, read already; only until the work with it is done. */
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
  const room = spare.pop() ?? Buffer.allocUnsafeSlow(headBytes);
  try {
    return await work(await toSource(descriptor, room));
  } finally {
    if (spare.length < mostSpare) spare.push(room);
    await close(descriptor);
  }
}

/** Beginnings of files are read into the same few places over and over: thousands a second would be left to collect. */
const spare: Buffer[] = [];
const mostSpare = 16;

async function toSource(descriptor: number, room: Buffer): Promise<ByteSource> {
  const found = await stat(descriptor);
  if (!found.isFile())
    throw new AdapterRefusal('special-file', () => textsNow().adapters.refused.notOrdinary);
  if (found.size === 0) throw new AdapterRefusal('empty', () => textsNow().adapters.refused.emptyFile);
  if (found.size > mostBytes)
    throw new AdapterRefusal('too-large', () =>
      textsNow().adapters.refused.largeFile(sizeInWords(found.size)),
    );
  const read = async (offset: number, length: number, into?: Buffer) => {
    if (length > mostAtOnceBytes) throw new Error('Too much is read at once');
    const buffer = into?.subarray(0, length) ?? Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await readInto(descriptor, buffer, done, length - done, offset + done);
      if (bytesRead === 0)
        throw new AdapterRefusal('truncated', () => textsNow().adapters.refused.endsEarlier);
      done += bytesRead;
    }
    return buffer;
  };
  return {
    sizeBytes: found.size,
    storedBytes: found.blocks > 0 ? found.blocks * 512 : undefined,
    modifiedMs: found.mtimeMs,
    head: await read(0, Math.min(headBytes, found.size), room),
    read: (offset, length) => read(offset, length),
  };
}
