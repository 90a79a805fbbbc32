import { mostAtOnceBytes, type ByteSource } from './byte-source.ts';
import { JsonScanner, type JsonListener, type JsonScalar } from './json-scanner.ts';
import { AdapterRefusal, quoted, sizeInWords } from './refusal.ts';
import {
  checkPlaces,
  elementsOf,
  isDimension,
  longestTensorName,
  mostTensors,
  type Tensor,
  type TensorFile,
} from './tensor-table.ts';

/** The format allows three times as much; a hundred thousand tensors need half of this. */
const mostHeaderBytes = 32_000_000;
const mostMetadata = { keys: 2000, valueBytes: 65_536, bytes: 1_000_000 };
const mostDimensions = 8;
const bitsOf: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  U16: 16,
  I16: 16,
  U32: 32,
  I32: 32,
  U64: 64,
  I64: 64,
  F16: 16,
  BF16: 16,
  F32: 32,
  F64: 64,
  C64: 64,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F4: 4,
};

/** Whether a file that begins so is meant to be one. */
export function looksLikeSafetensors(head: Buffer): boolean {
  return head[8] === 0x7b && /^[\s"}]/.test(head.toString('latin1', 9, 10));
}

export async function readSafetensors(source: ByteSource): Promise<TensorFile> {
  const { sizeBytes, storedBytes, modifiedMs, head: first } = source;
  const headerBytes = first.length < 8 ? Infinity : Number(first.readBigUInt64LE(0));
  if (headerBytes > sizeBytes - 8)
    throw new AdapterRefusal(
      'header-beyond-file',
      headerBytes > Number.MAX_SAFE_INTEGER
        ? 'Its header would be longer than the file.'
        : `Its header would have ${sizeInWords(headerBytes)}, more than the file.`,
    );
  if (headerBytes > mostHeaderBytes)
    throw new AdapterRefusal(
      'header-too-large',
      `Its header has ${sizeInWords(headerBytes)}, more than any real one.`,
    );
  const from = 8 + headerBytes;
  const listener = new HeaderListener(from);
  const scanner = new JsonScanner(listener, {
    depth: 3,
    values: mostTensors * 10,
    keyBytes: longestTensorName,
    stringBytes: mostMetadata.valueBytes,
  });
  scanner.feed(first.subarray(8, from));
  for (let at = first.length; at < from; at += mostAtOnceBytes)
    scanner.feed(await source.read(at, Math.min(mostAtOnceBytes, from - at)));
  scanner.finish();
  const { tensors, metadata } = listener;
  checkPlaces(tensors, { from, sizeBytes, alignment: 1 });
  return { format: 'safetensors', tensors, metadata, sizeBytes, storedBytes, modifiedMs };
}

/** `{"name": {"dtype": …, "shape": […], "data_offsets": […]}, "__metadata__": {…}}`, and nothing else. */
class HeaderListener implements JsonListener {
  readonly tensors: Tensor[] = [];
  readonly metadata = new Map<string, string>();
  readonly #from: number;
  #metadataBytes = 0;
  #depth = 0;
  #name = '';
  #key = '';
  #dtype: string | undefined;
  #shape: number[] | undefined;
  #offsets: number[] | undefined;

  constructor(from: number) {
    this.#from = from;
  }

  begin(kind: 'object' | 'array'): void {
    this.#depth++;
    const isArray = kind === 'array';
    if (this.#depth === 3 && isArray && this.#name !== '__metadata__') {
      if (this.#key === 'shape') this.#shape = [];
      else if (this.#key === 'data_offsets') this.#offsets = [];
      else throw this.#odd();
    } else if (this.#depth > 2 || isArray) throw this.#odd();
  }

  end(): void {
    if (this.#depth === 2 && this.#name !== '__metadata__') this.#addTensor();
    this.#depth--;
  }

  key(name: string): void {
    if (this.#depth === 1) this.#name = name;
    else this.#key = name;
  }

  value(value: JsonScalar): void {
    if (this.#depth === 3 && isDimension(value)) {
      const into = this.#key === 'shape' ? this.#shape : this.#offsets;
      if (!into || into.push(value) > mostDimensions) throw this.#odd();
    } else if (this.#depth === 2 && this.#name === '__metadata__') this.#addMetadata(value);
    else if (this.#depth === 2 && this.#key === 'dtype' && typeof value === 'string') this.#dtype = value;
    else throw this.#odd();
  }

  #addMetadata(value: JsonScalar): void {
    // Undefined is a text that is too long to be kept, which is not against the format.
    if (value !== undefined && typeof value !== 'string') throw this.#odd();
    if (value === undefined || this.metadata.size >= mostMetadata.keys) return;
    this.#metadataBytes += this.#key.length + value.length;
    if (this.#metadataBytes <= mostMetadata.bytes) this.metadata.set(this.#key, value);
  }

  #addTensor(): void {
    const name = this.#name;
    const dtype = this.#dtype;
    const shape = this.#shape;
    const [begin, end, ...more] = this.#offsets ?? [];
    if (dtype === undefined || !shape || begin === undefined || end === undefined || more.length > 0)
      throw this.#odd();
    const bits = Object.hasOwn(bitsOf, dtype) ? bitsOf[dtype] : undefined;
    if (bits === undefined)
      throw new AdapterRefusal('malformed', `${quoted(name)} is of a type that Loci does not know.`);
    if (this.tensors.length >= mostTensors)
      throw new AdapterRefusal('too-large', `It has more than ${mostTensors} tensors.`);
    const tensor = { name, dtype, shape, begin: this.#from + begin, end: this.#from + end };
    if (end < begin || elementsOf(tensor) * bits !== (end - begin) * 8)
      throw new AdapterRefusal('wrong-size', `${quoted(name)} has not as many bytes as its shape needs.`);
    this.tensors.push(tensor);
    this.#dtype = this.#shape = this.#offsets = undefined;
  }

  #odd(): AdapterRefusal {
    return new AdapterRefusal(
      'malformed',
      `Its description of ${quoted(this.#name)} is not as it should be.`,
    );
  }
}
