import { expect, test } from 'vitest';
import { memoryOperations } from '../../shared/ipc/operations/memories.ts';
import { AuditVerificationRepository } from '../audit/audit-verification.repository.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories, bulk, history, merges, trash, undo, userId } = person;

async function add(content: string, more: Parameters<typeof memories.create>[0] = {}) {
  const { memory } = await memories.create({ content, ...more });
  return memory;
}
const read = async (id: string) => (await memories.findByIds([id]))[0];
const contentsOf = async (id: string) => {
  const rows = await em.execute<{ number: number; content: string; cause: string; merged: boolean }[]>(
    'select number, content, cause, merged from memory_version where memory_id = ? order by number',
    [id],
  );
  return rows.map(({ number, content, cause, merged }) => [number, content, cause, merged]);
};
const seen = ({ id, version }: { id: string; version: number }) => ({ id, version });

async function addSpecialization(memoryId: string, role: string): Promise<string> {
  const [row] = await em.execute<{ id: string }[]>(
    `with s as (insert into specialization (id, user_id, name) values (uuid_v7(), ?, gen_random_uuid()::text) returning id)
     insert into specialization_memory (specialization_id, memory_id, role) select id, ?, ? from s
     returning specialization_id as id`,
    [userId, memoryId, role],
  );
  return row?.id ?? '';
}
const specializationsOf = (id: string) =>
  em.execute<{ id: string; role: string }[]>(
    'select specialization_id as id, role from specialization_memory where memory_id = ? order by 1',
    [id],
  );

async function addPair() {
  const sessionId = await person.addSession();
  const documentId = await person.addDocument();
  const kept = await add('Two carrots', { title: 'Soup', tags: ['food', 'winter'], importance: 0.4 });
  await memories.update({ ...seen(kept), content: 'Two carrots, one leek' });
  const other = await add('2 carrots', { tags: ['food', 'cheap'], importance: 0.7, sessionId, documentId });
  await memories.update({ ...seen(other), content: '2 carrots and a leek', pinned: true });
  const garden = await addSpecialization(other.id, 'training');
  const [before, otherBefore] = [await read(kept.id), await read(other.id)];
  if (!before || !otherBefore) throw new Error('They were just made');
  return { before, otherBefore, sessionId, documentId, garden };
}

test('what is merged dates from when the first of them did, and undoing it gives back its own date', async () => {
  const kept = await add('Two carrots', { occurredAt: '2025-06-02T08:00:00.000Z' });
  const older = await add('2 carrots', { occurredAt: '2019-03-01T08:00:00.000Z' });
  const { memory, undoId } = await merges.merge({ ...seen(kept), others: [seen(older)] });
  expect(memory.occurredAt).toBe('2019-03-01T08:00:00.000Z');
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 0 });
  expect((await read(kept.id))?.occurredAt).toBe('2025-06-02T08:00:00.000Z');
});

test('of two memories one is left that has all of both, and the other is in the trash', async () => {
  const { before, otherBefore, sessionId, documentId, garden } = await addPair();
  const result = await merges.merge({
    ...seen(before),
    others: [seen(otherBefore)],
    content: 'Two carrots and a leek',
  });
  expect(memoryOperations.merge.output.parse(result)).toEqual(result);
  expect(result.memory).toMatchObject({
    id: before.id,
    title: 'Soup',
    content: 'Two carrots and a leek',
    importance: 0.7,
    pinned: true,
    sessionId,
    documentId,
    version: 5,
  });
  expect(result.memory.tags.map(({ name }) => name)).toEqual(['cheap', 'food', 'winter']);
  expect(await contentsOf(before.id)).toEqual([
    [1, 'Two carrots', 'edit', false],
    [2, 'Two carrots, one leek', 'merge', false],
    [3, '2 carrots', 'merge', true],
    [4, '2 carrots and a leek', 'merge', true],
  ]);
  expect((await read(otherBefore.id))?.deletedAt).not.toBeNull();
  expect(await specializationsOf(before.id)).toEqual([{ id: garden, role: 'training' }]);
  const [latest] = await history.list({ id: before.id });
  expect(latest).toMatchObject({ number: 4, tags: ['cheap', 'food'], merged: true });
  const compared = await history.compare(before.id, 3, 5);
  expect(compared.to.title).toBe('Soup');
});

test('nothing of the history is lost when what was merged in is purged', async () => {
  const { before, otherBefore } = await addPair();
  await merges.merge({ ...seen(before), others: [seen(otherBefore)] });
  await trash.purge([otherBefore.id]);
  expect((await contentsOf(before.id)).map(([, content]) => content)).toContain('2 carrots');
});

test('undo brings both back as they were', async () => {
  const { before, otherBefore } = await addPair();
  const { undoId } = await merges.merge({ ...seen(before), others: [seen(otherBefore)], title: null });
  expect(await undo.run(undoId)).toEqual({ label: 'Two memories merged', notUndone: 0 });
  const { version, updatedAt, ...rest } = before;
  expect(await read(before.id)).toMatchObject(rest);
  const { version: otherVersion, updatedAt: otherUpdatedAt, ...otherRest } = otherBefore;
  expect(await read(otherBefore.id)).toMatchObject(otherRest);
  expect((await contentsOf(before.id)).filter(([, , , merged]) => merged)).toEqual([]);
  expect((await contentsOf(otherBefore.id)).map(([, content]) => content)).toEqual(['2 carrots']);
  expect(await specializationsOf(before.id)).toEqual([]);
  void [version, updatedAt, otherVersion, otherUpdatedAt];
});

