import { expect, test } from 'vitest';
import { newSpecialization } from '../../shared/schemas/specialization.ts';
import { openTestLibrary } from '../users/testing.ts';
import { openSpecializations } from './testing.ts';
import { SpecializationService } from './specialization-service.ts';
import { SpecializationTrash } from './specialization-trash.ts';
import { Specialization } from './specialization.entity.ts';

const library = await openTestLibrary();
const { newEm, undo, addPerson, events, unnoted } = library;
const options = { ...library, em: newEm() };
const service = new SpecializationService(options);
const trash = new SpecializationTrash(options);
const { specializations } = openSpecializations(library);

const create = (name: string) => specializations.create(newSpecialization.parse({ name }));
const list = async (trashed = false) => (await specializations.list({ trashed, limit: 50 })).specializations;
const adapter = {
  modelPath: '/home/ada/adapters/garden.safetensors',
  format: 'safetensors',
  baseModel: 'a base',
  rank: 16,
  alpha: 32.5,
  targetModules: ['q_proj', 'say "v", \\ {x}'],
  dtype: 'F16',
  parameterCount: 2 ** 33,
  fileSizeBytes: 2 ** 34,
  sha256: 'ab'.repeat(32),
  tensorHash: 'cd'.repeat(32),
  adapterConfig: { r: 16, base_model_name_or_path: '/home/ada/base' },
  status: 'ready',
  problem: null,
} as const;

test('a specialization begins as a draft, and says what it is for', async () => {
  await addPerson();
  const input = newSpecialization.parse({
    name: ' Garden ',
    description: 'What grows.\r\nAnd when.',
    domain: '  soil  ',
  });
  const made = await specializations.create(input);
  expect(made).toMatchObject({
    name: 'Garden',
    description: 'What grows.\nAnd when.',
    domain: 'soil',
    status: 'draft',
    version: 1,
    format: null,
    deletedAt: null,
  });
  const { undoId: _undo, ...shown } = made;
  expect(await list()).toEqual([{ ...shown, training: 0, reference: 0 }]);
  expect(await specializations.find({ ids: [crypto.randomUUID(), made.id] })).toMatchObject([
    { id: made.id },
  ]);
  expect(await unnoted()).toEqual([]);
});

test('what its file says is kept as it was said, and no path leaves', async () => {
  await addPerson();
  const made = await service.create({ ...newSpecialization.parse({ name: 'Garden' }), ...adapter });
  const { modelPath, adapterConfig, ...facts } = adapter;
  expect(made).toMatchObject(facts);
  expect(JSON.stringify([made, await list()])).not.toContain('/home');
  expect(await newEm().findOneOrFail(Specialization, made.id)).toMatchObject({ modelPath, adapterConfig });

  const again = await service.update({ id: made.id, version: 1, ...adapter });
  expect(again).toEqual({ ...made, undoId: null });
  const missing = await service.update({
    id: made.id,
    version: 1,
    status: 'missing',
    problem: 'The file is not there.',
    targetModules: null,
    adapterConfig: null,
  });
  expect(missing).toMatchObject({ version: 2, status: 'missing', targetModules: null, rank: 16 });
  expect((await events()).at(-1)).toBe('changed specialization target_modules adapter_config status problem');
  expect(await unnoted()).toEqual([]);
});

test('who saves must have seen the latest', async () => {
  await addPerson();
  const { id } = await create('Garden');
  const seen = await specializations.update({ id, version: 1, name: 'Yard', domain: 'soil' });
  expect(seen).toMatchObject({ version: 2, name: 'Yard', domain: 'soil' });
  await expect(specializations.update({ id, version: 1, name: 'Lawn' })).rejects.toMatchObject({
    code: 'conflict',
    details: { id, version: 2, name: 'Yard', domain: 'soil' },
  });
  expect(await specializations.update({ id, version: 2, name: 'Yard' })).toEqual({ ...seen, undoId: null });
  expect((await events()).slice(-2)).toEqual([
    'created specialization',
    'changed specialization name domain',
  ]);
});

test('a name is taken until its specialization is in the trash', async () => {
  await addPerson();
  const garden = await create('Garden');
  const yard = await create('Yard');
  const taken = (name: string, id: string) => ({
    code: 'conflict',
    message: expect.stringContaining(`“${name}”`),
    details: { id, name },
  });
  await expect(create('GARDEN')).rejects.toMatchObject(taken('Garden', garden.id));
  const renaming = specializations.update({ id: yard.id, version: 1, name: 'garden' });
  await expect(renaming).rejects.toMatchObject(taken('Garden', garden.id));

  const { undoId } = await specializations.trash({ ids: [garden.id] });
  const second = await create('garden');
  await expect(specializations.restore({ ids: [garden.id, yard.id] })).rejects.toMatchObject(
    taken('garden', second.id),
  );
  await expect(undo.run(undoId ?? '')).rejects.toMatchObject({ code: 'conflict' });
  await specializations.update({ id: second.id, version: 1, name: 'Lawn' });
  expect(await undo.run(undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect((await list()).map(({ name }) => name)).toEqual(['Lawn', 'Yard', 'Garden']);

  await specializations.trash({ ids: [second.id, garden.id] });
  await newEm().nativeUpdate(Specialization, { id: second.id }, { name: 'garden' });
  const both = specializations.restore({ ids: [second.id, garden.id] });
  await expect(both).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('arden”') });
});

