import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemoryFilter, MemorySummary } from '../../shared/schemas/memory.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories, userId } = person;
const other = await addPerson(newEm);
await other.memories.create({ content: 'Not yours', tags: ['red'] });

const sessions = [await person.addSession('One'), await person.addSession('Two')];
const documents = [await person.addDocument()];
const sources = ['note', 'web', 'file'] as const;
const tagNames = ['red', 'green', 'blue'];
const pick = <T>(values: readonly T[], index: number): T | undefined => values[index % values.length];

/** Many of the same moment: a page must be able to end between them. */
for (let index = 0; index < 120; index++) {
  await memories.create({
    title: index % 4 === 0 ? `Title ${index}` : null,
    content: `Memory ${index} `.repeat(60),
    importance: (index % 11) / 10,
    pinned: index % 5 === 0,
    source: pick(sources, index) ?? 'note',
    occurredAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 9))).toISOString(),
    sessionId: index % 3 === 0 ? null : (pick(sessions, index) ?? null),
    documentId: index % 4 === 0 ? (documents[0] ?? null) : null,
    tags: tagNames.filter((_, tag) => (index >> tag) % 2 === 1),
  });
}
await em.execute(
  `update memory set deleted_at = date_trunc('day', now()) - (ascii(left(content_hash::text, 4)) % 3) * interval '1 day'
   where user_id = ? and id in (select id from memory where user_id = ? order by content_hash limit 30)`,
  [userId, userId],
);
const tagIds = await Promise.all(
  tagNames.map(async (name) => {
    const [row] = await em.execute<{ id: string }[]>('select id from tag where user_id = ? and name = ?', [
      userId,
      name,
    ]);
    return row?.id ?? '';
  }),
);

async function allPages(filter: MemoryFilter, limit: number): Promise<MemorySummary[]> {
  const all: MemorySummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await memories.list({ filter, limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.memories.length).toBeLessThanOrEqual(limit);
    all.push(...page.memories);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

const everything = [...(await allPages({}, 200)), ...(await allPages({ trashed: true }, 200))];

/** What a filter means, said once more in the plainest way. */
function expected(filter: MemoryFilter): string[] {
  const { from = '0', to = '9', minImportance = 0, maxImportance = 1, trashed = false } = filter;
  const order = (memory: MemorySummary) => `${trashed ? memory.deletedAt : memory.occurredAt} ${memory.id}`;
  return everything
    .filter((memory) => (memory.deletedAt !== null) === trashed)
    .filter((memory) => filter.sessionId === undefined || memory.sessionId === filter.sessionId)
    .filter((memory) => filter.documentId === undefined || memory.documentId === filter.documentId)
    .filter((memory) => (filter.tagIds ?? []).every((id) => memory.tagIds.includes(id)))
    .filter((memory) => filter.sources?.includes(memory.source) ?? true)
    .filter((memory) => memory.importance >= minImportance && memory.importance <= maxImportance)
    .filter((memory) => memory.occurredAt >= from && memory.occurredAt < to)
    .filter((memory) => filter.pinned === undefined || memory.pinned === filter.pinned)
    .toSorted((one, two) => (order(one) < order(two) ? 1 : -1))
    .map(({ id }) => id);
}

test('everything is listed once, the newest first, and the trash apart', async () => {
  expect(everything).toHaveLength(120);
  expect(new Set(everything.map(({ id }) => id)).size).toBe(120);
  expect(await memories.count()).toBe(90);
  expect(await memories.count({ trashed: true })).toBe(30);
});

test('a list shows enough of a memory to know it again', async () => {
  const [first] = (await memories.list({ limit: 1 })).memories;
  const [whole] = await memories.findByIds([first?.id ?? '']);
  expect(whole).toBeDefined();
  if (!whole) return;
  const { content, tags, ...facts } = whole;
  expect(first).toEqual({
    ...facts,
    preview: content.slice(0, 300),
    tagIds: tags.map(({ id }) => id).toSorted(),
  });
});

test('any mix of filters finds what it says, page by page, and counts the same', async () => {
  const day = fc.integer({ min: 1, max: 15 }).map((date) => new Date(Date.UTC(2026, 0, date)).toISOString());
  const filters: fc.Arbitrary<MemoryFilter> = fc.record(
    {
      sessionId: fc.constantFrom(null, ...sessions),
      documentId: fc.constantFrom(...documents),
      tagIds: fc.subarray(tagIds),
      sources: fc.subarray([...sources]),
      minImportance: fc.constantFrom(0, 0.3, 0.5),
      maxImportance: fc.constantFrom(0.6, 1),
      from: day,
      to: day,
      pinned: fc.boolean(),
      trashed: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 1, max: 40 }), async (filter, limit) => {
      const found = await allPages(filter, limit);
      expect(found.map(({ id }) => id)).toEqual(expected(filter));
      expect(await memories.count(filter)).toBe(found.length);
    }),
    { numRuns: 120 },
  );
}, 60_000);

test('a page goes on where the one before ended, whatever was added in the meantime', async () => {
  const before = await allPages({}, 200);
  const first = await memories.list({ limit: 10 });
  const { memory } = await memories.create({ content: 'Just now' });
  const next = await memories.list({
    limit: 10,
    ...(first.nextCursor === null ? {} : { cursor: first.nextCursor }),
  });
  expect([...first.memories, ...next.memories]).toEqual(before.slice(0, 20));
  expect((await memories.list({ limit: 1 })).memories[0]?.id).toBe(memory.id);
  await em.execute('delete from memory where id = ?', [memory.id]);
});

test('a place that no list gave out is refused', async () => {
  const { nextCursor } = await memories.list({ limit: 1 });
  const encode = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  for (const cursor of [
    '',
    'x',
    encode(null),
    encode(['list', '2026-01-01', userId]),
    encode(['list', '0000-01-01T00:00:00Z', userId]),
    encode(['list', '2026-01-01T00:00:00Z', `' or true --`]),
  ]) {
    await expect(memories.list({ cursor })).rejects.toMatchObject({ code: 'invalid_input' });
  }
  await expect(memories.list({ filter: { trashed: true }, cursor: nextCursor ?? '' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('nobody lists the memories of others, not even by their tags, sessions and documents', async () => {
  const filters: MemoryFilter[] = [
    {},
    { sessionId: null },
    ...tagIds.map((id) => ({ tagIds: [id] })),
    ...sessions.map((sessionId) => ({ sessionId })),
    ...documents.map((documentId) => ({ documentId })),
    { trashed: true },
    { pinned: true },
  ];
  for (const filter of filters) {
    const own = (await other.memories.list({ filter })).memories.map(({ preview }) => preview);
    expect(own.filter((preview) => preview !== 'Not yours')).toEqual([]);
    expect(await other.memories.count(filter)).toBe(own.length);
  }
});
