import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inWords } from '../../shared/texts/told.ts';
import { newSpecialization } from '../../shared/schemas/specialization.ts';
import {
  gguf,
  ggufTensors,
  peftTensors,
  safetensors,
  tinyModel,
  writeFolder,
  writePeft,
  writeSharded,
} from '../adapters/testing.ts';
import { openTestLibrary } from '../users/testing.ts';
import { sweepCopies } from './adapter-copies.ts';
import { SpecializationTrash } from './specialization-trash.ts';
import { SpecializationRepository } from './specialization.repository.ts';
import { openAdapterApp } from './testing.ts';

const library = await openTestLibrary();
const { addPerson, events, unnoted } = library;
const { adapters, jobs, folder, choose } = openAdapterApp(library);
let number = 0;
const place = (name: string) => path.join(folder, String(number++), name);
const to = (name: string) => newSpecialization.parse({ name });

async function add(from: string, keep: 'reference' | 'copy' = 'reference', name = path.basename(from)) {
  choose(from);
  const candidate = await adapters.choose('folder');
  const { specialization, jobId } = await adapters.add({ token: candidate?.token ?? '', keep, to: to(name) });
  await jobs.whenStopped(jobId);
  expect((await jobs.get(jobId)).error).toBe(null);
  return specialization.id;
}

async function tokenFor(from: string): Promise<string> {
  return (await adapters.offer(from)).token;
}

test('an adapter is chosen, suggests its name, and is added where it lies', async () => {
  await addPerson();
  const from = writePeft(place('garden_lora'), { seed: 1 });
  choose(undefined);
  expect(await adapters.choose('folder')).toBe(null);
  choose(from);
  const candidate = await adapters.choose('folder');
  expect(candidate).toMatchObject({ name: 'garden lora', inspection: { ok: true, report: { rank: 4 } } });
  expect(JSON.stringify(candidate)).not.toContain(folder);
  const { specialization, jobId } = await adapters.add({
    token: candidate?.token ?? '',
    keep: 'reference',
    to: to('garden lora'),
  });
  expect(specialization).toMatchObject({
    name: 'garden lora',
    status: 'ready',
    format: 'safetensors',
    baseModel: 'meta-llama/Llama-3.1-8B-Instruct',
    rank: 4,
    alpha: 8,
    targetModules: ['q_proj', 'v_proj'],
    dtype: 'F32',
    sha256: null,
  });
  await jobs.whenStopped(jobId);
  const { specialization: now, report, isCopy } = await adapters.inspect(specialization.id);
  const content = readFileSync(path.join(from, 'adapter_model.safetensors'));
  expect(now).toMatchObject({
    sha256: createHash('sha256').update(content).digest('hex'),
    tensorHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    fileSizeBytes: content.length,
  });
  expect([report?.modules, isCopy]).toEqual([4, false]);
  expect((await adapters.offer(from)).name).toBe('garden lora 2');
  expect(await unnoted()).toEqual([]);
  expect((await events()).at(-1)).toContain('changed specialization sha256 tensor_hash');
});

test('what is no adapter is not added, and the reason is told', async () => {
  await addPerson();
  const from = place('pickle.bin');
  writeFolder(path.dirname(from), { 'pickle.bin': Buffer.from('80027d71002e', 'hex') });
  choose(from);
  const candidate = await adapters.choose('file');
  expect(candidate?.inspection).toMatchObject({ ok: false, refusal: { reason: 'pickle' } });
  const adding = adapters.add({ token: candidate?.token ?? '', keep: 'reference', to: to('Pickle') });
  await expect(adding).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('pickled'),
    details: { reason: 'pickle' },
  });
  expect(await events()).not.toContain('created specialization');
});

