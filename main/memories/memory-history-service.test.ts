import { expect, test } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories, bulk, history } = person;

/** Version 1 to 3, pinned as 4, and 5 is now. */
async function addWithHistory(): Promise<string> {
  const { memory } = await memories.create({ title: 'Soup', content: 'Two carrots.', tags: ['food'] });
  const { id } = memory;
  await memories.update({ id, version: 1, content: 'Two fresh carrots.', importance: 0.8 });
  await memories.update({ id, version: 2, title: 'Carrot soup', tags: ['food', 'winter'] });
  await bulk.setPinned([id], true);
  await memories.update({ id, version: 4, content: 'Three fresh carrots.' });
  return id;
}

test('the history shows each state that was, what ended it and when, the latest first', async () => {
  const id = await addWithHistory();
  const versions = await history.list({ id });
  expect(versions).toMatchObject([
    {
      number: 4,
      title: 'Carrot soup',
      preview: 'Two fresh carrots.',
      importance: 0.8,
      tags: ['food', 'winter'],
    },
    {
      number: 2,
      title: 'Soup',
      preview: 'Two fresh carrots.',
      importance: 0.8,
      tags: ['food'],
      cause: 'edit',
    },
    { number: 1, title: 'Soup', preview: 'Two carrots.', importance: 0.5, tags: ['food'], cause: 'edit' },
  ]);
  const times = versions.map(({ endedAt }) => endedAt);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(new Date(times[0] ?? '').toISOString()).toBe(times[0]);
  expect(await history.list({ id, limit: 1, before: 4 })).toEqual(versions.slice(1, 2));
});

test('two states are compared word by word, and what it is now is one of them', async () => {
  const id = await addWithHistory();
  expect(await history.compare(id, 1, 5)).toEqual({
    from: { title: 'Soup', importance: 0.5, tags: ['food'] },
    to: { title: 'Carrot soup', importance: 0.8, tags: ['food', 'winter'] },
    title: [
      { kind: 'removed', text: 'Soup' },
      { kind: 'added', text: 'Carrot soup' },
    ],
    content: [
      { kind: 'removed', text: 'Two' },
      { kind: 'added', text: 'Three fresh' },
      { kind: 'same', text: ' carrots.' },
    ],
  });
  // Between 2 and 4 there was a change that leaves no state behind.
  expect(await history.compare(id, 3, 4)).toMatchObject({
    content: [{ kind: 'same' }],
    title: [{ kind: 'same' }],
  });
  await expect(history.compare(id, 1, 6)).rejects.toMatchObject({ code: 'not_found' });
});

test('an earlier state comes back with its tags, and nothing of what was in between is lost', async () => {
  const id = await addWithHistory();
  await em.execute(`delete from tag where name = 'food'`);
  const restored = await history.restore(id, 5, 1);
  expect(restored).toMatchObject({
    title: 'Soup',
    content: 'Two carrots.',
    importance: 0.5,
    pinned: true,
    version: 6,
    tags: [{ name: 'food' }],
  });
  const [latest, ...earlier] = await history.list({ id });
  expect(latest).toMatchObject({
    number: 5,
    preview: 'Three fresh carrots.',
    tags: ['winter'],
    cause: 'restore',
  });
  expect(earlier).toHaveLength(3);
  expect(await history.restore(id, 6, 5)).toMatchObject({ content: 'Three fresh carrots.', version: 7 });
  const [event] = await newEm().find(
    AuditEvent,
    { entityId: id },
    { orderBy: { sequence: 'desc' }, limit: 1 },
  );
  expect(event).toMatchObject({ action: 'changed', fields: ['title', 'content', 'importance', 'tags'] });
});

test('restoring what is so already changes nothing', async () => {
  const id = await addWithHistory();
  const [before] = await memories.findByIds([id]);
  expect(await history.restore(id, 5, 5)).toEqual(before);
  expect(await history.list({ id })).toHaveLength(3);
});

test('nothing is restored over what was not seen, in the trash, or from a history that is not theirs', async () => {
  const id = await addWithHistory();
  const other = await addPerson(newEm);
  expect(await other.history.list({ id })).toEqual([]);
  await expect(other.history.compare(id, 1, 2)).rejects.toMatchObject({ code: 'not_found' });
  await expect(other.history.restore(id, 5, 1)).rejects.toMatchObject({ code: 'not_found' });
  await expect(history.restore(id, 5, 6)).rejects.toMatchObject({ code: 'not_found' });
  await expect(history.restore(id, 4, 1)).rejects.toMatchObject({
    code: 'conflict',
    details: { version: 5 },
  });
  await bulk.trash([id]);
  await expect(history.restore(id, 6, 1)).rejects.toMatchObject({ code: 'conflict' });
  expect(await history.list({ id })).toHaveLength(3);
});

test('an earlier state comes back with its tags as they are called now, and by name where they are gone', async () => {
  const { memory } = await memories.create({ content: 'Dig', tags: ['gardn', 'spring', 'old'] });
  const { id } = memory;
  await memories.update({ id, version: 1, content: 'Dig deep', tags: [] });
  const [gardn, old] = memory.tags;
  await em.execute(`update tag set name = 'garden' where id = ?`, [gardn?.id]);
  await em.execute('delete from tag where id = ?', [old?.id]);
  const restored = await history.restore(id, 2, 1);
  expect(restored.tags.map(({ name }) => name)).toEqual(['garden', 'old', 'spring']);
  expect(restored.tags[0]?.id).toBe(gardn?.id);
  // As they were called then.
  expect((await history.list({ id })).at(-1)?.tags).toEqual(['gardn', 'old', 'spring']);
});

test('a state from before the keys of its tags were kept comes back by their names', async () => {
  const { memory } = await memories.create({ content: 'Dig', tags: ['spade'] });
  const { id } = memory;
  await memories.update({ id, version: 1, tags: [] });
  await em.execute('update memory_version set tag_ids = null where memory_id = ?', [id]);
  expect((await history.restore(id, 2, 1)).tags).toEqual(memory.tags);
});

test('what another memory was is restored with its tags too, once it is merged', async () => {
  const [a, b] = [
    (await memories.create({ content: 'a' })).memory,
    (await memories.create({ content: 'b', tags: ['rake'] })).memory,
  ];
  const { merges } = person;
  const merged = await merges.merge({ id: a.id, version: 1, others: [{ id: b.id, version: 1 }] });
  await em.execute(`update tag set name = 'hoe' where id = ?`, [b.tags[0]?.id]);
  const bare = await memories.update({ id: a.id, version: merged.memory.version, tags: [] });
  const restored = await history.restore(a.id, bare.version, 2);
  expect([restored.content, restored.tags]).toEqual(['b', [{ ...b.tags[0], name: 'hoe' }]]);
});