test('what was changed since is left alone by an undo, and the other comes back', async () => {
  const { before, otherBefore } = await addPair();
  const { memory, undoId } = await merges.merge({ ...seen(before), others: [seen(otherBefore)] });
  await memories.update({ ...seen(memory), content: 'Written since' });
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 1 });
  expect((await read(before.id))?.content).toBe('Written since');
  expect((await read(otherBefore.id))?.deletedAt).toBeNull();
  expect((await contentsOf(before.id)).map(([, content]) => content)).toContain('2 carrots');
});

test('after an undo of what is gone by then, its history stays with the one that has it', async () => {
  const { before, otherBefore } = await addPair();
  const { undoId } = await merges.merge({ ...seen(before), others: [seen(otherBefore)] });
  await trash.purge([otherBefore.id]);
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 2 });
  expect((await contentsOf(before.id)).map(([, content]) => content)).toContain('2 carrots and a leek');
});

test('many are merged at once, the history of each in its order', async () => {
  const [a, b, c] = [await add('a'), await add('b'), await add('c')];
  for (const each of [b, c]) await memories.update({ ...seen(each), content: `${each.content} later` });
  const others = [b, c].map(({ id }) => ({ id, version: 2 }));
  const { memory, undoId } = await merges.merge({ ...seen(a), others });
  expect((await contentsOf(a.id)).map(([, content]) => content)).toEqual([
    'a',
    'b',
    'b later',
    'c',
    'c later',
  ]);
  expect(memory).toMatchObject({ content: 'a', version: 6 });
  await undo.run(undoId);
  expect(await memories.count()).toBeGreaterThanOrEqual(3);
  expect((await read(c.id))?.content).toBe('c later');
});

test('nothing is merged that was not seen as it is, that is in the trash, or is somebody else’s', async () => {
  const [a, b] = [await add('a'), await add('b')];
  await memories.update({ ...seen(b), content: 'b later' });
  await expect(merges.merge({ ...seen(a), others: [seen(b)] })).rejects.toMatchObject({ code: 'conflict' });
  await bulk.trash([b.id]);
  await expect(merges.merge({ ...seen(a), others: [{ id: b.id, version: 3 }] })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(merges.merge({ ...seen(a), others: [seen(a)] })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const stranger = await addPerson(newEm);
  const theirs = (await stranger.memories.create({ content: 'theirs' })).memory;
  await expect(merges.merge({ ...seen(a), others: [seen(theirs)] })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(merges.merge({ ...seen(theirs), others: [seen(a)] })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await read(a.id)).toEqual(a);
});

test('more tags than a memory can have are not merged', async () => {
  const names = (letter: string) => Array.from({ length: 150 }, (_, n) => `${letter}${n}`);
  const [a, b] = [await add('a', { tags: names('a') }), await add('b', { tags: names('b') })];
  await expect(merges.merge({ ...seen(a), others: [seen(b)] })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('the audit vouches for merges and their undoing', async () => {
  const own = await addPerson(newEm);
  const [a, b] = [
    (await own.memories.create({ content: 'a' })).memory,
    (await own.memories.create({ content: 'b', tags: ['x'], importance: 1 })).memory,
  ];
  const { undoId } = await own.merges.merge({ ...seen(a), others: [seen(b)], content: 'ab' });
  await own.undo.run(undoId);
  const { brokenLink, differences } = await verifyAudit(new AuditVerificationRepository(newEm()), {
    userId: own.userId,
    report: () => undefined,
    pausePoint: async () => undefined,
  });
  expect([brokenLink, differences.filter(({ entity }) => entity === 'memory')]).toEqual([null, []]);
});

test('a tag from the other that somebody gave it anew is a change of their own', async () => {
  const [a, b] = [await add('a'), await add('b', { tags: ['x'] })];
  const { memory, undoId } = await merges.merge({ ...seen(a), others: [seen(b)] });
  const bare = await memories.update({ ...seen(memory), tags: [] });
  await memories.update({ ...seen(bare), tags: ['x'] });
  expect(await undo.run(undoId)).toMatchObject({ notUndone: 1 });
  expect((await read(a.id))?.tags).toMatchObject([{ name: 'x' }]);
  expect((await read(b.id))?.deletedAt).toBeNull();
});

test('merged again and again, undone from the last to the first', async () => {
  const [a, b, c] = [await add('a'), await add('b', { importance: 0.9 }), await add('c', { tags: ['x'] })];
  const first = await merges.merge({ ...seen(a), others: [seen(b)], content: 'ab' });
  const second = await merges.merge({ ...seen(first.memory), others: [seen(c)], content: 'abc' });
  for (const { undoId } of [second, first]) expect(await undo.run(undoId)).toMatchObject({ notUndone: 0 });
  for (const each of [a, b, c]) {
    const now = await read(each.id);
    expect({ ...now, version: 1, updatedAt: each.updatedAt }).toEqual(each);
  }
  expect((await contentsOf(a.id)).filter(([, , , merged]) => merged)).toEqual([]);
});
