import { expect, test } from 'vitest';
import { newSpecialization } from '../../shared/schemas/specialization.ts';
import { Memory } from '../memories/memory.entity.ts';
import { openTestLibrary } from '../users/testing.ts';
import { SpecializationMemory } from './specialization-memory.entity.ts';
import { openSpecializations } from './testing.ts';

const library = await openTestLibrary();
const { newEm, undo, addPerson, addMemories, events, unnoted } = library;
const { specializations } = openSpecializations(library);

const create = async (name = 'Garden') =>
  (await specializations.create(newSpecialization.parse({ name }))).id;
const roles = async (id: string) => {
  const { memories } = await specializations.memories({ id, limit: 1000 });
  return Object.fromEntries(memories.map((memory) => [memory.id, memory.role]));
};

test('memories are linked in bulk, each in one role, and the link is undone as it was', async () => {
  await addPerson();
  const id = await create();
  const [a = '', b = '', c = ''] = await addMemories(3);
  const link = (memoryIds: string[], role: 'training' | 'reference') =>
    specializations.link({ id, memoryIds, role });
  expect(await link([a, b, b, crypto.randomUUID()], 'training')).toMatchObject({ changed: 2 });
  const { changed, undoId } = await link([a, b, c], 'reference');
  expect(changed).toBe(3);
  expect(await roles(id)).toEqual({ [a]: 'reference', [b]: 'reference', [c]: 'reference' });
  expect(await link([a, b, c], 'reference')).toEqual({ changed: 0, undoId: null });
  expect(await undo.run(undoId ?? '')).toEqual({ label: '3 memories linked to “Garden”', notUndone: 0 });
  expect(await roles(id)).toEqual({ [a]: 'training', [b]: 'training' });
  expect((await events()).slice(-2)).toEqual(['created specialization', 'changed specialization memories']);
  expect(await unnoted()).toEqual([]);
});

test('what is taken out comes back in its role, unless it has gone', async () => {
  await addPerson();
  const id = await create();
  const [a = '', b = '', c = ''] = await addMemories(3);
  await specializations.link({ id, memoryIds: [a], role: 'training' });
  await specializations.link({ id, memoryIds: [b, c], role: 'reference' });
  const { changed, undoId } = await specializations.unlink({ id, memoryIds: [a, b, c] });
  expect(changed).toBe(3);
  expect(await roles(id)).toEqual({});
  await newEm().nativeDelete(Memory, { id: c });
  expect(await undo.run(undoId ?? '')).toEqual({ label: '3 memories taken out of “Garden”', notUndone: 1 });
  expect(await roles(id)).toEqual({ [a]: 'training', [b]: 'reference' });
  expect(await specializations.unlink({ id, memoryIds: [c] })).toEqual({ changed: 0, undoId: null });
  expect(await unnoted()).toEqual([]);
});

test('the memories of a specialization come page by page, youngest first, without the trash', async () => {
  await addPerson();
  const id = await create();
  const ids = (await addMemories(5)).toSorted();
  const trashed = await addMemories(2, { trashed: true });
  await specializations.link({ id, memoryIds: [...ids.slice(0, 4), ...trashed], role: 'training' });
  await specializations.link({ id, memoryIds: ids.slice(4), role: 'reference' });
  const first = await specializations.memories({ id, limit: 3 });
  expect(first.nextCursor).toBe(ids[2]);
  const second = await specializations.memories({ id, limit: 3, cursor: first.nextCursor ?? '' });
  expect([...first.memories, ...second.memories].map((memory) => memory.id)).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeNull();
  const training = await specializations.memories({ id, limit: 10, role: 'training' });
  expect(training.memories.map((memory) => memory.id)).toEqual(ids.slice(0, 4).toReversed());
  expect(await specializations.find({ ids: [id] })).toMatchObject([{ training: 4, reference: 1 }]);
});

test('a memory knows what it belongs to', async () => {
  await addPerson();
  const [garden, yard, gone] = [await create('Garden'), await create('Yard'), await create('Gone')];
  const memoryIds = await addMemories(1);
  for (const id of [garden, yard, gone]) await specializations.link({ id, memoryIds, role: 'reference' });
  await specializations.trash({ ids: [gone] });
  expect(await specializations.ofMemory({ memoryId: memoryIds[0] ?? '' })).toEqual([
    { id: yard, name: 'Yard', role: 'reference' },
    { id: garden, name: 'Garden', role: 'reference' },
  ]);
  await expect(specializations.link({ id: gone, memoryIds, role: 'training' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('trash'),
  });
});

test('a specialization that comes back from the trash has its memories; one that is purged leaves them', async () => {
  await addPerson();
  const id = await create();
  const memoryIds = await addMemories(2);
  await specializations.link({ id, memoryIds, role: 'training' });
  await specializations.trash({ ids: [id] });
  await specializations.restore({ ids: [id] });
  expect(Object.keys(await roles(id))).toHaveLength(2);
  await specializations.trash({ ids: [id] });
  await specializations.purge({ ids: [id] });
  expect(await newEm().count(SpecializationMemory, { specialization: id })).toBe(0);
  expect(await newEm().count(Memory, { id: { $in: memoryIds } })).toBe(2);
  expect((await events()).at(-1)).toBe('purged specialization');
});

test('nobody links what is somebody else’s', async () => {
  await addPerson();
  const theirs = await create('Theirs');
  const theirMemories = await addMemories(2);
  await specializations.link({ id: theirs, memoryIds: theirMemories, role: 'training' });
  await addPerson();
  const mine = await create('Mine');
  const outcome = await specializations.link({ id: mine, memoryIds: theirMemories, role: 'training' });
  expect(outcome).toEqual({ changed: 0, undoId: null });
  const gone = { code: 'not_found', message: expect.stringContaining('specialization') };
  await expect(specializations.unlink({ id: theirs, memoryIds: theirMemories })).rejects.toMatchObject(gone);
  expect(await roles(theirs)).toEqual({});
  expect(await specializations.ofMemory({ memoryId: theirMemories[0] ?? '' })).toEqual([]);
});

test('undoing a link leaves what was linked otherwise, or taken out, since', async () => {
  await addPerson();
  const id = await create();
  const [fresh = '', had = '', out = ''] = await addMemories(3);
  await specializations.link({ id, memoryIds: [had, out], role: 'reference' });
  const first = await specializations.link({ id, memoryIds: [fresh, had, out], role: 'training' });
  await specializations.link({ id, memoryIds: [fresh], role: 'reference' });
  await specializations.unlink({ id, memoryIds: [out] });
  expect(await undo.run(first.undoId ?? '')).toMatchObject({ notUndone: 2 });
  expect(await roles(id)).toEqual({ [fresh]: 'reference', [had]: 'reference' });
});

test('undoing that memories were taken out leaves the roles of those linked again since', async () => {
  await addPerson();
  const id = await create();
  const [a = '', b = ''] = await addMemories(2);
  await specializations.link({ id, memoryIds: [a, b], role: 'training' });
  const { undoId } = await specializations.unlink({ id, memoryIds: [a, b] });
  await specializations.link({ id, memoryIds: [a], role: 'reference' });
  expect(await undo.run(undoId ?? '')).toMatchObject({ notUndone: 1 });
  expect(await roles(id)).toEqual({ [a]: 'reference', [b]: 'training' });
});
