import type { ByteSource } from './byte-source.ts';
import { AdapterRefusal } from './refusal.ts';

const windowBytes = 256 * 1024;

/** Reads numbers and names one after the other; what is passed over is not read at all. */
export class ByteCursor {
  readonly #source: ByteSource;
  #window: Buffer;
  #windowAt = 0;
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
    this.#window = await this.#source.read(this.at, Math.min(Math.max(windowBytes, bytes), left));
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
  return new AdapterRefusal('truncated', 'The file breaks off within its description.');
}
