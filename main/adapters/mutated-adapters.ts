import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {
  gguf,
  ggufTensors,
  kohyaTensors,
  peftConfig,
  peftTensors,
  safetensors,
  withLength,
  writePeft,
  writeSharded,
} from './testing.ts';

/** Files of every kind, damaged and forged: for the tests, and in larger numbers for the benchmark. */

/** One change of some bytes, as accident or somebody with bad intent would make it. */
type Mutation =
  | {
      readonly kind: 'flip' | 'insert' | 'cut' | 'repeat';
      readonly at: number;
      readonly size: number;
      readonly value: number;
    }
  | { readonly kind: 'number'; readonly at: number; readonly value: bigint }
  | { readonly kind: 'text'; readonly from: string; readonly to: string };

const originals = {
  safetensors: safetensors(peftTensors({ seed: 1 })),
  kohya: safetensors(kohyaTensors({ seed: 1 }), { ss_network_dim: '4', ss_network_alpha: '2' }),
  gguf: gguf(ggufTensors({ seed: 1 })),
  config: Buffer.from(peftConfig({ rank_pattern: { v_proj: 4 }, use_rslora: true })),
  index: Buffer.from('{"weight_map":{}}'),
} as const;
export type MutatedKind = keyof typeof originals;

const numbers = [
  0n,
  1n,
  7n,
  8n,
  255n,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];
const texts: readonly (readonly [string, string])[] = [
  ['F32', 'F16'],
  ['F32', 'I4'],
  ['"dtype"', '"shape"'],
  ['[4,8]', '[4,-8]'],
  ['[4,8]', '[4,8,1e308]'],
  ['[4,8]', '[9007199254740993,8]'],
  ['[4,8]', '[[[[4,8]]]]'],
  ['"data_offsets":[', '"data_offsets":[1'],
  ['[128,256]', '[64,192]'],
  ['lora_A', 'lora_B'],
  ['lora_B', 'lora_magnitude_vector'],
  ['lora_down', 'hada_w1_a'],
  ['layers.1', 'layers.0'],
  ['layers.0', 'layers.999999'],
  ['model', '../../../etc/passwd'],
  ['_proj', '\\ud800'],
  ['_proj', '\\u0000'],
  ['adapter', 'model'],
  [':', ':{"a":'],
  ['LORA', '__proto__'],
  ['v_proj', '(a+)+$'],
  ['.safetensors', '/../../x'],
  ['4', '1e999'],
  ['8', 'null'],
];

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** Most of what matters stands at the beginning. */
const early = fc.oneof(
  place,
  place.map((share) => share / 8),
  place.map((share) => share / 100),
);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('flip', 'insert', 'cut', 'repeat'),
    at: early,
    size: fc.integer({ min: 1, max: 64 }),
    value: fc.integer({ min: 0, max: 255 }),
  }),
  fc.record({ kind: fc.constant('number'), at: early, value: fc.constantFrom(...numbers) }),
  fc.constantFrom(...texts).map(([from, to]) => ({ kind: 'text', from, to }) as const),
);

export interface MutatedAdapter {
  readonly kind: MutatedKind;
  readonly mutations: readonly Mutation[];
}

export const mutatedAdapter: fc.Arbitrary<MutatedAdapter> = fc.record({
  kind: fc.constantFrom('safetensors', 'kohya', 'gguf', 'config', 'index'),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
});

/** Writes it into a folder that `prepare` has made, and says where an inspection begins. */
export function writeMutated(folder: string, { kind, mutations }: MutatedAdapter): string {
  const original = kind === 'index' ? indexOf(folder) : originals[kind];
  const content = mutations.reduce(mutate, original);
  if (kind === 'config') {
    writeFileSync(path.join(folder, 'peft', 'adapter_config.json'), content);
    return path.join(folder, 'peft');
  }
  if (kind === 'index') {
    writeFileSync(path.join(folder, 'sharded', indexName), content);
    return path.join(folder, 'sharded');
  }
  const file = path.join(folder, kind === 'gguf' ? 'a.gguf' : 'a.safetensors');
  writeFileSync(file, content);
  return file;
}

const indexName = 'adapter_model.safetensors.index.json';
const indexes = new Map<string, Buffer>();

export function prepare(folder: string): void {
  writePeft(path.join(folder, 'peft'), { seed: 1 });
  writeSharded(path.join(folder, 'sharded'), peftTensors({ seed: 1 }), 2);
}

function indexOf(folder: string): Buffer {
  const known = indexes.get(folder);
  if (known) return known;
  const names = peftTensors().map(({ name }, i) => [
    name,
    `adapter_model-0000${(i % 2) + 1}-of-00002.safetensors`,
  ]);
  const made = Buffer.from(JSON.stringify({ weight_map: Object.fromEntries(names) }));
  indexes.set(folder, made);
  return made;
}

function mutate(content: Buffer, change: Mutation): Buffer {
  if (change.kind === 'text') return replaceText(content, change.from, change.to);
  const at = Math.floor(change.at * content.length);
  if (change.kind === 'number') {
    const bytes = Buffer.from(content);
    if (at + 8 <= bytes.length) bytes.writeBigUInt64LE(change.value, at);
    return bytes;
  }
  const { size, value } = change;
  const [before, after] = [content.subarray(0, at), content.subarray(at)];
  if (change.kind === 'cut')
    return size > 60 ? Buffer.from(before) : Buffer.concat([before, after.subarray(size)]);
  if (change.kind === 'insert') return Buffer.concat([before, Buffer.alloc(size, value), after]);
  if (change.kind === 'repeat') return Buffer.concat([before, after.subarray(0, size), after]);
  const bytes = Buffer.from(content);
  if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (value || 1);
  return bytes;
}

/** In the header of a safetensors file the length goes along, so that what was changed is what is looked at. */
function replaceText(content: Buffer, from: string, to: string): Buffer {
  const text = content.toString('latin1');
  const changed = Buffer.from(
    text.replace(from, () => to),
    'latin1',
  );
  const headerBytes = content.length > 8 ? Number(content.readBigUInt64LE(0)) : Infinity;
  const isHeader =
    headerBytes < content.length && content[8] === 0x7b && text.indexOf(from) < headerBytes + 8;
  if (!isHeader || !text.includes(from)) return changed;
  const length = headerBytes + changed.length - content.length;
  return Buffer.concat([withLength('', Math.max(0, length)), changed.subarray(8)]);
}