test('a copy holds all that belongs to the adapter, and goes when its specialization goes', async () => {
  const userId = await addPerson();
  const from = writeSharded(place('sharded'), peftTensors({ seed: 2 }), 3);
  const id = await add(from, 'copy');
  rmSync(from, { recursive: true });
  const { specialization, isCopy, report } = await adapters.inspect(id);
  expect([specialization.status, isCopy, report?.files]).toEqual(['ready', true, 3]);
  expect(specialization.tensorHash).toMatch(/^[0-9a-f]{64}$/);
  const home = path.join(folder, 'adapters', userId, id);
  const [copy = '', ...more] = readdirSync(home);
  expect(more).toEqual([]);
  expect(readdirSync(path.join(home, copy)).toSorted()).toEqual([
    'adapter_config.json',
    'adapter_model-00001-of-00003.safetensors',
    'adapter_model-00002-of-00003.safetensors',
    'adapter_model-00003-of-00003.safetensors',
    'adapter_model.safetensors.index.json',
  ]);
  await expect(adapters.copy(id)).rejects.toMatchObject({ code: 'conflict' });
  await adapters.forget(userId, [id]);
  expect(existsSync(home)).toBe(false);
});

test('one that was only referred to can be copied later', async () => {
  await addPerson();
  const from = place('one.gguf');
  writeFolder(path.dirname(from), { 'one.gguf': gguf(ggufTensors({ seed: 1 })) });
  const id = await add(from);
  const before = (await adapters.inspect(id)).specialization;
  const { jobId } = await adapters.copy(id);
  await jobs.whenStopped(jobId);
  rmSync(from);
  const { specialization, isCopy } = await adapters.inspect(id);
  expect(isCopy).toBe(true);
  expect(specialization).toMatchObject({
    status: 'ready',
    sha256: before.sha256,
    tensorHash: before.tensorHash,
  });
});

test('a copy that cannot be made leaves the adapter where it is, and nothing half done', async () => {
  const userId = await addPerson();
  const from = writePeft(place('gone'), { seed: 1 });
  const id = await add(from);
  const { jobId } = await adapters.copy(id);
  rmSync(from, { recursive: true });
  await jobs.whenStopped(jobId);
  const home = path.join(folder, 'adapters', userId, id);
  const { status, error } = await jobs.get(jobId);
  if (status === 'failed') expect(inWords(error ?? '')).toMatch(/^It is not there\./);
  const left = existsSync(home) ? readdirSync(home) : [];
  expect(left.filter((name) => name.endsWith('.unfinished'))).toEqual([]);
});

test('a file that was moved away is missing until it is found again', async () => {
  await addPerson();
  const from = writePeft(place('here'), { seed: 3 });
  const id = await add(from);
  const moved = `${from}-moved`;
  renameSync(from, moved);
  expect(await adapters.checkFiles()).toEqual({ checked: 1, missing: 1, changed: 0, back: 0 });
  const missing = await adapters.inspect(id);
  expect(missing).toMatchObject({
    specialization: {
      status: 'missing',
      problem: { en: expect.stringContaining('not where it was'), de: expect.any(String) },
    },
    report: { rank: 4 },
  });
  const other = writePeft(place('other'), { rank: 2 }, { r: 2 });
  const token = await tokenFor(other);
  await expect(adapters.locate({ id, token, evenIfDifferent: false })).rejects.toMatchObject({
    code: 'conflict',
    message: 'This is another adapter than the one that was there.',
  });
  const found = await adapters.locate({ id, token: await tokenFor(moved), evenIfDifferent: false });
  expect(found).toMatchObject({ status: 'ready', problem: null });
  expect(await adapters.checkFiles()).toEqual({ checked: 1, missing: 0, changed: 0, back: 0 });
  expect(await adapters.locate({ id, token, evenIfDifferent: true })).toMatchObject({ rank: 2 });
  expect(await unnoted()).toEqual([]);
});

test('a file that comes back is ready again by itself', async () => {
  await addPerson();
  const from = writePeft(place('drive'), { seed: 3 });
  await add(from);
  renameSync(from, `${from}-away`);
  expect(await adapters.checkFiles()).toMatchObject({ missing: 1 });
  renameSync(`${from}-away`, from);
  expect(await adapters.checkFiles()).toMatchObject({ missing: 0, back: 1 });
});