test('the trash keeps everything until it is emptied', async () => {
  await addPerson();
  const [a, b, c] = [await create('a'), await create('b'), await create('c')];
  const trashed = await specializations.trash({ ids: [a.id, b.id, crypto.randomUUID()] });
  expect(trashed).toEqual({ changed: 2, undoId: expect.any(String) });
  expect((await list()).map(({ name }) => name)).toEqual(['c']);
  expect((await list(true)).map(({ name }) => name)).toEqual(['b', 'a']);
  await expect(specializations.update({ id: a.id, version: 1, name: 'x' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('trash'),
  });
  const restored = await specializations.restore({ ids: [a.id, b.id, c.id] });
  expect(restored.changed).toBe(2);
  expect(await undo.run(restored.undoId ?? '')).toEqual({
    label: '2 specializations restored',
    notUndone: 0,
  });
  expect(await specializations.trash({ ids: [a.id] })).toEqual({ changed: 0, undoId: null });
  expect(await specializations.purge({ ids: [a.id, c.id] })).toEqual({ purged: 1 });
  expect(await specializations.find({ ids: [a.id, b.id, c.id] })).toMatchObject([{ id: b.id }, { id: c.id }]);
  expect(await undo.run(trashed.undoId ?? '')).toEqual({
    label: '2 specializations moved to the trash',
    notUndone: 1,
  });
  expect(await unnoted()).toEqual([]);
});

test('what has been in the trash for long enough goes for good', async () => {
  const dayMs = 24 * 60 * 60 * 1000;
  const userId = await addPerson();
  const [old, young] = [await create('old'), await create('young')];
  await specializations.trash({ ids: [old.id, young.id] });
  const longAgo = { deletedAt: new Date(Date.now() - 20 * dayMs) };
  await newEm().nativeUpdate(Specialization, { id: old.id }, longAgo);
  const patient = await addPerson();
  const theirs = await create('old');
  await specializations.trash({ ids: [theirs.id] });
  await newEm().nativeUpdate(Specialization, { id: theirs.id }, longAgo);
  // The one is away while the other is at work: each keeps things for as long as they said.
  const keepDays = new Map([
    [userId, 10],
    [patient, 30],
  ]);
  expect(await trash.purgeExpired(async (id) => keepDays.get(id) ?? null)).toBe(1);
  expect((await list(true)).map(({ id }) => id)).toEqual([theirs.id]);
  await library.users.switchTo(userId);
  expect((await list(true)).map(({ name }) => name)).toEqual(['young']);
  expect((await events()).at(-1)).toBe('app purged specialization');
});

test('the list goes on where it stopped, newest first', async () => {
  await addPerson();
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push((await create(`number ${n}`)).id);
  await newEm().nativeUpdate(Specialization, { id: { $in: ids } }, { createdAt: new Date(0) });
  const first = await specializations.list({ trashed: false, limit: 3 });
  const rest = await specializations.list({
    trashed: false,
    limit: 3,
    ...(first.nextCursor && { cursor: first.nextCursor }),
  });
  const listed = [...first.specializations, ...rest.specializations].map(({ id }) => id);
  expect(listed).toEqual(ids.toReversed());
  expect(rest.nextCursor).toBeNull();
});

test('nobody reaches the specializations of somebody else', async () => {
  await addPerson();
  const { id } = await create('Mine');
  await addPerson();
  const gone = { code: 'not_found', message: expect.stringContaining('specialization') };
  await expect(specializations.update({ id, version: 1, name: 'x' })).rejects.toMatchObject(gone);
  expect(await specializations.trash({ ids: [id] })).toEqual({ changed: 0, undoId: null });
  expect(await specializations.find({ ids: [id] })).toEqual([]);
  expect(await list()).toEqual([]);
});

test('what was thrown away again on purpose stays in the trash when the first time is undone', async () => {
  await addPerson();
  const { id } = await create('Garden');
  const first = await specializations.trash({ ids: [id] });
  await specializations.restore({ ids: [id] });
  await specializations.trash({ ids: [id] });
  expect(await undo.run(first.undoId ?? '')).toMatchObject({ notUndone: 1 });
  expect(await list()).toEqual([]);
});

test('thrown away and restored, it is back where it was when both are undone', async () => {
  await addPerson();
  const { id } = await create('Garden');
  const trashed = await specializations.trash({ ids: [id] });
  const [inTrash] = await list(true);
  const restored = await specializations.restore({ ids: [id] });
  await undo.run(restored.undoId ?? '');
  expect((await list(true))[0]?.deletedAt).toBe(inTrash?.deletedAt);
  expect(await undo.run(trashed.undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect(await list()).toMatchObject([{ id }]);
});
