import { expect, test } from 'vitest';
import { tagName } from '../../shared/schemas/tag.ts';
import { openTestLibrary } from '../users/testing.ts';
import { tagHandlers } from './tag-handlers.ts';
import { TagRemoval } from './tag-removal.ts';
import { TagService } from './tag-service.ts';

const library = await openTestLibrary();
const { newEm, addPerson, addMemories, events, unnoted } = library;
const options = { ...library, em: newEm() };
const tags = tagHandlers(new TagService(options), new TagRemoval(options));

test('a tag has one written form, whatever was typed', () => {
  const parsed = (name: string) => tagName.safeParse(name).data;
  expect(parsed('  Garden \t\n tools ')).toBe('Garden tools');
  expect(parsed('a\u00a0b')).toBe('a b');
  expect(parsed('Cafe\u0301')).toBe('Café');
  expect(parsed('zero\u200bwidth\u0000 \u202eevil\ud800')).toBe('zerowidth evil');
  for (const name of ['👩‍🌾', '🇩🇪', '#️⃣', 'ᄒ', 'ж', '中', '☂']) expect(parsed(name)).toBe(name);
  for (const name of ['', '  ', '\u200d', '\u3164', '\uffa0 \u115f', '\u2800', '\u0301', 'x'.repeat(101)])
    expect(tagName.safeParse(name).success).toBe(false);
  expect(parsed(` ${'x'.repeat(100)} `)).toHaveLength(100);
});

test('tags are listed by their names, as a person sorts, with the memories that are not in the trash', async () => {
  await addPerson();
  const [ten, two, elan] = [
    await tags.create({ name: 'Week 10', colour: null }),
    await tags.create({ name: 'week 2', colour: 'red' }),
    await tags.create({ name: 'élan', colour: null }),
  ];
  await addMemories(3, { tagId: two.id });
  await addMemories(2, { tagId: two.id, trashed: true });
  await addMemories(4);
  expect(await tags.list(undefined)).toEqual([
    { ...elan, memories: 0 },
    { ...two, memories: 3 },
    { ...ten, memories: 0 },
  ]);
  expect(await tags.countUntagged(undefined)).toBe(4);
});

test('a name that is taken leads to the tag that has it', async () => {
  await addPerson();
  const garden = await tags.create({ name: 'Garden', colour: null });
  const yard = await tags.create({ name: 'yard', colour: null });
  const taken = {
    code: 'conflict',
    message: expect.stringContaining('“Garden”'),
    details: { id: garden.id, name: 'Garden' },
  };
  await expect(tags.create({ name: 'GARDEN', colour: null })).rejects.toMatchObject(taken);
  await expect(tags.change({ id: yard.id, name: 'garden' })).rejects.toMatchObject(taken);
  expect(await tags.change({ id: garden.id, name: 'GARDEN' })).toMatchObject({ name: 'GARDEN' });
  expect((await events()).slice(-2)).toEqual(['created tag', 'changed tag name']);
});

test('a colour is chosen and taken off again, and choosing the same is no change', async () => {
  await addPerson();
  const { id } = await tags.create({ name: 'Garden', colour: 'green' });
  expect(await tags.change({ id, colour: 'teal' })).toEqual({ id, name: 'Garden', colour: 'teal' });
  expect(await tags.change({ id, colour: 'teal', name: 'Garden' })).toMatchObject({ colour: 'teal' });
  expect(await tags.change({ id, colour: null })).toMatchObject({ colour: null });
  expect((await events()).slice(-2)).toEqual(['created tag', 'changed tag colour']);
  expect(await unnoted()).toEqual([]);
});

test('nobody reaches the tags of somebody else', async () => {
  await addPerson();
  const mine = await tags.create({ name: 'Garden', colour: null });
  await addPerson();
  const yours = await tags.create({ name: 'Garden', colour: null });
  const gone = { code: 'not_found', message: expect.stringContaining('tag') };
  await expect(tags.change({ id: mine.id, name: 'x' })).rejects.toMatchObject(gone);
  await expect(tags.delete({ id: mine.id })).rejects.toMatchObject(gone);
  await expect(tags.merge({ id: mine.id, intoId: yours.id })).rejects.toMatchObject(gone);
  await expect(tags.merge({ id: yours.id, intoId: mine.id })).rejects.toMatchObject(gone);
  expect(await tags.list(undefined)).toMatchObject([{ id: yours.id }]);
});
