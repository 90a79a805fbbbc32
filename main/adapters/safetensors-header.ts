import { textsNow } from '../../shared/texts/index.ts';
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
    throw new AdapterRefusal('header-beyond-file', () =>
      headerBytes > Number.MAX_SAFE_INTEGER
        ? textsNow().adapters.refused.headerTooLong
        : textsNow().adapters.refused.headerBeyond(sizeInWords(headerBytes)),
    );
  if (headerBytes > mostHeaderBytes)
    throw new AdapterRefusal('header-too-large', () =>
      textsNow().adapters.refused.largeHeader(sizeInWords(headerBytes)),
    );
  const from = 8 + headerBytes;
  const { tensors, metadata } = await readHeader(source, from);
  checkPlaces(tensors, { from, sizeBytes, alignment: 1 });
  return { format: 'safetensors', tensors, metadata, sizeBytes, storedBytes, modifiedMs };
}

type Header = Pick<TensorFile, 'tensors' | 'metadata'>;

async function readHeader(source: ByteSource, from: number): Promise<Header> {
  const { head } = source;
  let begin = head.subarray(8, from);
  if (from > head.length && from - 8 <= mostAtOnceBytes) begin = await source.read(8, from - 8);
  const isWhole = begin.length === from - 8;
  const plain = isWhole ? readPlainHeader(begin, from) : undefined;
  if (plain) return plain;
  const listener = new HeaderListener(from);
  const scanner = new JsonScanner(listener, {
    depth: 3,
    values: mostTensors * 10,
    keyBytes: longestTensorName,
    stringBytes: mostMetadata.valueBytes,
  });
  scanner.feed(begin);
  for (let at = 8 + begin.length; at < from; at += mostAtOnceBytes)
    scanner.feed(await source.read(at, Math.min(mostAtOnceBytes, from - at)));
  scanner.finish();
  return listener;
}

const plainMetadata =
  /"__metadata__":\{("[ !#-[\]-~]{0,512}":"[ !#-[\]-~]{0,2000}"(?:,"[ !#-[\]-~]{0,512}":"[ !#-[\]-~]{0,2000}")*)\},/y;
const plainPair = /"([^"]*)":"([^"]*)"/g;
/** Anything but the visible signs of ASCII, or that has to be read otherwise than it stands there. */
const notPlain = /[^ -[\]-~]/;

/**
 * A header just as the library of the format writes it, which most are: many times as fast as letter by letter.
 * Undefined for every other, however little it differs; that one is read, or refused, the other way.
 */
function readPlainHeader(bytes: Buffer, from: number): Header | undefined {
  const text = bytes.toString('latin1');
  if (!text.startsWith('{') || notPlain.test(text)) return undefined;
  let at = 1;
  const metadata = new Map<string, string>();
  plainMetadata.lastIndex = at;
  const described = plainMetadata.exec(text);
  if (described) {
    at = plainMetadata.lastIndex;
    let pairs = 0;
    for (const [, key = '', value = ''] of described[1]?.matchAll(plainPair) ?? []) {
      pairs++;
      metadata.set(key, value);
    }
    if (metadata.size !== pairs || pairs > mostMetadata.keys) return undefined;
  }
  const list = new TensorList(from);
  const names = new Set<string>();
  const reader = new PlainReader(text, at);
  for (;;) {
    const name = reader.takeText('"');
    const dtype = reader.takeText('":{"dtype":"');
    const shape = reader.takeNumbers('","shape":[');
    const [begin, end, ...more] = reader.takeNumbers('],"data_offsets":[') ?? [];
    if (!name || dtype === undefined || !shape || begin === undefined || end === undefined) return undefined;
    const isTwice = names.size === names.add(name).size;
    if (isTwice || name === '__metadata__' || name.length > longestTensorName) return undefined;
    if (shape.length > mostDimensions || more.length > 0 || !Object.hasOwn(bitsOf, dtype)) return undefined;
    list.add(name, dtype, shape, begin, end);
    if (reader.skip(']},')) continue;
    return reader.skip(']}}') && reader.isOver() ? { tensors: list.tensors, metadata } : undefined;
  }
}

/** What stands in a text without any escapes, one after the other. */
class PlainReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  skip(mark: string): boolean {
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  /** Behind the mark, up to the next quote. */
  takeText(mark: string): string | undefined {
    if (!this.skip(mark)) return undefined;
    const end = this.#text.indexOf('"', this.#at);
    if (end < 0) return undefined;
    const taken = this.#text.slice(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Behind the mark, whole numbers with commas between them, as they are written shortest. */
  takeNumbers(mark: string): number[] | undefined {
    if (!this.skip(mark)) return undefined;
    const text = this.#text;
    const numbers: number[] = [];
    let at = this.#at;
    for (let isFirst = true; ; isFirst = false) {
      const first = at;
      let value = 0;
      for (
        let digit = text.charCodeAt(at) - 0x30;
        digit >= 0 && digit <= 9;
        digit = text.charCodeAt(at) - 0x30
      ) {
        value = value * 10 + digit;
        at++;
      }
      const length = at - first;
      if (length === 0 && isFirst) break;
      if (length === 0 || length > 15 || (length > 1 && text.charCodeAt(first) === 0x30)) return undefined;
      if (numbers.push(value) > mostDimensions) return undefined;
      if (text.charCodeAt(at) !== 0x2c) break;
      at++;
    }
    this.#at = at;
    return numbers;
  }

  /** Nothing follows but what fills it up. */
  isOver(): boolean {
    for (let at = this.#at; at < this.#text.length; at++)
      if (this.#text.charCodeAt(at) !== 0x20) return false;
    return true;
  }
}

/** The tensors of a file, each checked by itself. */
class TensorList {
  readonly tensors: Tensor[] = [];
  readonly #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  add(name: string, dtype: string, shape: readonly number[], begin: number, end: number): void {
    const bits = Object.hasOwn(bitsOf, dtype) ? bitsOf[dtype] : undefined;
    if (bits === undefined)
      throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.unknownType(quoted(name)));
    if (this.tensors.length >= mostTensors)
      throw new AdapterRefusal('too-large', () =>
        textsNow().adapters.refused.tooManyTensors(String(mostTensors)),
      );
    const tensor = { name, dtype, shape, begin: this.#from + begin, end: this.#from + end };
    if (end < begin || elementsOf(tensor) * bits !== (end - begin) * 8)
      throw new AdapterRefusal('wrong-size', () => textsNow().adapters.refused.wrongBytes(quoted(name)));
    this.tensors.push(tensor);
  }
}

/** `{"name": {"dtype": …, "shape": […], "data_offsets": […]}, "__metadata__": {…}}`, and nothing else. */
class HeaderListener implements JsonListener {
  readonly metadata = new Map<string, string>();
  readonly #list: TensorList;
  #metadataBytes = 0;
  #depth = 0;
  #name = '';
  #key = '';
  #dtype: string | undefined;
  #shape: number[] | undefined;
  #offsets: number[] | undefined;

  constructor(from: number) {
    this.#list = new TensorList(from);
  }

  get tensors(): readonly Tensor[] {
    return this.#list.tensors;
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
    this.#list.add(name, dtype, shape, begin, end);
    this.#dtype = this.#shape = this.#offsets = undefined;
  }

  #odd(): AdapterRefusal {
    return new AdapterRefusal('malformed', () =>
      textsNow().adapters.refused.oddDescription(quoted(this.#name)),
    );
  }
}
