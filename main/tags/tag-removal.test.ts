import { expect, test } from 'vitest';
import { inTransaction } from '../database/transaction.ts';
import { MemoryLinkRepository } from '../memories/memory-link.repository.ts';
import { MemoryVersion } from '../memories/memory-version.entity.ts';
import { MemoryBulkService } from '../memories/memory-bulk-service.ts';
import { MemoryService } from '../memories/memory-service.ts';
import { Memory } from '../memories/memory.entity.ts';
import { allLinks } from '../memories/tag-links.ts';
import { openTestLibrary } from '../users/testing.ts';
import { MemoryTag } from './memory-tag.entity.ts';
import { tagHandlers } from './tag-handlers.ts';
import { TagRemoval } from './tag-removal.ts';
import { TagService } from './tag-service.ts';

const library = await openTestLibrary();
const { em, newEm, undo, addPerson, addMemories, events, unnoted } = library;
const options = { ...library, em: newEm() };
const tags = tagHandlers(new TagService(options), new TagRemoval(options));

const create = (name: string) => tags.create({ name, colour: null });
const versionsOf = async (memory: string) =>
  (await newEm().find(MemoryVersion, { memory }, { orderBy: { number: 'asc' } })).map(
    ({ number, tags: names, cause }) => ({ number, names, cause }),
  );
const memoriesUnder = async (tag: string) =>
  (await newEm().find(MemoryTag, { tag }, { orderBy: { memory: 'asc' } })).map(({ memory }) => memory);

test('a deleted tag leaves its memories, each with a version of before, and comes back as it was', async () => {
  await addPerson();
  const garden = await tags.create({ name: 'Garden', colour: 'green' });
  const memoryIds = await addMemories(3, { tagId: garden.id });
  const [trashed] = await addMemories(1, { tagId: garden.id, trashed: true });
  const [one = '', purged = ''] = memoryIds;
  const { undoId } = await tags.delete({ id: garden.id });
  expect(await tags.list(undefined)).toEqual([]);
  expect(await versionsOf(one)).toEqual([{ number: 1, names: ['Garden'], cause: 'tag' }]);
  expect((await events()).slice(-2)).toEqual(['changed memory tags', 'deleted tag']);
  expect(await unnoted()).toEqual([]);

  await newEm().nativeDelete(Memory, { id: purged });
  expect(await undo.run(undoId)).toEqual({ label: 'Tag “Garden” deleted', notUndone: 1 });
  expect(await tags.list(undefined)).toEqual([{ ...garden, memories: 2 }]);
  expect(await memoriesUnder(garden.id)).toContain(trashed);
  expect(await versionsOf(one)).toEqual([
    { number: 1, names: ['Garden'], cause: 'tag' },
    { number: 2, names: [], cause: 'undo' },
  ]);
  expect(await newEm().findOneOrFail(Memory, one)).toMatchObject({ version: 3 });
  expect((await events()).slice(-2)).toEqual(['restored tag', 'changed memory tags']);
});

test('a tag cannot come back while another has its name', async () => {
  await addPerson();
  const garden = await create('Garden');
  const { undoId } = await tags.delete({ id: garden.id });
  const other = await create('garden');
  await expect(undo.run(undoId)).rejects.toMatchObject({ constraint: 'tag_user_id_name_unique' });
  await tags.change({ id: other.id, name: 'Yard' });
  await undo.run(undoId);
  expect(await tags.list(undefined)).toMatchObject([{ id: garden.id }, { id: other.id }]);
});

