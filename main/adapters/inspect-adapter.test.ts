import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { inWords } from '../../shared/texts/told.ts';
import { readBaseModels } from './base-model-folder.ts';
import { inspectAdapter } from './inspect-adapter.ts';
import {
  gguf,
  ggufTensors,
  kohyaTensors,
  llama8B,
  peftConfig,
  peftTensors,
  safetensors,
  safetensorsHeader,
  sizeOfAll,
  temporaryFolder,
  tinyModel,
  writeFolder,
  writePeft,
  writeSharded,
  writeSparse,
  type MadeAdapter,
} from './testing.ts';

const temporary = temporaryFolder();
afterAll(() => temporary[Symbol.dispose]());
let number = 0;
let folder = '';
beforeEach(() => {
  folder = path.join(temporary.folder, String(number++));
});

async function report(place: string, models?: Parameters<typeof inspectAdapter>[1]) {
  const inspected = await inspectAdapter(place, models);
  if (!inspected.ok) throw new Error(inspected.refusal.message);
  return inspected.report;
}

function writeLarge(adapter: MadeAdapter, config: Record<string, unknown> = {}): string {
  const tensors = peftTensors(adapter);
  writeFolder(folder, { 'adapter_config.json': peftConfig(config) });
  writeSparse(path.join(folder, 'adapter_model.safetensors'), safetensorsHeader(tensors), sizeOfAll(tensors));
  return folder;
}

test('a folder of PEFT is told with everything that its configuration and its tensors say', async () => {
  const place = writePeft(folder, { dtype: 'BF16' }, { task_type: 'CAUSAL_LM', lora_dropout: 0.05 });
  expect(await report(place)).toEqual({
    format: 'safetensors',
    layout: 'peft',
    purpose: 'text',
    files: 1,
    baseModel: 'meta-llama/Llama-3.1-8B-Instruct',
    rank: 4,
    alpha: 8,
    ranks: [{ value: 4, modules: 4 }],
    alphas: [{ value: 8, modules: 4 }],
    isRankStabilized: false,
    isDora: false,
    modules: 4,
    targets: [
      { name: 'q_proj', modules: 2, inFeatures: 8, outFeatures: 8 },
      { name: 'v_proj', modules: 2, inFeatures: 8, outFeatures: 4 },
    ],
    map: { layers: ['0', '1'], targets: ['q_proj', 'v_proj'], ranks: [4, 4, 4, 4], isCut: false },
    wholeWeights: [],
    dtypes: [{ dtype: 'BF16', tensors: 8 }],
    tensors: 8,
    parameterCount: 2 * (4 * 8 + 8 * 4) + 2 * (4 * 8 + 4 * 4),
    fileSizeBytes: expect.any(Number),
    training: [
      { key: 'task_type', value: 'CAUSAL_LM' },
      { key: 'lora_dropout', value: '0.05' },
    ],
    notes: [],
    verdict: {
      kind: 'contradicts',
      message: expect.objectContaining({
        en: 'Its shapes say hidden 8, but it says that it is for Llama-3.1-8B, with hidden 4096.',
      }),
      models: [],
    },
  });
});

test('ranks and alphas may differ from module to module', async () => {
  const rankOf = (target: string, layer: number) => (target === 'v_proj' ? 2 : layer === 1 ? 8 : 4);
  const place = writePeft(
    folder,
    { rankOf },
    {
      rank_pattern: { v_proj: 2, 'model.layers.1.self_attn.q_proj': 8 },
      alpha_pattern: { 'layers.1.self_attn.q_proj': 32 },
      use_rslora: true,
    },
  );
  expect(await report(place)).toMatchObject({
    ranks: [
      { value: 2, modules: 2 },
      { value: 8, modules: 1 },
      { value: 4, modules: 1 },
    ],
    alphas: [
      { value: 8, modules: 3 },
      { value: 32, modules: 1 },
    ],
    isRankStabilized: true,
    map: { ranks: [4, 2, 8, 2] },
    notes: [],
  });
});

test('where configuration and tensors disagree, each disagreement is named', async () => {
  const place = writePeft(
    folder,
    { rank: 2, withMagnitudes: true, targets: ['q_proj', 'up_proj'] },
    { r: 16, use_dora: false, layers_to_transform: [0, 1, 2], modules_to_save: ['lm_head'] },
  );
  const { notes, isDora } = await report(place);
  expect(isDora).toBe(true);
  expect(notes.map(({ message }) => inWords(message))).toEqual([
    'The configuration says rank 16 where the tensors have rank 2, in 4 of 4 modules.',
    'The tensors also adapt “up_proj”, which the configuration does not name.',
    'The configuration names “v_proj”, for which there are no tensors.',
    'The configuration speaks of 3 layers, the tensors are for 2, and not the same ones.',
    'The tensors are of DoRA, which the configuration denies.',
    'The configuration says that “lm_head” is saved whole, and it is not there.',
  ]);
});

