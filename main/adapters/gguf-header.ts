import { textsNow } from '../../shared/texts/index.ts';
import { isUtf8 } from 'node:buffer';
import { ByteCursor } from './byte-cursor.ts';
import type { ByteSource } from './byte-source.ts';
import { AdapterRefusal, quoted } from './refusal.ts';
import {
  checkPlaces,
  elementsOf,
  isDimension,
  longestTensorName,
  mostTensors,
  type Tensor,
  type TensorFile,
} from './tensor-table.ts';

/** By number: what ggml calls it, how many elements a block has, and how many bytes. */
const typeOf: ReadonlyMap<number, readonly [name: string, elements: number, bytes: number]> = new Map([
  [0, ['F32', 1, 4]],
  [1, ['F16', 1, 2]],
  [2, ['Q4_0', 32, 18]],
  [3, ['Q4_1', 32, 20]],
  [6, ['Q5_0', 32, 22]],
  [7, ['Q5_1', 32, 24]],
  [8, ['Q8_0', 32, 34]],
  [9, ['Q8_1', 32, 36]],
  [10, ['Q2_K', 256, 84]],
  [11, ['Q3_K', 256, 110]],
  [12, ['Q4_K', 256, 144]],
  [13, ['Q5_K', 256, 176]],
  [14, ['Q6_K', 256, 210]],
  [15, ['Q8_K', 256, 292]],
  [16, ['IQ2_XXS', 256, 66]],
  [17, ['IQ2_XS', 256, 74]],
  [18, ['IQ3_XXS', 256, 98]],
  [19, ['IQ1_S', 256, 50]],
  [20, ['IQ4_NL', 32, 18]],
  [21, ['IQ3_S', 256, 110]],
  [22, ['IQ2_S', 256, 82]],
  [23, ['IQ4_XS', 256, 136]],
  [24, ['I8', 1, 1]],
  [25, ['I16', 1, 2]],
  [26, ['I32', 1, 4]],
  [27, ['I64', 1, 8]],
  [28, ['F64', 1, 8]],
  [29, ['IQ1_M', 256, 56]],
  [30, ['BF16', 1, 2]],
  [34, ['TQ1_0', 256, 54]],
  [35, ['TQ2_0', 256, 66]],
]);

/** The bytes of a value by the number of its type; strings (8) and lists (9) have no fixed size. */
const valueBytes: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const [stringType, listType] = [8, 9];
const mostKeys = 10_000;
/** The words of a tokenizer, which an adapter rarely has. */
const mostListedTexts = 1_000_000;
const longestText = 65_536;
const mostMetadataBytes = 1_000_000;

export async function readGguf(source: ByteSource): Promise<TensorFile> {
  const { sizeBytes, storedBytes, modifiedMs } = source;
  const cursor = new ByteCursor(source);
  await cursor.need(24);
  cursor.skip(4);
  const version = cursor.takeUInt32();
  if (version === 1) throw new AdapterRefusal('old-format', () => textsNow().adapters.refused.ggufFirst);
  if (version !== 2 && version !== 3)
    throw new AdapterRefusal('unknown-format', () =>
      (version & 0xffff) === 0
        ? textsNow().adapters.refused.byteOrder
        : textsNow().adapters.refused.ggufVersion,
    );
  const tensorCount = cursor.takeUInt64();
  const keyCount = cursor.takeUInt64();
  if (tensorCount > mostTensors)
    throw new AdapterRefusal('too-large', () =>
      textsNow().adapters.refused.saysTooManyTensors(String(mostTensors)),
    );
  if (keyCount > mostKeys)
    throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.listsTooMuch);
  const metadata = await readMetadata(cursor, keyCount);
  const described = await readTensors(cursor, tensorCount);
  const alignment = readAlignment(metadata);
  const from = roundUp(cursor.at, alignment);
  const tensors = described.map((tensor) => ({
    ...tensor,
    begin: from + tensor.begin,
    end: from + tensor.end,
  }));
  for (const { name, begin } of tensors)
    if (begin % alignment !== 0)
      throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.beginsWrong(quoted(name)));
  // Without tensors there is nothing to align.
  if (tensors.length > 0) checkPlaces(tensors, { from, sizeBytes, alignment });
  return { format: 'gguf', tensors, metadata, sizeBytes, storedBytes, modifiedMs };
}

type Metadata = Map<string, string | number | boolean>;