test('what was under one tag is under the other after a merge, and apart again after its undo', async () => {
  await addPerson();
  const [garden, yard] = [await create('Garden'), await create('Yard')];
  const onlyGarden = await addMemories(2, { tagId: garden.id });
  const onlyYard = await addMemories(2, { tagId: yard.id });
  const both = await addMemories(2, { tagId: garden.id });
  await new MemoryLinkRepository(newEm()).add(allLinks(both, [yard.id]));
  const { undoId } = await tags.merge({ id: garden.id, intoId: yard.id });
  expect(await tags.list(undefined)).toEqual([{ ...yard, memories: 6 }]);
  expect(await versionsOf(both[0] ?? '')).toEqual([{ number: 1, names: ['Garden', 'Yard'], cause: 'merge' }]);
  expect(await versionsOf(onlyYard[0] ?? '')).toEqual([]);
  expect(await unnoted()).toEqual([]);

  expect(await undo.run(undoId)).toEqual({ label: 'Tag “Garden” merged into “Yard”', notUndone: 0 });
  expect(await memoriesUnder(garden.id)).toEqual([...onlyGarden, ...both].toSorted());
  expect(await memoriesUnder(yard.id)).toEqual([...onlyYard, ...both].toSorted());
  expect(await unnoted()).toEqual([]);
  await expect(tags.merge({ id: yard.id, intoId: yard.id })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('undoing a merge leaves what was put under the other tag by hand since', async () => {
  const memories = new MemoryService(options);
  await addPerson();
  const [garden, yard] = [await create('Garden'), await create('Yard')];
  const [id = '', other = ''] = await addMemories(2, { tagId: garden.id });
  const { undoId } = await tags.merge({ id: garden.id, intoId: yard.id });
  const { version } = await memories.update({ id, version: 2, tags: [] });
  await memories.update({ id, version, tags: ['Yard'] });
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 1 });
  expect(await memoriesUnder(garden.id)).toEqual([id, other].toSorted());
  expect(await memoriesUnder(yard.id)).toEqual([id]);
  expect(await unnoted()).toEqual([]);
});

test('two merges the opposite way at the same moment leave one of the two tags, with everything', async () => {
  await addPerson();
  const [garden, yard] = [await create('Garden'), await create('Yard')];
  await addMemories(5, { tagId: garden.id });
  await addMemories(5, { tagId: yard.id });
  const other = { ...library, em: newEm() };
  const outcomes = await Promise.allSettled([
    tags.merge({ id: garden.id, intoId: yard.id }),
    new TagRemoval(other).merge({ id: yard.id, intoId: garden.id }),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await tags.list(undefined)).toMatchObject([{ memories: 10 }]);
});

test('a tag of a thousand memories goes and comes back in one go', async () => {
  await addPerson();
  const { id } = await create('Everything');
  await addMemories(1000, { tagId: id });
  const { undoId } = await tags.delete({ id });
  expect(await tags.countUntagged(undefined)).toBe(1000);
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 0 });
  expect(await tags.list(undefined)).toMatchObject([{ id, memories: 1000 }]);
});

test('a tag that was deleted is its owner’s to bring back, even when somebody else took over meanwhile', async () => {
  const owner = await addPerson();
  const { id } = await create('Diagnosis');
  const { users } = library;
  const other = await users.create({ name: 'Grace', email: null, session: {} });
  const [{ undoId }] = await Promise.all([tags.delete({ id }), users.switchTo(other.id)]);
  await expect(undo.run(undoId)).rejects.toMatchObject({ code: 'not_found' });
  await users.switchTo(owner);
  expect(await undo.run(undoId)).toMatchObject({ label: 'Tag “Diagnosis” deleted' });
});

/** Does the second while the first has done all and is not saved yet. */
async function during<T>(
  first: (own: ReturnType<typeof newEm>) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<T> {
  const own = newEm();
  const [done, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const saving = inTransaction(own, async () => {
    await first(own);
    done.resolve();
    await release.promise;
  });
  await Promise.race([done.promise, saving]);
  const waiting = second();
  waiting.catch(() => undefined);
  const blocked = `select from pg_stat_activity
    where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`;
  while ((await em.fork().execute<unknown[]>(blocked)).length === 0);
  release.resolve();
  await saving;
  return waiting;
}

test('a tag that goes while a memory is changed leaves a version of the memory as it became', async () => {
  for (const kind of ['delete', 'merge'] as const) {
    await addPerson();
    const [garden, yard] = [await create('Garden'), await create('Yard')];
    const [id = ''] = await addMemories(1, { tagId: garden.id });
    await during(
      (own) => new MemoryBulkService({ ...library, em: own }).tag([id], { names: ['Late'] }),
      () => (kind === 'delete' ? tags.delete(garden) : tags.merge({ id: garden.id, intoId: yard.id })),
    );
    expect((await versionsOf(id)).map(({ names }) => names)).toEqual([['Garden'], ['Garden', 'Late']]);
  }
});

test('a memory that was taken from under a tag while that was deleted does not come back under it', async () => {
  await addPerson();
  const garden = await create('Garden');
  const [id = ''] = await addMemories(1, { tagId: garden.id });
  const { undoId } = await during(
    (own) => new MemoryService({ ...library, em: own }).update({ id, version: 1, tags: [] }),
    () => tags.delete(garden),
  );
  expect(await versionsOf(id)).toMatchObject([{ names: ['Garden'], cause: 'edit' }]);
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 0 });
  expect(await memoriesUnder(garden.id)).toEqual([]);
});

test('merged from one into the next, what was tagged is back under the first when all is undone', async () => {
  await addPerson();
  const [garden, yard, field] = [await create('Garden'), await create('Yard'), await create('Field')];
  const memoryIds = await addMemories(3, { tagId: garden.id });
  const steps = [
    await tags.merge({ id: garden.id, intoId: yard.id }),
    await tags.merge({ id: yard.id, intoId: field.id }),
    await tags.delete(field),
  ];
  for (const { undoId } of steps.toReversed()) expect(await undo.run(undoId)).toMatchObject({ notUndone: 0 });
  expect(await memoriesUnder(garden.id)).toEqual(memoryIds.toSorted());
  for (const { id } of [yard, field]) expect(await memoriesUnder(id)).toEqual([]);
});