test('a pattern in the configuration is not evaluated', async () => {
  const evil = `(${'a+'.repeat(20)})+$`;
  const place = writePeft(folder, {}, { target_modules: evil, rank_pattern: { [evil]: 9 } });
  expect((await report(place)).notes.map(({ kind }) => kind)).toEqual(['not-checked']);
});

test('the model is told by the shapes', async () => {
  const place = writeLarge(
    { model: llama8B, rank: 16, targets: ['q_proj', 'v_proj', 'down_proj'] },
    { r: 16 },
  );
  const { verdict, notes } = await report(place);
  expect(verdict).toMatchObject({
    kind: 'fits',
    message: { en: 'Fits Llama-3.1-8B (hidden 4096, 32 layers).' },
  });
  expect(verdict.models).toEqual(expect.arrayContaining(['Llama-3-8B', 'Mistral-7B']));
  expect(notes.map(({ kind }) => kind)).toEqual(['targets', 'not-on-disk']);
});

test('shapes speak against a wrong name', async () => {
  const place = writeLarge({ model: llama8B }, { base_model_name_or_path: '/home/ada/models/Qwen2-1.5B' });
  const { verdict, baseModel } = await report(place);
  expect(verdict.kind).toBe('contradicts');
  expect(inWords(verdict.message)).toMatch(
    /^Its shapes say hidden 4096, as in Llama-3-8B, .*, but it says that it is for Qwen2-1.5B, with hidden 1536\.$/,
  );
  expect(baseModel).toBe('Qwen2-1.5B');
});

test('a config.json in the folder of models makes one more known', async () => {
  const models = writeFolder(path.join(folder, 'models'), {
    'Tiny/config.json': JSON.stringify({
      hidden_size: 8,
      num_hidden_layers: 2,
      intermediate_size: 16,
      num_attention_heads: 2,
      num_key_value_heads: 1,
    }),
    'broken.json': '{',
    'other.json': '{"hidden_size": "much"}',
  });
  const place = writePeft(path.join(folder, 'adapter'), {}, { base_model_name_or_path: 'who/tiny-chat' });
  expect((await report(place)).verdict.kind).toBe('unknown-shapes');
  const { verdict } = await report(place, { models: await readBaseModels(models) });
  expect(verdict).toEqual({
    kind: 'fits',
    message: expect.objectContaining({ en: 'Fits Tiny (hidden 8, 2 layers).' }),
    models: ['Tiny'],
  });
});

test('an adapter for images is told by what its cross-attention reads', async () => {
  const file = path.join(folder, 'style.safetensors');
  const metadata = {
    ss_network_dim: '4',
    ss_network_alpha: '2.0',
    ss_output_name: 'style',
    ss_sd_model_name: '/mnt/models/sd_xl_base_1.0.safetensors',
    ss_tag_frequency: 'x'.repeat(300_000),
  };
  writeFolder(folder, { 'style.safetensors': safetensors(kohyaTensors(), metadata) });
  expect(await report(file)).toMatchObject({
    layout: 'kohya',
    purpose: 'image',
    rank: 4,
    alpha: 2,
    baseModel: 'sd_xl_base_1.0',
    modules: 9,
    training: [{ key: 'ss_output_name', value: 'style' }],
    notes: [],
    verdict: { kind: 'image', message: { en: 'An adapter for images, of SDXL.' }, models: ['SDXL'] },
  });
});

test('the alphas that kohya writes as tensors count, not what the metadata says', async () => {
  const metadata = { ss_network_dim: '32', ss_network_alpha: '16' };
  writeFolder(folder, { 'style.safetensors': safetensors(kohyaTensors({ alpha: 0.5 }), metadata) });
  const { alphas, notes } = await report(path.join(folder, 'style.safetensors'));
  expect(alphas).toEqual([{ value: 0.5, modules: 9 }]);
  expect(notes.map(({ kind }) => kind)).toEqual(['rank', 'alpha']);
});

test.each([2, 3])('a GGUF adapter of version %i is read', async (version) => {
  writeFolder(folder, { 'garden.gguf': gguf(ggufTensors({ targets: ['q_proj', 'o_proj'] }), { version }) });
  expect(await report(path.join(folder, 'garden.gguf'))).toMatchObject({
    format: 'gguf',
    layout: 'gguf',
    baseModel: 'Llama 3.1 8B Instruct',
    rank: 4,
    alpha: 16,
    targets: [{ name: 'o_proj' }, { name: 'q_proj', inFeatures: 8, outFeatures: 8 }],
    map: { layers: ['0', '1'], ranks: [4, 4, 4, 4] },
    notes: [],
  });
});

