import { expect, test } from 'vitest';
import type { MemoryDto, NewMemory } from '../../shared/schemas/memory.ts';
import { AuditEvent } from '../audit/audit-event.entity.ts';
import { openTestDatabase } from '../database/testing.ts';
import { Tag } from '../tags/tag.entity.ts';
import { MemoryVersion } from './memory-version.entity.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories, bulk, undo, userId } = person;

async function addMemories(...all: NewMemory[]): Promise<string[]> {
  const made = [];
  for (const one of all) made.push((await memories.create({ content: 'Something', ...one })).memory.id);
  return made;
}
const read = (ids: string[]) => memories.findByIds(ids);
const tagsOf = async (ids: string[]) => (await read(ids)).map(({ tags }) => tags.map(({ name }) => name));
const tagId = async (name: string) => (await newEm().findOneOrFail(Tag, { user: userId, name })).id;
const versionsOf = (ids: string[]) =>
  newEm().find(MemoryVersion, { memory: ids }, { orderBy: { memory: 'asc', number: 'asc' } });
/** But for what each change counts. */
const withoutVersions = (all: MemoryDto[]) => all.map((memory) => ({ ...memory, version: 0, updatedAt: '' }));

test('what is deleted is in the trash with all that belongs to it, and comes back with it', async () => {
  const sessionId = await person.addSession();
  const ids = await addMemories({ tags: ['a', 'b'], sessionId }, { pinned: true }, {});
  const before = await read(ids);
  const { changed, undoId } = await bulk.trash(ids);
  expect([changed, undoId]).toEqual([3, expect.any(String)]);
  const inTrash = await read(ids);
  expect(inTrash.map(({ deletedAt }) => typeof deletedAt)).toEqual(['string', 'string', 'string']);
  expect(withoutVersions(inTrash).map((memory) => ({ ...memory, deletedAt: null }))).toEqual(
    withoutVersions(before),
  );
  expect(await memories.count({ sessionId })).toBe(0);
  expect(await memories.count({ tagIds: [await tagId('a')] })).toBe(0);
  expect(await memories.count({ tagIds: [await tagId('a')], trashed: true })).toBe(1);

  expect(await bulk.restore(ids)).toMatchObject({ changed: 3 });
  expect(withoutVersions(await read(ids))).toEqual(withoutVersions(before));
  expect(await memories.count({ tagIds: [await tagId('a')] })).toBe(1);
  const events = await newEm().find(AuditEvent, { entityId: ids[0] }, { orderBy: { sequence: 'asc' } });
  expect(events.map(({ action, fields }) => [action, ...fields])).toEqual([
    ['created'],
    ['trashed', 'deleted_at'],
    ['restored', 'deleted_at'],
  ]);
  expect(await versionsOf(ids)).toEqual([]);
});

