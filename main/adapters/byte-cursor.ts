import { textsNow } from '../../shared/texts/index.ts';
import type { ByteSource } from './byte-source.ts';
import { AdapterRefusal } from './refusal.ts';

const windowBytes = 256 * 1024;
/** The words of the largest tokenizers have a few MB; more is read only of what was made to keep one busy. */
const mostReadBytes = 64_000_000;

/** Reads numbers and names one after the other; what is passed over is not read at all. */
export class ByteCursor {
  readonly #source: ByteSource;
  #window: Buffer;
  #windowAt = 0;
  #readBytes = 0;
  at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#window = source.head;
  }

  /** To be awaited before as many bytes are taken; most of the time they are there. */
  async need(bytes: number): Promise<void> {
    if (this.#has(bytes)) return;
    const left = this.#source.sizeBytes - this.at;
    if (bytes > left) throw brokenOff();
    const size = Math.min(Math.max(windowBytes, bytes), left);
    this.#readBytes += size;
    if (this.#readBytes > mostReadBytes)
      throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.largeDescription);
    this.#window = await this.#source.read(this.at, size);
    this.#windowAt = this.at;
  }

  #has(bytes: number): boolean {
    return this.at >= this.#windowAt && this.at + bytes <= this.#windowAt + this.#window.length;
  }

  skip(bytes: number): void {
    if (!Number.isSafeInteger(bytes) || bytes > this.#source.sizeBytes - this.at) throw brokenOff();
    this.at += bytes;
  }

  take(bytes: number): Buffer {
    const from = this.at - this.#windowAt;
    this.at += bytes;
    return this.#window.subarray(from, from + bytes);
  }

  takeUInt32(): number {
    return this.take(4).readUInt32LE(0);
  }

  /** More than can be counted with is more than any file has. */
  takeUInt64(): number {
    return Number(this.take(8).readBigUInt64LE(0));
  }
}

function brokenOff(): AdapterRefusal {
  return new AdapterRefusal('truncated', () => textsNow().adapters.refused.brokenOff);
}
