import { expect, test } from 'vitest';
import { newSavedSearch } from '../../shared/schemas/saved-search.ts';
import { openTestLibrary } from '../users/testing.ts';
import { savedSearchHandlers } from './saved-search-handlers.ts';
import { SavedSearchService } from './saved-search-service.ts';

const library = await openTestLibrary();
const { newEm, undo, addPerson, events, unnoted } = library;
const searches = savedSearchHandlers(new SavedSearchService({ ...library, em: newEm() }));
const create = (name: string, query = 'tag:garden') => searches.create({ name, query });
const names = async () => (await searches.list(undefined)).map(({ name }) => name);

test('a search is kept as it was typed, after those that are there', async () => {
  await addPerson();
  const first = await create('Garden', 'tag:garden "raised bed" -weeds\nafter:2026-03');
  const second = await create('Archive');
  expect(await searches.list(undefined)).toEqual([first, second]);
  expect(first).toMatchObject({ name: 'Garden', query: 'tag:garden "raised bed" -weeds\nafter:2026-03' });
  expect(await unnoted()).toEqual([]);
});

test('what cannot be kept of a query is taken off, and what is too long is refused', () => {
  expect(newSavedSearch.parse({ name: ' a ', query: ' x\0y ' })).toEqual({ name: 'a', query: 'xy' });
  expect(newSavedSearch.safeParse({ name: 'a', query: 'x'.repeat(10_001) }).success).toBe(false);
});

test('a name that is taken leads to the search that has it', async () => {
  await addPerson();
  const garden = await create('Garden');
  const yard = await create('Yard');
  const taken = {
    code: 'conflict',
    message: expect.stringContaining('“Garden”'),
    details: { id: garden.id, name: 'Garden' },
  };
  await expect(create('garden')).rejects.toMatchObject(taken);
  await expect(searches.change({ id: yard.id, name: 'GARDEN' })).rejects.toMatchObject(taken);
});

test('name and query change apart from each other, and the same again is no change', async () => {
  await addPerson();
  const { id } = await create('Garden', 'tag:garden');
  expect(await searches.change({ id, name: 'Yard' })).toEqual({ id, name: 'Yard', query: 'tag:garden' });
  expect(await searches.change({ id, query: 'tag:yard' })).toEqual({ id, name: 'Yard', query: 'tag:yard' });
  await searches.change({ id, query: 'tag:yard', name: 'Yard' });
  expect((await events()).slice(-3)).toEqual([
    'created saved_search',
    'changed saved_search name',
    'changed saved_search query',
  ]);
});

test('the order is the person’s; what they did not name comes last', async () => {
  await addPerson();
  const [a, b, c, d] = [await create('a'), await create('b'), await create('c'), await create('d')];
  expect(await searches.reorder({ ids: [d.id, b.id, crypto.randomUUID(), d.id] })).toEqual([d, b, a, c]);
  await create('e');
  expect(await names()).toEqual(['d', 'b', 'a', 'c', 'e']);
  const before = await events();
  await searches.reorder({ ids: [] });
  expect(await events()).toEqual(before);
  expect(await unnoted()).toEqual([]);
});

test('a deleted search comes back to its place', async () => {
  await addPerson();
  const [, b] = [await create('a'), await create('b'), await create('c')];
  const { undoId } = await searches.delete({ id: b.id });
  expect(await names()).toEqual(['a', 'c']);
  expect(await undo.run(undoId)).toEqual({ label: 'Saved search “b” deleted', notUndone: 0 });
  expect(await names()).toEqual(['a', 'b', 'c']);
  expect((await events()).slice(-2)).toEqual(['deleted saved_search', 'restored saved_search']);
  expect(await unnoted()).toEqual([]);
});

test('nobody reaches the searches of somebody else', async () => {
  await addPerson();
  const { id } = await create('Mine');
  await addPerson();
  const gone = { code: 'not_found', message: expect.stringContaining('saved search') };
  await expect(searches.change({ id, name: 'x' })).rejects.toMatchObject(gone);
  await expect(searches.delete({ id })).rejects.toMatchObject(gone);
  expect(await searches.reorder({ ids: [id] })).toEqual([]);
});
