import {
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  ftruncateSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A writer of adapter files that shares nothing with the readers: what both agree on is the format. */

export interface MadeTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Zeros that are never written, if left out. */
  readonly data?: Buffer;
}

const bytesOf: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2, I8: 1, U8: 1, I64: 8 };
const sizeOf = ({ dtype, shape }: MadeTensor) => shape.reduce((a, b) => a * b, 1) * (bytesOf[dtype] ?? 1);

export function safetensorsHeader(
  tensors: readonly MadeTensor[],
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Buffer {
  let at = 0;
  const entries = tensors.map((tensor) => {
    const begin = at;
    at += sizeOf(tensor);
    return [tensor.name, { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [begin, at] }] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8);
  return withLength(padded);
}

/** Any text as the header of a file. */
export function withLength(header: string, claimed: number | bigint = Buffer.byteLength(header)): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(claimed));
  return Buffer.concat([length, Buffer.from(header)]);
}

/** In memory, for small ones. */
export function safetensors(tensors: readonly MadeTensor[], metadata?: Record<string, string>): Buffer {
  const data = tensors.map((tensor) => tensor.data ?? Buffer.alloc(sizeOf(tensor)));
  return Buffer.concat([safetensorsHeader(tensors, metadata), ...data]);
}

/** Of any size, without anything but the header on the disk. */
export function writeSparse(file: string, header: Buffer, dataBytes: number): void {
  const to = openSync(file, 'w');
  try {
    writeSync(to, header);
    ftruncateSync(to, header.length + dataBytes);
  } finally {
    closeSync(to);
  }
}

export const sizeOfAll = (tensors: readonly MadeTensor[]): number =>
  tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);

/** The measures of a model, as far as adapters show them. */
export interface MadeModel {
  readonly hidden: number;
  readonly layers: number;
  readonly intermediate: number;
  readonly queries: number;
  readonly keysAndValues: number;
}

export const llama8B: MadeModel = {
  hidden: 4096,
  layers: 32,
  intermediate: 14336,
  queries: 4096,
  keysAndValues: 1024,
};
/** No model has it: small enough to be written whole. */
export const tinyModel: MadeModel = { hidden: 8, layers: 2, intermediate: 16, queries: 8, keysAndValues: 4 };

export interface MadeAdapter {
  readonly model?: MadeModel;
  readonly targets?: readonly string[];
  readonly rank?: number;
  readonly rankOf?: (target: string, layer: number) => number;
  readonly dtype?: string;
  readonly withMagnitudes?: boolean;
  /** Different numbers make different weights. */
  readonly seed?: number;
}

interface Pair {
  readonly layer: number;
  readonly target: string;
  readonly rank: number;
  readonly inFeatures: number;
  readonly outFeatures: number;
}

function pairsOf({
  model = tinyModel,
  targets = ['q_proj', 'v_proj'],
  rank = 4,
  rankOf,
}: MadeAdapter): Pair[] {
  const { hidden, intermediate, queries, keysAndValues } = model;
  const shapes: Readonly<Record<string, readonly [number, number]>> = {
    q_proj: [hidden, queries],
    k_proj: [hidden, keysAndValues],
    v_proj: [hidden, keysAndValues],
    o_proj: [queries, hidden],
    gate_proj: [hidden, intermediate],
    up_proj: [hidden, intermediate],
    down_proj: [intermediate, hidden],
  };
  return Array.from({ length: model.layers }, (_, layer) =>
    targets.map((target) => {
      const [inFeatures, outFeatures] = shapes[target] ?? [hidden, hidden];
      return { layer, target, rank: rankOf?.(target, layer) ?? rank, inFeatures, outFeatures };
    }),
  ).flat();
}

const folderOf = (target: string) => (/^[qkvo]_/.test(target) ? 'self_attn' : 'mlp');

/** Numbers of one sign and neither zero nor endless, in any of the usual types. */
function fill(tensor: MadeTensor, seed: number | undefined): MadeTensor {
  if (seed === undefined) return tensor;
  const data = Buffer.alloc(sizeOf(tensor));
  let state = seed + tensor.name.length * 7919;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    data[i] = (state >>> 16) & 0x3b;
  }
  return { ...tensor, data };
}

export function peftTensors(adapter: MadeAdapter = {}): MadeTensor[] {
  const { dtype = 'F32', withMagnitudes = false, seed } = adapter;
  return pairsOf(adapter).flatMap(({ layer, target, rank, inFeatures, outFeatures }) => {
    const module = `base_model.model.model.layers.${layer}.${folderOf(target)}.${target}`;
    const tensors: MadeTensor[] = [
      { name: `${module}.lora_A.weight`, dtype, shape: [rank, inFeatures] },
      { name: `${module}.lora_B.weight`, dtype, shape: [outFeatures, rank] },
    ];
    if (withMagnitudes)
      tensors.push({ name: `${module}.lora_magnitude_vector`, dtype, shape: [outFeatures] });
    return tensors.map((tensor) => fill(tensor, seed));
  });
}

