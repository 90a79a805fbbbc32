import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import { memoryChange, newMemory } from '../../shared/schemas/memory.ts';
import { AuditEvent } from '../audit/audit-event.entity.ts';
import { openTestDatabase } from '../database/testing.ts';
import { MemoryVersion } from './memory-version.entity.ts';
import { addPerson } from './testing.ts';

const { newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories } = person;

const versionsOf = (memory: string) =>
  newEm().find(MemoryVersion, { memory }, { orderBy: { number: 'asc' } });
const eventsOf = async (entityId: string) =>
  (await newEm().find(AuditEvent, { entityId }, { orderBy: { sequence: 'asc' } })).map(
    ({ action, fields }) => [action, ...fields],
  );
const refused = (code: string) => expect.objectContaining({ code });

test('a memory is kept with all that was said about it', async () => {
  const [sessionId, documentId] = [await person.addSession(), await person.addDocument()];
  const { memory, duplicateOf } = await memories.create({
    title: ' Tomatoes ',
    content: 'They want\r\nsun.',
    importance: 0.9,
    pinned: true,
    source: 'web',
    occurredAt: '2020-05-01T10:00:00.123Z',
    sessionId,
    documentId,
    tags: ['Garden', 'garden', 'Food'],
  });
  expect(duplicateOf).toEqual([]);
  expect(memory).toMatchObject({
    title: 'Tomatoes',
    content: 'They want\nsun.',
    importance: 0.9,
    pinned: true,
    source: 'web',
    occurredAt: '2020-05-01T10:00:00.123Z',
    deletedAt: null,
    sessionId,
    documentId,
    version: 1,
    tags: [{ name: 'Food' }, { name: 'Garden' }],
  });
  expect(new Date(memory.createdAt).toISOString()).toBe(memory.createdAt);
  expect(await memories.findByIds([memory.id])).toEqual([memory]);
  expect(await eventsOf(memory.id)).toEqual([['created']]);
  expect(await eventsOf(memory.tags[0]?.id ?? '')).toEqual([['created']]);
});

test('what is not said has its default', async () => {
  const before = Date.now();
  const { memory } = await memories.create({ content: 'Only this' });
  expect(memory).toMatchObject({ title: null, importance: 0.5, pinned: false, source: 'note', tags: [] });
  expect(Date.parse(memory.occurredAt)).toBeGreaterThanOrEqual(before);
});

test('any text comes back as it was written, apart from what no eye can see', async () => {
  const nasty = [
    `'; drop table memory; --`,
    '\\',
    '?',
    '??',
    '$1 $$ %s',
    '{"a":[null]}',
    '\u{1F600}',
    '\t\n ',
  ];
  for (const content of nasty.map((text) => `x${text}`)) {
    expect((await memories.create({ content })).memory.content).toBe(content);
  }
  const { memory } = await memories.create({ content: 'a\0b\uD800c', title: 'e\u0301\0' });
  expect(memory).toMatchObject({ content: 'ab\uFFFDc', title: 'é' });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
      const { content } = (await memories.create({ title: 'x', content: text })).memory;
      const { memory: again } = await memories.create({ title: 'x', content });
      expect(again.content).toBe(content);
    }),
    { numRuns: 30 },
  );
});

test('two megabytes are kept, a byte more is refused with the reason', async () => {
  const content = 'é'.repeat(1024 * 1024);
  const { memory } = await memories.create({ content });
  expect(memory.content === content).toBe(true);
  // Windows line ends do not count twice.
  const lines = 'a\r\n'.repeat(1024 * 1024);
  expect((await memories.create({ content: lines })).memory.content).toHaveLength(2 * 1024 * 1024);
  await expect(memories.create({ content: `${content}a` })).rejects.toMatchObject({
    code: 'invalid_input',
    details: [{ path: 'content', message: expect.stringContaining('2 MB') }],
  });
});

