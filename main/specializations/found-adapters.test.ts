import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readdirSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromJsonText } from '../../shared/text/json-text.ts';
import { peftTensors, safetensors, writeFolder, writePeft } from '../adapters/testing.ts';
import { openTestLibrary } from '../users/testing.ts';
import { AdapterRecords } from './adapter-records.ts';
import { AdapterScans } from './adapter-scans.ts';
import { FoundAdapters } from './found-adapters.ts';
import { openSpecializations } from './testing.ts';

const library = await openTestLibrary();
const { addPerson, undo, unnoted } = library;
const app = openSpecializations(library);
const { adapters, jobs, folder, choose, specializations } = app;
let number = 0;
const place = (name: string) => path.join(folder, `found-${number++}`, name);

async function scan(root: string) {
  choose(root);
  const { jobId } = (await adapters.scan()) ?? { jobId: '' };
  await jobs.whenStopped(jobId);
  return (await adapters.scanned({ jobId, after: 0, limit: 1000 })).adapters;
}

async function addAll(root: string, keep: 'reference' | 'copy' = 'reference') {
  const found = await scan(root);
  const tokens = found.map(({ token }) => token);
  const { jobId } = await adapters.addFound({ tokens, keep });
  await jobs.whenStopped(jobId);
  // What reads them through goes on by itself.
  for (const { job } of await jobs.ofKind('specializations.hashMissing')) await jobs.whenStopped(job.id);
  return { jobId, job: await jobs.get(jobId), outcome: await adapters.addedFound(jobId) };
}

const names = async () =>
  fromJsonText((await specializations.outline({ trashed: false })).rows).map(({ name }) => name);

test('all that a scan found is added by one job, each under a name of its own, and taken back at once', async () => {
  await addPerson();
  const root = place('many');
  for (let i = 0; i < 130; i++) writePeft(path.join(root, `group-${i % 3}`, `lora_${i}`), { seed: i });
  for (const group of ['a', 'b', 'c']) writePeft(path.join(root, group, 'twin'), { seed: 1 });
  await specializations.create({ name: 'Twin', description: '', domain: '', tags: [] });
  const { job, outcome } = await addAll(root);
  expect([job.status, job.progress, job.total]).toEqual(['succeeded', 133, 133]);
  expect(outcome).toMatchObject({ added: 133, failed: 0, failures: [] });
  const added = await names();
  expect(added).toHaveLength(134);
  expect(added.filter((name) => /twin/i.test(name)).toSorted()).toEqual([
    'Twin',
    'twin 2',
    'twin 3',
    'twin 4',
  ]);
  expect(await undo.run(outcome.undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect(await names()).toEqual(['Twin']);
  expect(await unnoted()).toEqual([]);
});

test('what cannot be added is named with its reason, and the rest is there', async () => {
  await addPerson();
  const root = place('mixed');
  writePeft(path.join(root, 'good'), { seed: 1 });
  writeFolder(root, { 'broken.safetensors': safetensors(peftTensors({ seed: 2 })).subarray(0, 400) });
  const { outcome } = await addAll(root);
  expect(outcome).toMatchObject({ added: 1, failed: 1, failures: [{ name: 'broken' }] });
  expect(outcome.failures[0]?.message).toContain('Download or copy it again');
  expect(await names()).toEqual(['good']);
});

test('a name that somebody else gives meanwhile is given to no second one, and nothing is left out', async () => {
  const userId = await addPerson();
  const root = place('raced');
  const places = ['one', 'two', 'three'].map((name) => path.join(root, name));
  for (const [seed, at] of places.entries()) writePeft(at, { seed });
  const { newEm, audit } = library;
  const found = new FoundAdapters({
    em: newEm(),
    audit,
    undo,
    records: new AdapterRecords({ em: newEm(), audit }),
    scans: new AdapterScans(),
    adaptersDir: path.join(folder, 'adapters'),
    baseModelsDir: path.join(folder, 'base-models'),
    hashLater: async () => undefined,
  });
  const outcome = await found.runner().run({
    jobId: randomUUID(),
    userId,
    parameters: { places, keep: 'reference' },
    checkpoint: undefined,
    signal: new AbortController().signal,
    report: () => undefined,
    saveCheckpoint: async () => undefined,
    // The names have been looked at by then.
    async pausePoint() {
      await specializations.create({ name: 'Two', description: '', domain: '', tags: [] });
    },
  });
  expect(outcome).toEqual({ added: 3, failed: 0 });
  expect((await names()).toSorted()).toEqual(['Two', 'one', 'three', 'two 2']);
});

test('copies are made on the way, and nothing of what was found is needed then', async () => {
  const userId = await addPerson();
  const root = place('copied');
  writePeft(path.join(root, 'one'), { seed: 1 });
  writePeft(path.join(root, 'two'), { seed: 2 });
  await addAll(root, 'copy');
  rmSync(root, { recursive: true });
  expect(await adapters.checkFiles()).toMatchObject({ checked: 2, missing: 0 });
  expect(readdirSync(path.join(folder, 'adapters', userId))).toHaveLength(2);
});

test('what another person added is neither told nor taken back', async () => {
  await addPerson();
  const root = place('own');
  writePeft(path.join(root, 'one'), { seed: 1 });
  const { jobId } = await addAll(root);
  await addPerson();
  expect(await adapters.addedFound(jobId)).toEqual({ added: 0, failed: 0, failures: [], undoId: null });
});