export function kohyaTensors(adapter: MadeAdapter & { readonly alpha?: number } = {}): MadeTensor[] {
  const { dtype = 'F16', alpha = 2, rank = 4, seed } = adapter;
  const alphaData = Buffer.alloc(4);
  alphaData.writeFloatLE(alpha);
  const blocks = ['down_blocks_1_attentions_0', 'down_blocks_2_attentions_1', 'mid_block_attentions_0'];
  return blocks.flatMap((block) =>
    ['attn1_to_q', 'attn2_to_k', 'ff_net_0_proj'].flatMap((part) => {
      const module = `lora_unet_${block}_transformer_blocks_0_${part}`;
      const inFeatures = part === 'attn2_to_k' ? 2048 : 640;
      return [
        { name: `${module}.alpha`, dtype: 'F32', shape: [], data: alphaData },
        fill({ name: `${module}.lora_down.weight`, dtype, shape: [rank, inFeatures] }, seed),
        fill({ name: `${module}.lora_up.weight`, dtype, shape: [640, rank] }, seed),
      ];
    }),
  );
}

const ggufNames: Readonly<Record<string, string>> = {
  q_proj: 'attn_q',
  k_proj: 'attn_k',
  v_proj: 'attn_v',
  o_proj: 'attn_output',
  gate_proj: 'ffn_gate',
  up_proj: 'ffn_up',
  down_proj: 'ffn_down',
};

export function ggufTensors(adapter: MadeAdapter = {}): MadeTensor[] {
  return pairsOf(adapter).flatMap(({ layer, target, rank, inFeatures, outFeatures }) => {
    const name = `blk.${layer}.${ggufNames[target] ?? target}.weight`;
    return [
      fill({ name: `${name}.lora_a`, dtype: 'F32', shape: [rank, inFeatures] }, adapter.seed),
      fill({ name: `${name}.lora_b`, dtype: 'F32', shape: [outFeatures, rank] }, adapter.seed),
    ];
  });
}

export interface MadeGguf {
  readonly version?: number;
  readonly metadata?: Readonly<Record<string, string | number>>;
}

const text = (value: string) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
};
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const uint64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const ggufTypes: Readonly<Record<string, number>> = { F32: 0, F16: 1, BF16: 30 };
export const adapterMetadata = {
  'general.type': 'adapter',
  'general.architecture': 'llama',
  'adapter.type': 'lora',
  'adapter.lora.alpha': 16,
  'general.base_model.0.name': 'Llama 3.1 8B Instruct',
} as const;

export function gguf(
  tensors: readonly MadeTensor[],
  { version = 3, metadata = adapterMetadata }: MadeGguf = {},
): Buffer {
  const keys = Object.entries(metadata).map(([key, value]) => {
    if (typeof value === 'string') return Buffer.concat([text(key), uint32(8), text(value)]);
    const number = Buffer.alloc(4);
    number.writeFloatLE(value);
    return Buffer.concat([text(key), uint32(6), number]);
  });
  let at = 0;
  const infos = tensors.map((tensor) => {
    const begin = at;
    at += Math.ceil(sizeOf(tensor) / 32) * 32;
    const dimensions = tensor.shape.toReversed().map(uint64);
    return Buffer.concat([
      text(tensor.name),
      uint32(tensor.shape.length),
      ...dimensions,
      uint32(ggufTypes[tensor.dtype] ?? 0),
      uint64(begin),
    ]);
  });
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(version),
    uint64(tensors.length),
    uint64(keys.length),
    ...keys,
    ...infos,
  ]);
  const data = tensors.map((tensor) => {
    const padded = Buffer.alloc(Math.ceil(sizeOf(tensor) / 32) * 32);
    tensor.data?.copy(padded);
    return padded;
  });
  return Buffer.concat([header, Buffer.alloc((32 - (header.length % 32)) % 32), ...data]);
}

export function peftConfig(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    peft_type: 'LORA',
    base_model_name_or_path: 'meta-llama/Llama-3.1-8B-Instruct',
    r: 4,
    lora_alpha: 8,
    target_modules: ['q_proj', 'v_proj'],
    ...more,
  });
}

/** A folder with these files in it. Names may lead into further folders. */
export function writeFolder(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

export function writePeft(
  folder: string,
  adapter: MadeAdapter = {},
  config: Readonly<Record<string, unknown>> = {},
): string {
  return writeFolder(folder, {
    'adapter_config.json': peftConfig(config),
    'adapter_model.safetensors': safetensors(peftTensors(adapter)),
  });
}

/** The same tensors in several files, with their index. */
export function writeSharded(folder: string, tensors: readonly MadeTensor[], shards: number): string {
  const files: Record<string, string | Buffer> = { 'adapter_config.json': peftConfig() };
  const weightMap: Record<string, string> = {};
  const number = (value: number) => String(value).padStart(5, '0');
  for (let i = 0; i < shards; i++) {
    const name = `adapter_model-${number(i + 1)}-of-${number(shards)}.safetensors`;
    const part = tensors.filter((_, index) => index % shards === i);
    files[name] = safetensors(part);
    for (const tensor of part) weightMap[tensor.name] = name;
  }
  files['adapter_model.safetensors.index.json'] = JSON.stringify({ metadata: {}, weight_map: weightMap });
  return writeFolder(folder, files);
}

/** Gone when disposed of. */
export function temporaryFolder(): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loci-adapters-'));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