test('a file that was changed is looked at anew', async () => {
  await addPerson();
  const from = writePeft(place('changing'), { seed: 3 });
  const id = await add(from);
  writePeft(from, { rank: 2, seed: 3 }, { r: 2 });
  expect(await adapters.checkFiles()).toMatchObject({ changed: 1 });
  const changed = await adapters.inspect(id);
  expect(changed).toMatchObject({
    specialization: { status: 'ready', rank: 2, sha256: null },
    report: { rank: 2 },
  });
  writeFileSync(path.join(from, 'adapter_model.safetensors'), 'nothing of the kind');
  const broken = await adapters.inspect(id);
  expect(broken.specialization).toMatchObject({
    status: 'invalid',
    problem: {
      en: expect.stringMatching(/^This is not a kind of file/),
      de: expect.stringMatching(/^In dieser Art von Datei/),
    },
  });
  writePeft(from, { rank: 2, seed: 3 }, { r: 2 });
  expect((await adapters.inspect(id)).specialization.status).toBe('ready');
});

test('every number is looked at when that is asked for', async () => {
  await addPerson();
  const from = writePeft(place('zeros'));
  const id = await add(from);
  const { jobId } = await adapters.checkWeights(id);
  await jobs.whenStopped(jobId);
  expect((await jobs.get(jobId)).result).toMatchObject({ tensors: 8, zeroTensors: 8, untrainedModules: 4 });
});

test('a scan lists what is in a folder and below, and each can be added from there', async () => {
  await addPerson();
  const root = place('many');
  writePeft(path.join(root, 'a/peft'));
  writeSharded(path.join(root, 'b/sharded'), peftTensors(), 2);
  writeFolder(root, {
    'c/one.safetensors': safetensors(peftTensors()),
    'c/model.safetensors': safetensors([{ name: 'w', dtype: 'F32', shape: [4] }]),
    'd/deep/er/two.gguf': gguf(ggufTensors()),
    'd/notes.txt': 'nothing',
  });
  mkdirSync(path.join(root, 'empty'));
  choose(root);
  const { jobId } = (await adapters.scan()) ?? { jobId: '' };
  await jobs.whenStopped(jobId);
  const page = await adapters.scanned({ jobId, after: 0, limit: 100 });
  expect([page.total, page.isDone]).toEqual([5, true]);
  expect(
    page.adapters
      .map(({ name, rank, refusal }) => [name, rank, refusal?.reason])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ).toEqual([
    ['a/peft', 4, undefined],
    ['b/sharded', 4, undefined],
    ['c/model.safetensors', null, 'full-model'],
    ['c/one.safetensors', 4, undefined],
    ['d/deep/er/two.gguf', 4, undefined],
  ]);
  expect(JSON.stringify(page)).not.toContain(folder);
  const first = page.adapters.find(({ refusal }) => refusal === null);
  const added = await adapters.add({ token: first?.token ?? '', keep: 'reference', to: to('From a scan') });
  await jobs.whenStopped(added.jobId);
  expect((await adapters.scanned({ jobId, after: 4, limit: 9 })).adapters).toHaveLength(1);
});

