import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fromJsonText } from '../../shared/text/json-text.ts';
import { specializationSearchRequest } from '../../shared/schemas/specialization-search.ts';
import { newSpecialization } from '../../shared/schemas/specialization.ts';
import { writePeft } from '../adapters/testing.ts';
import { openTestLibrary } from '../users/testing.ts';
import { openSpecializations } from './testing.ts';

const library = await openTestLibrary();
const { addPerson, addMemories, undo, events, unnoted } = library;
const { specializations, adapters, jobs, folder } = openSpecializations(library);
let number = 0;

async function add(name: string, made: Parameters<typeof writePeft>[1] = { seed: 1 }) {
  const from = writePeft(path.join(folder, String(number++), name), made);
  const { token } = await adapters.offer(from);
  const added = await specializations.addAdapter({
    token,
    keep: 'reference',
    to: newSpecialization.parse({ name }),
  });
  await jobs.whenStopped(added.jobId);
  return { ...added, from, id: added.specialization.id };
}
const rows = async (trashed = false) => fromJsonText((await specializations.outline({ trashed })).rows);

test('all are listed at once, the newest first, with what one sorts and filters by', async () => {
  await addPerson();
  const { id } = await specializations.create(
    newSpecialization.parse({ name: 'Draft', domain: 'law', tags: ['a', 'A', ' b '] }),
  );
  await add('law v1');
  const memoryIds = await addMemories(3);
  await specializations.link({ id, memoryIds: memoryIds.slice(0, 2), role: 'training' });
  await specializations.link({ id, memoryIds: memoryIds.slice(2), role: 'reference' });
  expect(await rows()).toMatchObject([
    {
      name: 'law v1',
      format: 'safetensors',
      rank: 4,
      targets: ['q_proj', 'v_proj'],
      isCopy: false,
      training: 0,
    },
    {
      name: 'Draft',
      domain: 'law',
      tags: ['A', 'b'],
      status: 'draft',
      training: 2,
      reference: 1,
      group: null,
    },
  ]);
  expect(JSON.stringify(await rows())).not.toContain(folder);
});

test('versions of one adapter are grouped, and two can be compared', async () => {
  await addPerson();
  const first = await add('law v1', { seed: 1 });
  const second = await add('law v2', { seed: 2, rank: 8 });
  const copy = await add('something else', { seed: 1 });
  await add('tax', { seed: 3 });
  expect((await rows()).map(({ name, group }) => [name, group])).toEqual([
    ['tax', null],
    ['something else', first.id],
    ['law v2', first.id],
    ['law v1', first.id],
  ]);
  const [memory = ''] = await addMemories(1);
  for (const { id } of [first, second])
    await specializations.link({ id, memoryIds: [memory], role: 'training' });
  const compared = await specializations.compare({ ids: [first.id, second.id] });
  expect(compared).toMatchObject({ sameWeights: false, sameVersions: true, sharedMemories: 1 });
  expect(compared.differences).toContainEqual({ field: 'rank', left: '4', right: '8' });
  expect(compared.differences.map(({ field }) => field)).not.toContain('targets');
  expect((await specializations.compare({ ids: [first.id, copy.id] })).sameWeights).toBe(true);
});

test('what was changed is undone, but for what was changed again since', async () => {
  await addPerson();
  const made = await specializations.create(
    newSpecialization.parse({ name: 'Law', domain: 'a', tags: ['x'] }),
  );
  const changed = await specializations.update({
    id: made.id,
    version: made.version,
    name: 'Tax',
    domain: 'b',
    tags: ['y', 'z'],
  });
  expect(changed.tags).toEqual(['y', 'z']);
  const again = await specializations.update({ id: made.id, version: changed.version, domain: 'c' });
  expect(await undo.run(changed.undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect((await specializations.find({ ids: [made.id] }))[0]).toMatchObject({
    name: 'Law',
    domain: 'c',
    tags: ['x'],
  });
  expect(await undo.run(again.undoId ?? '')).toMatchObject({ notUndone: 0 });
  const [now] = await specializations.find({ ids: [made.id] });
  expect(now?.domain).toBe('b');
  expect(
    (await specializations.update({ id: made.id, version: now?.version ?? 0, name: 'Law' })).undoId,
  ).toBe(null);
  expect((await events()).slice(-2)).toEqual([
    'changed specialization name tags',
    'changed specialization domain',
  ]);
  expect(await unnoted()).toEqual([]);
});

test('adding is undone into the trash, and giving an adapter or locating it takes back the one before', async () => {
  await addPerson();
  const made = await specializations.create(newSpecialization.parse({ name: 'Law' }));
  const from = writePeft(path.join(folder, String(number++), 'given'), { seed: 5 });
  const { token } = await adapters.offer(from);
  const given = await specializations.addAdapter({
    token,
    keep: 'copy',
    to: { id: made.id, version: made.version },
  });
  await jobs.whenStopped(given.jobId);
  expect((await rows())[0]).toMatchObject({ format: 'safetensors', isCopy: true });
  expect(await undo.run(given.undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect((await rows())[0]).toMatchObject({ format: null, status: 'draft', isCopy: false });

  const added = await add('moved', { seed: 6 });
  const moved = `${added.from} elsewhere`;
  renameSync(added.from, moved);
  const located = await specializations.locateAdapter({
    id: added.id,
    token: (await adapters.offer(moved)).token,
    evenIfDifferent: false,
  });
  expect(located.status).toBe('ready');
  await undo.run(located.undoId ?? '');
  expect((await specializations.inspect({ id: added.id })).specialization.status).toBe('missing');
  await undo.run(added.undoId ?? '');
  expect((await rows(true)).map(({ name }) => name)).toEqual(['moved']);
  expect(await unnoted()).toEqual([]);
});

test('without a model, specializations are found by their words and what their files say', async () => {
  await addPerson();
  const { id } = await add('Contract law', { seed: 7 });
  await add('Cooking', { seed: 8 });
  const search = (text: string) =>
    specializations.search(specializationSearchRequest.parse({ text, caret: null }));
  expect(await search('contract')).toMatchObject({
    hits: [{ specialization: { id }, matchedWords: ['contract'], isRelevant: true, meaning: null }],
    meaning: { state: 'loading' },
  });
  const names = async (text: string) => (await search(text)).hits.map((hit) => hit.specialization.name);
  expect(await names('base:llama rank:>=4 target:Q_proj format:safetensors missing:no dtype:f32')).toEqual([
    'Cooking',
    'Contract law',
  ]);
  expect(await names('rank:>4')).toEqual([]);
  expect(await names('target:k_proj')).toEqual([]);
  expect(await names('-target:q_proj')).toEqual([]);
  expect(await names('is:copied')).toEqual([]);
  expect(await names('-is:copied -is:dora -is:linked size:>1kb params:<1m contract')).toEqual([
    'Contract law',
  ]);
  expect(await specializations.recommend({ text: 'contract' })).toMatchObject({
    best: { specialization: { id }, matchedWords: ['contract'] },
    meaning: 'loading',
  });
  expect(await specializations.suggestMemories({ id, limit: 5 })).toEqual({ waiting: true, suggestions: [] });
});
