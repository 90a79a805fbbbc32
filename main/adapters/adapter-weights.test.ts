import { createHash } from 'node:crypto';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { hashAdapter } from './adapter-hashes.ts';
import { checkWeights } from './check-weights.ts';
import { readAdapter } from './inspect-adapter.ts';
import {
  gguf,
  ggufTensors,
  peftTensors,
  safetensors,
  temporaryFolder,
  writeFolder,
  writeSharded,
} from './testing.ts';

const temporary = temporaryFolder();
afterAll(() => temporary[Symbol.dispose]());
let number = 0;
let folder = '';
beforeEach(() => {
  folder = path.join(temporary.folder, String(number++));
});

async function hashesOf(content: Buffer, name = 'a.safetensors') {
  writeFolder(folder, { [name]: content });
  return hashAdapter(await readAdapter(path.join(folder, name)));
}

const tensors = peftTensors({ seed: 1 });

test('the same weights are the same, renamed, re-saved, in another order or in several files', async () => {
  const content = safetensors(tensors);
  const first = await hashesOf(content);
  expect(first.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  expect(await hashesOf(content, 'b.safetensors')).toEqual(first);

  const others = [
    safetensors(tensors, { format: 'pt', note: 'saved once more' }),
    safetensors(tensors.toReversed()),
  ];
  for (const other of others) {
    const hashes = await hashesOf(other);
    expect(hashes.tensorHash).toBe(first.tensorHash);
    expect(hashes.sha256).not.toBe(first.sha256);
  }
  const sharded = writeSharded(path.join(folder, 'sharded'), tensors, 3);
  const hashes = await hashAdapter(await readAdapter(sharded));
  expect(hashes.tensorHash).toBe(first.tensorHash);
});

test('other weights, shapes, types and names are others', async () => {
  const [first, ...rest] = tensors;
  if (!first) throw new Error('Nothing was made');
  const flipped = Buffer.from(first.data ?? []);
  flipped[5] = (flipped[5] ?? 0) ^ 1;
  const variants = [
    tensors,
    [{ ...first, data: flipped }, ...rest],
    tensors.map((tensor) => ({ ...tensor, name: tensor.name.replace('layers.1', 'layers.2') })),
    tensors.map((tensor) => ({ ...tensor, dtype: 'BF16', shape: [...tensor.shape, 2] })),
    tensors.map((tensor) => ({ ...tensor, shape: [...tensor.shape, 1] })),
  ];
  const hashes = new Set<string>();
  for (const variant of variants) hashes.add((await hashesOf(safetensors(variant))).tensorHash);
  expect(hashes.size).toBe(variants.length);
});

test('a larger one is read to its end, with progress, and can be stopped', async () => {
  const model = { hidden: 1024, layers: 3, intermediate: 1024, queries: 1024, keysAndValues: 1024 };
  writeFolder(folder, { 'a.safetensors': safetensors(peftTensors({ model, rank: 64, seed: 3 })) });
  const adapter = await readAdapter(path.join(folder, 'a.safetensors'));
  const seen: number[] = [];
  const { sha256 } = await hashAdapter(adapter, { onProgress: (done) => void seen.push(done) });
  const content = readFileSync(path.join(folder, 'a.safetensors'));
  expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
  expect([seen.length, seen.at(-1)]).toEqual([Math.ceil(content.length / 2 ** 20), content.length]);

  const stop = new AbortController();
  const stopped = hashAdapter(adapter, {
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('stopped')),
  });
  await expect(stopped).rejects.toThrow('stopped');
  await expect(checkWeights(adapter, { signal: stop.signal })).rejects.toThrow('stopped');
});

test('a file that was changed since it was looked at is not hashed as if it had not', async () => {
  writeFolder(folder, { 'a.safetensors': safetensors(tensors) });
  const file = path.join(folder, 'a.safetensors');
  const adapter = await readAdapter(file);
  utimesSync(file, new Date(0), new Date(0));
  await expect(hashAdapter(adapter)).rejects.toMatchObject({ reason: 'truncated' });
});