test('nobody sees what another person has chosen, scanned or added', async () => {
  await addPerson();
  const from = writePeft(place('private'));
  const token = await tokenFor(from);
  const id = await add(from);
  await addPerson();
  await expect(adapters.add({ token, keep: 'reference', to: to('Mine') })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(adapters.inspect(id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await adapters.checkFiles()).toMatchObject({ checked: 0 });
});

const sweep = (startedAt: Date) =>
  sweepCopies(path.join(folder, 'adapters'), new SpecializationRepository(library.newEm()), startedAt);
const later = () => new Date(Date.now() + 60_000);

test('taking another adapter instead of a copy can be undone: the copy is still there', async () => {
  const userId = await addPerson();
  const id = await add(writePeft(place('first'), { seed: 1 }), 'copy', 'Letters');
  const { specialization: before } = await adapters.inspect(id);
  const token = await tokenFor(writePeft(place('second'), { seed: 2 }));
  const { undoId, jobId } = await adapters.add({ token, keep: 'copy', to: { id, version: before.version } });
  await jobs.whenStopped(jobId);
  expect((await adapters.inspect(id)).specialization.sha256).not.toBe(before.sha256);
  await library.undo.run(undoId ?? '');
  const { specialization: after } = await adapters.inspect(id);
  expect([after.status, after.sha256]).toEqual(['ready', before.sha256]);
  // At the next start nothing can be undone any more, and only what is in use stays.
  const home = path.join(folder, 'adapters', userId, id);
  expect(readdirSync(home)).toHaveLength(2);
  // What another library keeps in this folder is not ours, and what came after the start may be a copy being made.
  const strange = path.join(folder, 'adapters', userId, randomUUID(), 'copy');
  mkdirSync(strange, { recursive: true });
  await sweep(new Date(0));
  expect(readdirSync(home)).toHaveLength(2);
  await sweep(later());
  expect(existsSync(strange)).toBe(true);
  expect(readdirSync(home)).toHaveLength(1);
  expect((await adapters.inspect(id)).specialization.status).toBe('ready');
});

test('a copy that could not be removed with its specialization, or with its person, is removed at the next start', async () => {
  const gone = await addPerson();
  await add(writePeft(place('hers'), { seed: 4 }), 'copy', 'Hers');
  const userId = await addPerson();
  const [purged, trashed, kept] = [
    await add(writePeft(place('purged'), { seed: 1 }), 'copy', 'Purged'),
    await add(writePeft(place('trashed'), { seed: 2 }), 'copy', 'Trashed'),
    await add(writePeft(place('kept'), { seed: 3 }), 'copy', 'Kept'),
  ];
  const trash = new SpecializationTrash({ ...library, em: library.newEm() });
  await trash.trash([purged, trashed]);
  expect(await sweep(later())).toBe(0);
  // Neither tells the copies: as if the power had failed in between.
  await trash.purge([purged]);
  await library.users.remove({ id: gone, confirmation: 'Ada' });
  const home = path.join(folder, 'adapters');
  const strange = path.join(home, userId, randomUUID(), 'copy');
  mkdirSync(strange, { recursive: true });
  expect(await sweep(new Date(0))).toBe(0);
  expect(await sweep(later())).toBe(2);
  expect(existsSync(path.join(home, gone))).toBe(false);
  expect(readdirSync(path.join(home, userId)).toSorted()).toEqual(
    [trashed, kept, path.basename(path.dirname(strange))].toSorted(),
  );
  expect((await adapters.inspect(kept)).specialization.status).toBe('ready');
  await trash.restore([trashed]);
  expect((await adapters.inspect(trashed)).specialization.status).toBe('ready');
});

test('an adapter of an unknown model is judged anew once its config.json is there', async () => {
  await addPerson();
  const from = writePeft(place('strange'), { seed: 1 });
  const id = await add(from, 'reference', 'Strange');
  const { specialization, report } = await adapters.inspect(id);
  expect(report?.verdict.kind).not.toBe('fits');
  writeFolder(path.join(folder, 'base-models'), {
    'Llama-3.1-8B-Instruct.json': JSON.stringify({
      hidden_size: tinyModel.hidden,
      num_hidden_layers: tinyModel.layers,
      num_attention_heads: 2,
      num_key_value_heads: 1,
      head_dim: 4,
      intermediate_size: tinyModel.intermediate,
    }),
    'notes.json': '{}',
  });
  expect(await adapters.baseModels()).toMatchObject({
    own: ['Llama-3.1-8B-Instruct'],
    unreadable: ['notes.json'],
  });
  const now = await adapters.inspect(id);
  rmSync(path.join(folder, 'base-models'), { recursive: true });
  expect(now.report?.verdict).toMatchObject({ kind: 'fits' });
  expect(now.specialization.sha256).toBe(specialization.sha256);
});