async function readMetadata(cursor: ByteCursor, count: number): Promise<Metadata> {
  const metadata: Metadata = new Map();
  const seen = new Set<string>();
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const key = await readText(cursor, longestTensorName);
    if (key === undefined) throw tooLong();
    if (seen.has(key)) throw doubled(key);
    seen.add(key);
    await cursor.need(4);
    const value = await readValue(cursor, cursor.takeUInt32());
    if (value === undefined) continue;
    kept += key.length + (typeof value === 'string' ? value.length : 8);
    if (kept <= mostMetadataBytes) metadata.set(key, value);
  }
  return metadata;
}

/** Undefined for a list, and for a text that is too long to be kept. */
async function readValue(cursor: ByteCursor, type: number): Promise<string | number | boolean | undefined> {
  if (type === stringType) return readText(cursor, longestText);
  if (type === listType) return skipList(cursor);
  const bytes = valueBytes.get(type);
  if (bytes === undefined) throw unknownType();
  await cursor.need(bytes);
  const value = cursor.take(bytes);
  if (type === 6) return value.readFloatLE(0);
  if (type === 12) return value.readDoubleLE(0);
  if (type === 7) return value[0] !== 0;
  if (type === 10) return Number(value.readBigUInt64LE(0));
  if (type === 11) return Number(value.readBigInt64LE(0));
  return type % 2 === 0 ? value.readUIntLE(0, bytes) : value.readIntLE(0, bytes);
}

async function skipList(cursor: ByteCursor): Promise<undefined> {
  await cursor.need(12);
  const type = cursor.takeUInt32();
  const count = cursor.takeUInt64();
  const bytes = valueBytes.get(type);
  if (bytes !== undefined) cursor.skip(count * bytes);
  else if (type !== stringType) throw unknownType();
  else if (count > mostListedTexts)
    throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.listsTooMuch);
  else for (let i = 0; i < count; i++) await skipText(cursor);
  return undefined;
}

async function skipText(cursor: ByteCursor): Promise<void> {
  await cursor.need(8);
  cursor.skip(cursor.takeUInt64());
}

async function readText(cursor: ByteCursor, longest: number): Promise<string | undefined> {
  await cursor.need(8);
  const bytes = cursor.takeUInt64();
  if (bytes > longest) {
    cursor.skip(bytes);
    return undefined;
  }
  await cursor.need(bytes);
  const text = cursor.take(bytes);
  if (!isUtf8(text)) throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.notUtf8);
  return text.toString('utf8');
}

/** Where they begin and end is counted from the first of them here. */
async function readTensors(cursor: ByteCursor, count: number): Promise<Tensor[]> {
  const tensors: Tensor[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < count; i++) {
    const name = await readText(cursor, longestTensorName);
    if (name === undefined) throw tooLong();
    if (seen.has(name)) throw doubled(name);
    seen.add(name);
    await cursor.need(4);
    const dimensions = cursor.takeUInt32();
    if (dimensions > 4)
      throw new AdapterRefusal('malformed', () =>
        textsNow().adapters.refused.tooManyDimensions(quoted(name)),
      );
    await cursor.need(dimensions * 8 + 12);
    const shape = Array.from({ length: dimensions }, () => cursor.takeUInt64()).toReversed();
    const type = typeOf.get(cursor.takeUInt32());
    const begin = cursor.takeUInt64();
    if (!type)
      throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.unknownType(quoted(name)));
    if (!shape.every(isDimension) || !isDimension(begin))
      throw new AdapterRefusal('wrong-size', () => textsNow().adapters.refused.impossiblyLarge(quoted(name)));
    const [dtype, blockElements, blockBytes] = type;
    const blocks = elementsOf({ name, shape }) / blockElements;
    if (!Number.isInteger(blocks) || !Number.isSafeInteger(begin + blocks * blockBytes))
      throw new AdapterRefusal('wrong-size', () => textsNow().adapters.refused.impossibleShape(quoted(name)));
    tensors.push({ name, dtype, shape, begin, end: begin + blocks * blockBytes });
  }
  return tensors;
}

function readAlignment(metadata: Metadata): number {
  const given = metadata.get('general.alignment') ?? 32;
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 8 || given > 65_536 || given % 8 !== 0)
    throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.impossibleAlignment);
  return given;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function doubled(name: string): AdapterRefusal {
  return new AdapterRefusal('duplicate-keys', () => textsNow().adapters.refused.saysTwice(quoted(name)));
}

function unknownType(): AdapterRefusal {
  return new AdapterRefusal('malformed', () => textsNow().adapters.refused.unknownValue);
}

function tooLong(): AdapterRefusal {
  return new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.longName);
}