test('there is nothing to remember in nothing', async () => {
  for (const empty of [
    {},
    { content: '', title: null },
    { content: ' \n', title: ' ' },
    { content: '\0' },
    { content: '\u200b\u200d\ufe0f \u2060' },
    { content: '\u3164', title: '\u0301' },
    { content: '\u2800\u{E0041}', title: '\u115f' },
  ]) {
    await expect(memories.create(empty)).rejects.toMatchObject({ code: 'invalid_input' });
  }
  const { memory } = await memories.create({ title: 'Only a title' });
  expect(memory.content).toBe('');
  await expect(memories.update({ id: memory.id, version: 1, title: '' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(memories.create({ title: 'x'.repeat(501) })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(memories.create({ title: 'x', tags: [' '] })).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await memories.create({ title: '\u{1F600}'.repeat(500) })).memory.title).toHaveLength(1000);
});

test('the very same text is found, but not in the trash and not by another person', async () => {
  const other = await addPerson(newEm);
  const first = await memories.create({ content: 'Caf\u00e9 at the corner' });
  const second = await memories.create({ content: 'Cafe\u0301 at the corner', title: 'Another title' });
  expect(second.duplicateOf).toEqual([first.memory.id]);
  expect((await other.memories.create({ content: 'Caf\u00e9 at the corner' })).duplicateOf).toEqual([]);
  const title = await memories.create({ title: 'Nothing else' });
  expect((await memories.create({ title: 'Nothing else' })).duplicateOf).toEqual([title.memory.id]);
  expect((await memories.create({ title: 'Something else' })).duplicateOf).toEqual([]);
});

test('a change leaves the state before as a version, with its tags', async () => {
  const { memory } = await memories.create({ title: 'One', content: 'First', tags: ['a', 'b'] });
  const changed = await memories.update({
    id: memory.id,
    version: 1,
    content: 'Second',
    tags: ['B', 'c'],
  });
  expect(changed).toMatchObject({
    title: 'One',
    content: 'Second',
    version: 2,
    tags: [{ name: 'b' }, { name: 'c' }],
  });
  expect(await memories.update({ id: memory.id, version: 2, title: null, importance: 0 })).toMatchObject({
    title: null,
    importance: 0,
    version: 3,
  });
  expect(await versionsOf(memory.id)).toMatchObject([
    { number: 1, title: 'One', content: 'First', importance: 0.5, tags: ['a', 'b'], cause: 'edit' },
    { number: 2, title: 'One', content: 'Second', tags: ['b', 'c'], cause: 'edit' },
  ]);
  expect(await eventsOf(memory.id)).toEqual([
    ['created'],
    ['changed', 'content', 'tags'],
    ['changed', 'title', 'importance'],
  ]);
});

test('where a memory belongs is not a part of its history, but counts as a change', async () => {
  const [sessionId, documentId] = [await person.addSession(), await person.addDocument()];
  const { memory } = await memories.create({ content: 'Wandering', tags: ['a'] });
  const occurredAt = '2001-02-03T04:05:06.789Z';
  const change = { pinned: true, sessionId, documentId, occurredAt };
  expect(await memories.update({ id: memory.id, version: 1, ...change })).toMatchObject({
    ...change,
    version: 2,
  });
  expect(await versionsOf(memory.id)).toEqual([]);
  expect(await eventsOf(memory.id)).toEqual([
    ['created'],
    ['changed', 'pinned', 'occurred_at', 'session_id', 'document_id'],
  ]);
  const { memories: underTag } = await memories.list({ filter: { tagIds: [memory.tags[0]?.id ?? ''] } });
  expect(underTag.find(({ id }) => id === memory.id)).toMatchObject({ occurredAt });
});

test('saving the same again changes nothing at all', async () => {
  const { memory } = await memories.create({ title: 'Same', content: 'Same', tags: ['a'] });
  const { id, version, title, content, importance, pinned, occurredAt, sessionId, documentId } = memory;
  const same = { title, content, importance, pinned, occurredAt, sessionId, documentId, tags: ['A'] };
  expect(await memories.update({ id, version, ...same })).toEqual(memory);
  expect(await memories.update({ id, version })).toEqual(memory);
  expect(await memories.findByIds([id])).toEqual([memory]);
  expect(await versionsOf(id)).toEqual([]);
  expect(await eventsOf(id)).toEqual([['created']]);
});

test('of two who save at once one is told, with what the other saved, and nothing is overwritten', async () => {
  const { memory } = await memories.create({ content: 'Before' });
  const { id } = memory;
  const ends = await Promise.allSettled(
    ['One', 'Two', 'Three'].map((content) => memories.update({ id, version: 1, content, tags: [content] })),
  );
  const saved = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const told: unknown[] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  expect(saved).toHaveLength(1);
  for (const error of told) expect(error).toMatchObject({ code: 'conflict', details: saved[0] });
  expect(await memories.findByIds([id])).toEqual(saved);
  expect(await versionsOf(id)).toHaveLength(1);
});

test('a memory that is gone, or of another person, cannot be changed or read', async () => {
  const other = await addPerson(newEm);
  const { memory } = await memories.create({ content: 'Mine' });
  const { id } = memory;
  await expect(other.memories.update({ id, version: 1, content: 'Theirs' })).rejects.toEqual(
    refused('not_found'),
  );
  expect(await other.memories.findByIds([id])).toEqual([]);
  expect(await memories.findByIds([id])).toEqual([memory]);
});

test('sessions and documents of other people are as good as none', async () => {
  const other = await addPerson(newEm);
  const [sessionId, documentId] = [await other.addSession(), await other.addDocument()];
  const { memory } = await memories.create({ content: 'Mine' });
  const change = { id: memory.id, version: 1 };
  await expect(memories.create({ content: 'x', sessionId })).rejects.toEqual(refused('not_found'));
  await expect(memories.create({ content: 'x', documentId })).rejects.toEqual(refused('not_found'));
  await expect(memories.update({ ...change, sessionId })).rejects.toEqual(refused('not_found'));
  await expect(memories.update({ ...change, documentId })).rejects.toEqual(refused('not_found'));
  expect(await memories.findByIds([memory.id])).toEqual([memory]);
});

test('what the page sends is bounded, and times come in one form', () => {
  for (const strange of [
    { content: 1 },
    { content: 'x', importance: 1.1 },
    { content: 'x', importance: Number.NaN },
    { content: 'x', occurredAt: 'yesterday' },
    { content: 'x', occurredAt: '2026-02-30T00:00:00Z' },
    { content: 'x', occurredAt: '0000-01-01T00:00:00Z' },
    { content: 'x', occurredAt: '9999-12-31T23:59:59-05:00' },
    { content: 'x', tags: Array.from({ length: 1001 }, (_, index) => `t${index}`) },
    { content: 'x', other: 1 },
  ]) {
    expect(newMemory.safeParse(strange).success).toBe(false);
  }
  expect(newMemory.parse({ occurredAt: '2026-07-01T00:30:00.123456+02:00' })).toEqual({
    occurredAt: '2026-06-30T22:30:00.123Z',
  });
  expect(memoryChange.safeParse({ id: 'x', version: 1 }).success).toBe(false);
});

test('the first year there is can be remembered, and the last', async () => {
  for (const occurredAt of ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
    expect((await memories.create({ content: 'x', occurredAt })).memory.occurredAt).toBe(occurredAt);
  }
});

test('many are kept at once, each with what was said about it', async () => {
  const sessionId = await person.addSession();
  const ids = await memories.createMany([
    { content: 'The first of many', tags: ['Many', 'First'] },
    { title: 'Second', sessionId, importance: 0.7 },
    { content: 'The third of many', source: 'file', tags: ['many'] },
  ]);
  const [first, second, third] = await memories.findByIds(ids);
  expect(first).toMatchObject({ content: 'The first of many', tags: [{ name: 'First' }, { name: 'Many' }] });
  expect(second).toMatchObject({ title: 'Second', content: '', sessionId, importance: 0.7, tags: [] });
  expect(third).toMatchObject({ source: 'file', tags: [{ name: 'Many' }] });
  for (const id of ids) expect(await eventsOf(id)).toEqual([['created']]);
});

test('of many of which one is not possible, none is kept', async () => {
  const before = await memories.count();
  await expect(memories.createMany([{ content: 'One that is fine' }, { content: ' ' }])).rejects.toEqual(
    refused('invalid_input'),
  );
  await expect(
    memories.createMany([{ content: 'One that is fine' }, { content: 'Lost', sessionId: uuidV7() }]),
  ).rejects.toEqual(refused('not_found'));
  expect(await memories.count()).toBe(before);
});