test('an adapter in several files is one, from its folder, its index or any of its parts', async () => {
  const place = writeSharded(folder, peftTensors(), 3);
  const whole = await report(place);
  expect(whole).toMatchObject({ files: 3, tensors: 8, modules: 4, rank: 4, notes: [] });
  expect(await report(path.join(place, 'adapter_model.safetensors.index.json'))).toEqual(whole);
  expect(await report(path.join(place, 'adapter_model-00002-of-00003.safetensors'))).toEqual(whole);
});

test('names of MLX and of diffusers are read as well', async () => {
  const mlx = [
    { name: 'model.layers.3.mlp.experts.5.up_proj.lora_a', dtype: 'F32', shape: [8, 4] },
    { name: 'model.layers.3.mlp.experts.5.up_proj.lora_b', dtype: 'F32', shape: [4, 16] },
  ];
  const config = { fine_tune_type: 'lora', model: 'who/what', lora_parameters: { rank: 4, scale: 10 } };
  writeFolder(folder, {
    'mlx/adapter_config.json': JSON.stringify(config),
    'mlx/adapters.safetensors': safetensors(mlx),
    'lcm.safetensors': safetensors([
      { name: 'unet.mid_block.attentions.0.attn2.to_k.lora_A.weight', dtype: 'F16', shape: [2, 768] },
      { name: 'unet.mid_block.attentions.0.attn2.to_k.lora_B.weight', dtype: 'F16', shape: [4, 2] },
    ]),
  });
  expect(await report(path.join(folder, 'mlx'))).toMatchObject({
    layout: 'mlx',
    rank: 4,
    alpha: 40,
    targets: [{ name: 'experts.up_proj', inFeatures: 8, outFeatures: 16 }],
    map: { layers: ['3'] },
    notes: [],
  });
  expect(await report(path.join(folder, 'lcm.safetensors'))).toMatchObject({
    layout: 'diffusers',
    verdict: { models: ['Stable Diffusion 1.5'] },
  });
});

test('what is odd about an adapter is noted, and it is taken all the same', async () => {
  const tensors = [
    ...peftTensors(),
    { name: 'base_model.model.model.layers.0.mlp.up_proj.lora_A.weight', dtype: 'F32', shape: [4, 8] },
    { name: 'base_model.model.lm_head.modules_to_save.weight', dtype: 'F32', shape: [4, 4] },
    { name: 'base_model.model.nothing', dtype: 'F32', shape: [0] },
  ];
  writeFolder(folder, { 'a.safetensors': safetensors(tensors) });
  const { notes, wholeWeights } = await report(path.join(folder, 'a.safetensors'));
  expect(notes.map(({ kind }) => kind)).toEqual(['half', 'empty-tensors']);
  expect(wholeWeights).toEqual(['lm_head', 'nothing']);
});

test('the cache of Hugging Face, which is all links, is read', async () => {
  const repository = path.join(folder, 'models--ada--garden');
  const snapshot = path.join(repository, 'snapshots', 'abc');
  mkdirSync(path.join(repository, 'blobs'), { recursive: true });
  writePeft(snapshot, {});
  for (const name of ['adapter_config.json', 'adapter_model.safetensors']) {
    renameSync(path.join(snapshot, name), path.join(repository, 'blobs', `of-${name}`));
    symlinkSync(path.join('..', '..', 'blobs', `of-${name}`), path.join(snapshot, name));
  }
  expect(await report(snapshot)).toMatchObject({ layout: 'peft', rank: 4 });
});

test('no name out of a file can upset what shows or stores it', async () => {
  const module = 'base_model.model.model.layers.0.self_attn.q\u0000\ud800\u202e_proj';
  const file = path.join(folder, 'a.safetensors');
  const [down, up] = [
    { name: `${module}.lora_A.weight`, dtype: 'F32', shape: [1, tinyModel.hidden] },
    { name: `${module}.lora_B.weight`, dtype: 'F32', shape: [1, 1] },
  ];
  mkdirSync(folder);
  writeFileSync(file, safetensors([down, up], { 'general.name': 'a\u0000b', ss_output_name: '\u202etxt' }));
  const text = JSON.stringify(await report(file));
  expect(text).not.toMatch(/\\u0000|\\ud800|\u202e/);
});