test('a memory in the trash cannot be changed, and says so', async () => {
  const [id = ''] = await addMemories({});
  await bulk.trash([id]);
  const [memory] = await read([id]);
  await expect(memories.update({ id, version: 2, content: 'Else' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('in the trash'),
    details: memory,
  });
  for (const change of [
    bulk.setPinned([id], true),
    bulk.setImportance([id], 1),
    bulk.moveToSession([id], await person.addSession()),
    bulk.tag([id], { names: ['a'] }),
    bulk.untag([id], []),
  ]) {
    expect(await change).toEqual({ changed: 0, undoId: null });
  }
  expect(await read([id])).toEqual([memory]);
});

test('what is in the trash already keeps its date, and has it again when its restoring is undone', async () => {
  const ids = await addMemories({}, {});
  await bulk.trash(ids.slice(0, 1));
  const [first] = await read(ids);
  expect(await bulk.trash(ids)).toMatchObject({ changed: 1 });
  expect((await read(ids))[0]).toEqual(first);
  await em.execute(`update memory set deleted_at = now() - interval '29 days' where id = ?`, [ids[0]]);
  const dates = (await read(ids)).map(({ deletedAt }) => deletedAt);
  const { undoId } = await bulk.restore(ids);
  expect(await undo.run(undoId ?? '')).toEqual({ label: '2 memories restored', notUndone: 0 });
  expect((await read(ids)).map(({ deletedAt }) => deletedAt)).toEqual(dates);
});

test('everything done to many can be undone, in any order', async () => {
  const [from, to] = [await person.addSession(), await person.addSession()];
  const ids = await addMemories(
    { tags: ['kept', 'gone'], importance: 0.1, sessionId: from },
    { tags: ['gone'], importance: 0.2, pinned: true },
    { importance: 0.7, sessionId: to },
  );
  const before = await read(ids);
  const outcomes = [
    await bulk.tag(ids, { tagIds: [await tagId('kept')], names: ['new', 'NEW'] }),
    await bulk.untag(ids, [await tagId('gone')]),
    await bulk.setImportance(ids, 0.7),
    await bulk.moveToSession(ids, to),
    await bulk.setPinned(ids, true),
    await bulk.trash(ids),
  ];
  expect(outcomes.map(({ changed }) => changed)).toEqual([3, 2, 2, 2, 2, 3]);
  const after = await read(ids);
  expect(after).toMatchObject([
    { importance: 0.7, sessionId: to, pinned: true, tags: [{ name: 'kept' }, { name: 'new' }] },
    { importance: 0.7, sessionId: to, pinned: true, tags: [{ name: 'kept' }, { name: 'new' }] },
    { importance: 0.7, sessionId: to, pinned: true, tags: [{ name: 'kept' }, { name: 'new' }] },
  ]);
  const [trashed, ...others] = outcomes.toReversed();
  const undone = [];
  for (const outcome of [trashed, ...others.toReversed()]) undone.push(await undo.run(outcome?.undoId ?? ''));
  expect(undone).toEqual([
    { label: '3 memories moved to the trash', notUndone: 0 },
    { label: '3 memories tagged', notUndone: 0 },
    { label: '2 memories taken from under a tag', notUndone: 0 },
    { label: '2 memories given another importance', notUndone: 0 },
    { label: '2 memories moved to another session', notUndone: 0 },
    { label: '2 memories pinned', notUndone: 0 },
  ]);
  expect(withoutVersions(await read(ids))).toEqual(withoutVersions(before));
});

test('changes of importance and tags leave versions, and so does their undo', async () => {
  const [id = ''] = await addMemories({ importance: 0.1, tags: ['a'] });
  const { undoId } = await bulk.setImportance([id], 0.9);
  await bulk.tag([id], { names: ['b'] });
  await undo.run(undoId ?? '');
  expect(
    (await versionsOf([id])).map(({ number, importance, tags, cause }) => [number, importance, tags, cause]),
  ).toEqual([
    [1, 0.1, ['a'], 'bulk'],
    [2, 0.9, ['a'], 'bulk'],
    [3, 0.9, ['a', 'b'], 'undo'],
  ]);
  expect((await read([id]))[0]).toMatchObject({ version: 4, importance: 0.1 });
});

test('an undo leaves what was changed since, and says how much', async () => {
  const ids = await addMemories(
    { importance: 0.1 },
    { importance: 0.2 },
    { importance: 0.3 },
    { importance: 0.4 },
  );
  const [one = '', two = '', three = '', four = ''] = ids;
  const important = await bulk.setImportance(ids, 0.8);
  const tagged = await bulk.tag(ids, { names: ['later'] });
  await memories.update({ id: one, version: 3, importance: 0.5, tags: [] });
  // Another part of the memory: the undo may take back its own.
  await memories.update({ id: two, version: 3, content: 'Written since' });
  await bulk.trash([three]);
  expect(await undo.run(important.undoId ?? '')).toMatchObject({ notUndone: 2 });
  expect(await undo.run(tagged.undoId ?? '')).toMatchObject({ notUndone: 2 });
  expect(await read(ids)).toMatchObject([
    { importance: 0.5, tags: [] },
    { importance: 0.2, tags: [], content: 'Written since' },
    { importance: 0.8, tags: [{ name: 'later' }] },
    { importance: 0.4, tags: [] },
  ]);
  expect(four).not.toBe('');
});

test('an undo copes with sessions, tags and memories that are gone', async () => {
  const sessionId = await person.addSession();
  const ids = await addMemories({ sessionId, tags: ['doomed', 'safe'] }, { tags: ['doomed'] });
  const moved = await bulk.moveToSession(ids, await person.addSession());
  const untagged = await bulk.untag(ids, [await tagId('doomed'), await tagId('safe')]);
  const trashed = await bulk.trash(ids.slice(1));
  await em.execute('delete from session where id = ?', [sessionId]);
  await em.execute('delete from tag where id = ?', [await tagId('doomed')]);
  await em.execute('delete from memory where id = ?', [ids[1]]);
  expect(await undo.run(moved.undoId ?? '')).toMatchObject({ notUndone: 2 });
  expect(await undo.run(untagged.undoId ?? '')).toMatchObject({ notUndone: 2 });
  expect(await undo.run(trashed.undoId ?? '')).toMatchObject({ notUndone: 1 });
  expect(await tagsOf(ids)).toEqual([['safe']]);
});

test('what makes no difference is not counted, and nothing is offered for undoing', async () => {
  const ids = await addMemories({ pinned: true, importance: 0.3, tags: ['a'] });
  const before = await read(ids);
  for (const outcome of [
    await bulk.setPinned(ids, true),
    await bulk.setImportance(ids, 0.3),
    await bulk.moveToSession(ids, null),
    await bulk.tag(ids, { names: ['A'] }),
    await bulk.restore(ids),
    await bulk.trash([userId]),
  ]) {
    expect(outcome).toEqual({ changed: 0, undoId: null });
  }
  expect(await read(ids)).toEqual(before);
});

test('it is all or nothing: with a tag or session that is not theirs, nothing is changed', async () => {
  const other = await addPerson(newEm);
  const ids = await addMemories({});
  const before = await read(ids);
  const theirs = (await other.memories.create({ content: 'x', tags: ['theirs'] })).memory;
  const theirTag = theirs.tags[0]?.id ?? '';
  const theirSession = await other.addSession();
  for (const change of [
    () => bulk.tag(ids, { names: ['not made'], tagIds: [theirTag] }),
    () => bulk.untag(ids, [theirTag]),
    () => bulk.moveToSession(ids, theirSession),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(bulk.tag(ids, { names: [''] })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await newEm().count(Tag, { name: 'not made' })).toBe(0);
  expect(await read(ids)).toEqual(before);
  expect(await bulk.trash([theirs.id])).toEqual({ changed: 0, undoId: null });
  expect((await other.memories.findByIds([theirs.id]))[0]).toEqual(theirs);
});

test('ten thousand memories are changed and changed back as one', async () => {
  await em.execute(
    `insert into memory (id, user_id, content, content_hash, importance, source, occurred_at)
     select uuid_v7(), ?, 'Many ' || n, sha256(convert_to('Many ' || n, 'UTF8')), (n % 10) / 10.0, 'note',
       timestamptz '2020-01-01' + n * interval '1 minute' from generate_series(1, 10000) n`,
    [userId],
  );
  const rows = await em.execute<{ id: string }[]>(`select id from memory where content like 'Many %'`);
  const ids = rows.map(({ id }) => id);
  const tagged = await bulk.tag(ids, { names: ['many'] });
  const trashed = await bulk.trash(ids);
  expect([tagged.changed, trashed.changed]).toEqual([10_000, 10_000]);
  expect(await memories.count({ tagIds: [await tagId('many')], trashed: true })).toBe(10_000);
  for (const { undoId } of [trashed, tagged]) {
    expect(await undo.run(undoId ?? '')).toMatchObject({ notUndone: 0 });
  }
  expect(await newEm().count(Tag, { user: userId, name: 'many' })).toBe(0);
  expect(await memories.count({ to: '2020-02-01T00:00:00.000Z' })).toBe(10_000);
}, 60_000);

test('a tag that somebody put back by hand since stays when the first time is undone', async () => {
  const ids = await addMemories({}, {});
  const { undoId } = await bulk.tag(ids, { names: ['returned'] });
  const [id = ''] = ids;
  const { version } = await memories.update({ id, version: 2, tags: [] });
  await memories.update({ id, version, tags: ['returned'] });
  expect(await undo.run(undoId ?? '')).toMatchObject({ notUndone: 1 });
  expect(await tagsOf(ids)).toEqual([['returned'], []]);
});

test('only what was given is taken back, whichever of the memories had which of the tags', async () => {
  const ids = await addMemories({ tags: ['red'] }, {}, { tags: ['red', 'blue'] }, { tags: ['blue'] }, {});
  const before = await tagsOf(ids);
  const tagged = await bulk.tag(ids.toReversed(), { names: ['red', 'blue'] });
  expect(tagged.changed).toBe(4);
  expect(await tagsOf(ids)).toEqual(ids.map(() => ['blue', 'red']));
  expect(await undo.run(tagged.undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect(await tagsOf(ids)).toEqual(before);
  const untagged = await bulk.untag(ids, [await tagId('red'), await tagId('blue')]);
  expect(untagged.changed).toBe(3);
  expect(await undo.run(untagged.undoId ?? '')).toMatchObject({ notUndone: 0 });
  expect(await tagsOf(ids)).toEqual(before);
});

test('no memory gets more tags than can be changed by hand, in one go or several', async () => {
  const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => `many ${from + n}`);
  const [id = ''] = await addMemories({ tags: many(0, 150) });
  await bulk.tag([id], { names: many(150, 50) });
  const tooMany = { code: 'invalid_input', message: expect.stringContaining('200 tags') };
  await expect(bulk.tag([id], { names: ['one more'] })).rejects.toMatchObject(tooMany);
  const [memory] = await read([id]);
  expect(memory?.tags).toHaveLength(200);
  const change = (tags: string[]) => memories.update({ id, version: memory?.version ?? 0, tags });
  await expect(change([...many(0, 200), 'one more'])).rejects.toMatchObject(tooMany);
  await expect(addMemories({ tags: many(0, 201) })).rejects.toMatchObject(tooMany);
  expect((await change([...many(1, 199), 'another'])).tags).toHaveLength(200);
});

test('more links at once than the app can carry are refused in words', async () => {
  const ids = Array.from({ length: 100_000 }, () => userId);
  const tooMuch = { code: 'invalid_input', message: expect.stringContaining('fewer') };
  await expect(bulk.tag(ids, { names: Array.from({ length: 11 }, (_, n) => `t${n}`) })).rejects.toMatchObject(
    tooMuch,
  );
});

test('a tag that was made by tagging goes with its undo, unless somebody has a use for it since', async () => {
  const ids = await addMemories({}, {});
  const [one = '', two = ''] = ids;
  const tagged = await bulk.tag(ids, { names: ['passing', 'painted', 'shared'] });
  await em.execute(`update tag set colour = 'red' where id = ?`, [await tagId('painted')]);
  const [seen] = await read([two]);
  await memories.update({ id: two, version: seen?.version ?? 0, tags: [] });
  await memories.update({ id: two, version: (seen?.version ?? 0) + 1, tags: ['shared'] });
  expect(await undo.run(tagged.undoId ?? '')).toMatchObject({ notUndone: 1 });
  expect(await tagsOf([one, two])).toEqual([[], ['shared']]);
  expect(await newEm().count(Tag, { user: userId, name: 'passing' })).toBe(0);
  expect(await newEm().count(Tag, { user: userId, name: ['painted', 'shared'] })).toBe(2);
  const [last] = await newEm().find(
    AuditEvent,
    { user: userId },
    { orderBy: { sequence: 'desc' }, limit: 1 },
  );
  expect([last?.action, last?.entity]).toEqual(['deleted', 'tag']);
});

test('what was thrown away again on purpose stays there when the first time is undone', async () => {
  const [id = ''] = await addMemories({});
  const { undoId } = await bulk.trash([id]);
  await bulk.restore([id]);
  await bulk.trash([id]);
  expect(await undo.run(undoId ?? '')).toMatchObject({ notUndone: 1 });
  expect((await read([id]))[0]?.deletedAt).not.toBeNull();
});
