import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { newEm } = await openTestDatabase();
const ada = await addPerson(newEm);

test('what goes on with the same writing is saved, and history keeps what was there before it', async () => {
  const { memory } = await ada.memories.create({ content: 'Roses' });
  const { id } = memory;
  let version = 1;
  for (const content of ['Roses w', 'Roses want', 'Roses want sun']) {
    ({ version } = await ada.memories.update({ id, version, content, goesOn: true }));
  }
  const [now] = await ada.memories.findByIds([id]);
  expect(now).toMatchObject({ content: 'Roses want sun', version: 4 });
  expect((await ada.history.list({ id })).map(({ preview, cause }) => [preview, cause])).toEqual([
    ['Roses', 'edit'],
  ]);
  expect(now && now.updatedAt > memory.updatedAt).toBe(true);
  // Another writing, and then one that only says that it goes on.
  ({ version } = await ada.memories.update({ id, version, content: 'Basil' }));
  await ada.handlers.setPinned({ ids: [id], pinned: true });
  expect((await ada.history.list({ id })).map(({ preview }) => preview)).toEqual(['Roses want sun', 'Roses']);
  const compared = await ada.history.compare(id, 1, 4);
  expect(compared.content).toEqual([
    { kind: 'same', text: 'Roses' },
    { kind: 'added', text: ' want sun' },
  ]);
});

test('writing after something else was done begins a version of its own', async () => {
  const { memory } = await ada.memories.create({ content: 'Thyme' });
  const { id } = memory;
  await ada.handlers.setImportance({ ids: [id], importance: 1 });
  await ada.memories.update({ id, version: 2, content: 'Thyme dries', goesOn: true });
  expect((await ada.history.list({ id })).map(({ preview, cause }) => [preview, cause])).toEqual([
    ['Thyme', 'edit'],
    ['Thyme', 'bulk'],
  ]);
});

test('what says the very same is found, apart from the memory itself and from the trash', async () => {
  const { memory: one } = await ada.memories.create({ content: 'The valve is behind the shed.' });
  const { memory: other } = await ada.memories.create({ content: 'The valve is behind the shed.' });
  const same = (text: Partial<Parameters<typeof ada.memories.findSame>[0]>) =>
    ada.memories.findSame({ content: 'The valve is behind the shed.', title: null, ...text });
  expect(await same({})).toEqual([one.id, other.id]);
  expect(await same({ exceptId: one.id, title: 'Valve' })).toEqual([other.id]);
  expect(await same({ content: 'The valve is behind the shed' })).toEqual([]);
  expect(await same({ content: ' \n' })).toEqual([]);
  await ada.handlers.trash({ ids: [other.id] });
  expect(await same({ exceptId: one.id })).toEqual([]);
});