const numbersOf: readonly (readonly [string, number, string, string])[] = [
  ['F32', 4, '0000c07f', '0000803f'],
  ['F32', 4, '000080ff', '01000000'],
  ['F16', 2, '007e', '003c'],
  ['F16', 2, '00fc', '0100'],
  ['BF16', 2, 'c07f', '803f'],
  ['F64', 8, '000000000000f87f', '000000000000f03f'],
];

test.each(numbersOf)(
  'numbers of %s that are none are found, and tensors of zeros',
  async (dtype, bytes, bad, good) => {
    const fill = (hex: string) => Buffer.from(hex.repeat(8), 'hex');
    const oneBad = fill(good);
    Buffer.from(bad, 'hex').copy(oneBad, bytes * 5);
    const negativeZero = Buffer.alloc(bytes * 8);
    negativeZero[bytes - 1] = 0x80;
    const module = (layer: number) => `base_model.model.model.layers.${layer}.self_attn.q_proj`;
    const made = [
      { name: `${module(0)}.lora_A.weight`, dtype, shape: [1, 8], data: fill(good) },
      { name: `${module(0)}.lora_B.weight`, dtype, shape: [8, 1], data: oneBad },
      { name: `${module(1)}.lora_A.weight`, dtype, shape: [1, 8], data: fill(good) },
      { name: `${module(1)}.lora_B.weight`, dtype, shape: [8, 1], data: negativeZero },
    ];
    // Also where no number begins at a multiple of its size.
    for (const metadata of [{}, { odd: 'x' }, { odd: 'xx' }, { odd: 'xxx' }]) {
      const header = JSON.stringify({
        __metadata__: metadata,
        ...Object.fromEntries(
          made.map(({ name, shape }, i) => [
            name,
            { dtype, shape, data_offsets: [i * bytes * 8, (i + 1) * bytes * 8] },
          ]),
        ),
      });
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      writeFolder(folder, {
        'a.safetensors': Buffer.concat([length, Buffer.from(header), ...made.map(({ data }) => data)]),
      });
      expect(await checkWeights(await readAdapter(path.join(folder, 'a.safetensors')))).toEqual({
        tensors: 4,
        notFinite: [`${module(0)}.lora_B.weight`],
        notFiniteTensors: 1,
        zero: [`${module(1)}.lora_B.weight`],
        zeroTensors: 1,
        untrainedModules: 1,
        unreadTensors: 0,
      });
    }
  },
);

test('a number that lies across two pieces of a file is one number', async () => {
  const many = 2 ** 18 + 3;
  const data = Buffer.alloc(many * 4, Buffer.from('0000803f', 'hex'));
  const name = 'base_model.model.x';
  const made = [
    { name: `${name}.lora_A.weight`, dtype: 'U8', shape: [1, 1], data: Buffer.from([1]) },
    { name: `${name}.lora_B.weight`, dtype: 'F32', shape: [many, 1], data },
  ];
  writeFolder(folder, { 'a.safetensors': safetensors(made) });
  const file = path.join(folder, 'a.safetensors');
  expect(await checkWeights(await readAdapter(file))).toMatchObject({ notFiniteTensors: 0, zeroTensors: 0 });
  const content = readFileSync(file);
  const across = (2 ** 20 - (content.length - data.length)) % 4;
  expect(across).not.toBe(0);
  content.write('0000c07f', 2 ** 20 - across, 'hex');
  writeFileSync(file, content);
  expect(await checkWeights(await readAdapter(file))).toMatchObject({ notFiniteTensors: 1 });
});

test('GGUF is hashed and looked through as well', async () => {
  const content = gguf(ggufTensors({ seed: 5 }));
  const first = await hashesOf(content, 'a.gguf');
  const metadata = { 'general.type': 'adapter', 'adapter.lora.alpha': 32 };
  const second = await hashesOf(gguf(ggufTensors({ seed: 5 }), { metadata }), 'b.gguf');
  expect(second.tensorHash).toBe(first.tensorHash);
  const check = await checkWeights(await readAdapter(path.join(folder, 'a.gguf')));
  expect(check).toMatchObject({ tensors: 8, notFiniteTensors: 0, zeroTensors: 0, unreadTensors: 0 });
});
