import { expect, test } from 'vitest';
import type { MemoryFilter } from '../../shared/schemas/memory.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories, bulk, outlines } = person;
const other = await addPerson(newEm);
const stranger = await other.memories.create({ content: 'Not yours' });

const sessionId = await person.addSession();
const days = [-60_000_000_000_000, -1, 0, 86_400_000, 1_790_000_000_123, 1_790_000_000_123];
for (const [index, day] of days.entries()) {
  await memories.create({
    content: `Memory ${index}`,
    occurredAt: new Date(day).toISOString(),
    sessionId: index % 2 ? sessionId : null,
    pinned: index > 3,
    tags: index > 1 ? ['red'] : [],
  });
}

/** The same list as it is read page by page. */
async function listed(filter: MemoryFilter) {
  const page = await memories.list({ filter, limit: 200 });
  return page.memories.map(({ id, occurredAt, deletedAt }) => ({
    id,
    time: Date.parse((filter.trashed ? deletedAt : occurredAt) ?? ''),
  }));
}

async function outlined(filter?: MemoryFilter) {
  const { ids, times } = await outlines.outline(filter);
  return [...new Float64Array(times.buffer)].map((time, index) => ({
    id: Buffer.from(ids.subarray(index * 16, index * 16 + 16))
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    time,
  }));
}

test('an outline is the whole list in its order, with the times it is ordered by', async () => {
  expect(await outlined()).toEqual(await listed({}));
  expect(await outlined()).toHaveLength(days.length);
  const [tag] = (await memories.list()).memories[0]?.tagIds ?? [];
  for (const filter of [{ pinned: true }, { sessionId }, { sessionId: null }, { tagIds: [tag ?? ''] }]) {
    const expected = await listed(filter);
    expect(expected.length).toBeGreaterThan(0);
    expect(await outlined(filter)).toEqual(expected);
  }
});

test('the outline of the trash goes by when things were moved there', async () => {
  expect(await outlined({ trashed: true })).toEqual([]);
  const [first, second] = (await memories.list()).memories;
  await bulk.trash([second?.id ?? '']);
  await bulk.trash([first?.id ?? '']);
  const trash = await outlined({ trashed: true });
  expect(trash.map(({ id }) => id)).toEqual([first?.id, second?.id]);
  expect(trash).toEqual(await listed({ trashed: true }));
  await bulk.restore(trash.map(({ id }) => id));
});

test('summaries are those of the list, without what is gone or belongs to somebody else', async () => {
  const { memories: expected } = await memories.list();
  const gone = '019aa4c0-0000-7000-8000-000000000001';
  const found = await outlines.summaries([...expected.map(({ id }) => id), gone, stranger.memory.id]);
  expect(found.toSorted(byId)).toEqual(expected.toSorted(byId));
});

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
