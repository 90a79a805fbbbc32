import { expect, test } from 'vitest';
import type { MemoryFilter } from '../../shared/schemas/memory.ts';
import { openTestDatabase } from '../database/testing.ts';
import type { ListEnd } from './list-cursor.ts';
import { drivers } from './memory-filter.repository.ts';
import {
  countQuery,
  MemoryListRepository,
  pageQuery,
  sampleQuery,
  type ListQuery,
} from './memory-list.repository.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { userId } = person;

/** Filled first, indexed and checked after: that takes a third of the time. */
async function seed(table: 'memory' | 'memory_tag', rows: string): Promise<void> {
  const indexes = await em.execute<{ name: string; definition: string }[]>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = ?::regclass and not indisprimary`,
    [table],
  );
  const foreignKeys = await em.execute<{ name: string; definition: string }[]>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = ?::regclass and contype = 'f'`,
    [table],
  );
  await em.execute(
    [
      ...indexes.map(({ name }) => `drop index ${name}`),
      ...foreignKeys.map(({ name }) => `alter table ${table} drop constraint ${name}`),
      `insert into ${table} ${rows}`,
      ...indexes.map(({ definition }) => definition),
      ...foreignKeys.map(
        ({ name, definition }) => `alter table ${table} add constraint ${name} ${definition}`,
      ),
    ].join(';'),
  );
}

/**
 * Twenty sessions one after the other, of which the last has half of all; tags as in life, a few
 * large and many small; one large document and many small ones; pinned and important memories are
 * all old ones, and so are those from the web. 3 % are in the trash. They came in another order.
 */
await em.execute(`
  insert into session (id, user_id, title, started_at, expires_at)
  select uuid_v7(), '${userId}', 'Session ' || n, timestamptz '2020-01-01' + n * interval '90 days', 'infinity'
  from generate_series(1, 20) n;
  insert into document (id, user_id, name, kind, size_bytes, sha256)
  select uuid_v7(), '${userId}', 'Document ' || n, 'pdf', 1, sha256(n::text::bytea) from generate_series(1, 100) n;
  insert into tag (id, user_id, name) select uuid_v7(), '${userId}', 'tag ' || n from generate_series(1, 200) n`);
await seed(
  'memory',
  `
  (id, user_id, session_id, document_id, content, content_hash, importance, pinned, source,
    occurred_at, deleted_at)
  select uuid_v7(), '${userId}', case when n % 7 > 0 then s.ids[least(20, 1 + n / 10000)] end,
    case when n % 4 = 0 then d.ids[1] when n % 50 = 1 then d.ids[1 + n % 100] end,
    'Memory ' || n, sha256(n::text::bytea),
    case when n < 20000 then 0.9 else (n % 80) / 100.0 end, n < 4000,
    case when n < 2000 then 'web' else (array['note', 'note', 'file', 'conversation'])[1 + n % 4] end,
    timestamptz '2020-01-01' + n * interval '13 minutes', case when n % 33 = 0 then now() - n * interval '1 second' end
  from generate_series(1, 200000) n,
    (select array_agg(id order by started_at) as ids from session) s, (select array_agg(id) as ids from document) d`,
);
/** Newer than all of these: what another person keeps in no session, and a session and a document in the trash. */
const other = await addPerson(newEm);
const thrownAway = { sessionId: await person.addSession(), documentId: await person.addDocument() };
await seed(
  'memory',
  `
  (id, user_id, session_id, document_id, content, content_hash, source, occurred_at, deleted_at)
  select uuid_v7(), case when n % 2 = 0 then '${other.userId}'::uuid else '${userId}' end,
    case when n % 2 = 1 then '${thrownAway.sessionId}'::uuid end,
    case when n % 2 = 1 then '${thrownAway.documentId}'::uuid end,
    'Memory ' || n, sha256(n::text::bytea), 'note', timestamptz '2026-01-01' + n * interval '1 minute',
    case when n % 2 = 1 and n > 100 then now() end
  from generate_series(1, 20000) n`,
);
await seed(
  'memory_tag',
  `
  (memory_id, tag_id, occurred_at, trashed)
  select m.id, t.ids[floor(200 ^ (place * 7919 * k % 10007 / 10007::float8))::int], m.occurred_at, m.deleted_at is not null
  from (select *, row_number() over () as place from memory) m, (select array_agg(id order by name) as ids from tag) t,
    generate_series(1, 2) k
  where k = 1 or place % 3 = 0
  on conflict do nothing`,
);
await em.execute('analyze');

const idOf = async (sql: string) => (await em.execute<{ id: string }[]>(sql))[0]?.id ?? '';
const sessionId = await idOf(
  `select id from session where started_at < '2026-01-01' order by started_at desc limit 1`,
);
const firstSessionId = await idOf(`select id from session order by started_at limit 1`);
const documentId = await idOf(`select document_id as id from memory where document_id is not null
  group by 1 order by count(*) desc limit 1`);
const smallDocumentId = await idOf(`select document_id as id from memory where document_id is not null
  group by 1 order by count(*) limit 1`);
const tagBySize = (skip: number) =>
  idOf(`select tag_id as id from memory_tag group by 1 order by count(*) desc offset ${skip} limit 1`);
const [large, middle, small] = [await tagBySize(0), await tagBySize(20), await tagBySize(190)];

const filters: Readonly<Record<string, MemoryFilter>> = {
  everything: {},
  'important ones': { minImportance: 0.85 },
  'more important than any': { minImportance: 0.95 },
  'a range of importance': { minImportance: 0.2, maxImportance: 0.3 },
  'a source': { sources: ['note'] },
  'a rare source, all of it old': { sources: ['web'] },
  'a source there is nothing of': { sources: ['snippet'] },
  'two sources, important': { sources: ['web', 'file'], minImportance: 0.85 },
  'a month': { from: '2022-03-01T00:00:00.000Z', to: '2022-04-01T00:00:00.000Z' },
  'a month, important notes': {
    from: '2022-03-01T00:00:00.000Z',
    to: '2022-04-01T00:00:00.000Z',
    minImportance: 0.7,
    sources: ['note'],
  },
  'not pinned': { pinned: false },
  pinned: { pinned: true },
  'pinned and rare': { pinned: true, sources: ['web'], minImportance: 0.5 },
  'pinned in a session without any': { pinned: true, sessionId },
  'a large session': { sessionId },
  'an old session': { sessionId: firstSessionId },
  'a rare source in a large session': { sessionId, sources: ['web'] },
  'no session': { sessionId: null },
  'no session, important': { sessionId: null, minImportance: 0.85 },
  'a large document': { documentId },
  'a small document': { documentId: smallDocumentId },
  'a document and a session': { documentId, sessionId: firstSessionId },
  'a large tag': { tagIds: [large] },
  'a small tag': { tagIds: [small] },
  'a large tag and a middle one': { tagIds: [large, middle] },
  'a large tag and a small one': { tagIds: [large, small] },
  'a large tag, old and rare': { tagIds: [large], sources: ['web'] },
  'a small tag in a large session': { tagIds: [small], sessionId },
  'a large tag in an old session, in a month': {
    tagIds: [large],
    sessionId: firstSessionId,
    from: '2020-02-01T00:00:00.000Z',
    to: '2020-03-01T00:00:00.000Z',
  },
  'a large tag in a large document, pinned': { tagIds: [large], documentId, pinned: true },
  'the trash': { trashed: true },
  'a session in the trash': { trashed: true, sessionId: firstSessionId },
  'a tag in the trash': { trashed: true, tagIds: [middle] },
  'important ones in the trash': { trashed: true, minImportance: 0.85, sources: ['web'] },
};

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

const limit = 50;

/** Of our own server, and of others as they come. */
const pageCosts = [1.1, 4];

async function planOf({ sql, params }: ListQuery, pageCost: number): Promise<PlanNode[]> {
  const rows = await em.transactional(async (inner) => {
    await inner.execute(`set local random_page_cost = ${pageCost}`);
    return inner.execute<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
      `explain (analyze, timing off, format json) ${sql}`,
      [...params],
    );
  });
  const all = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(all)];
  return rows.flatMap((row) => all(row['QUERY PLAN'][0].Plan));
}

/** What no page may do: read all memories, or put more of them in order than it shows. */
const offences = (nodes: readonly PlanNode[]) =>
  nodes.filter(
    (node) =>
      (node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'memory') ||
      (node['Node Type'] === 'Sort' &&
        Math.max(sorted(node, 'Plan Rows'), sorted(node, 'Actual Rows')) > limit + 1),
  );
/** What goes into a sort; with a limit above, less may come out. */
const sorted = (node: PlanNode, rows: 'Plan Rows' | 'Actual Rows') =>
  Math.max(node[rows], ...(node.Plans ?? []).map((input) => input[rows]));

const lists = new MemoryListRepository(newEm());

/** Where a page begins that has four fifths of the list before it. */
async function deepIn(filter: MemoryFilter): Promise<ListEnd> {
  const { sql, params } = countQuery(userId, filter);
  const time = filter.trashed ? 'm.deleted_at' : 'm.occurred_at';
  const [row] = await em.execute<{ time: string | null }[]>(
    sql.replace('count(*)::int as count', `percentile_disc(0.2) within group (order by ${time}) as time`),
    [...params],
  );
  return { time: row?.time ?? '2020-01-01T00:00:00Z', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
}

test.each(Object.entries(filters))(
  'whichever index could lead through %s, a page is a range of it in its order',
  async (_, filter) => {
    const candidates = drivers(userId, filter);
    for (const after of [undefined, await deepIn(filter)]) {
      for (const driver of candidates) {
        const page = pageQuery({ userId, filter, driver, after, limit });
        for (const cost of pageCosts) expect(offences(await planOf(page, cost))).toEqual([]);
      }
    }
    if (candidates.length === 1) return;
    for (const driver of candidates) {
      for (const cost of pageCosts) expect(offences(await planOf(sampleQuery(driver), cost))).toEqual([]);
    }
  },
);

test.each(
  Object.entries<MemoryFilter>({
    'no session': { sessionId: null },
    'a session that is almost all in the trash': { sessionId: thrownAway.sessionId },
    'a document that is almost all in the trash': { documentId: thrownAway.documentId },
  }),
)('for %s, neither the memories of others nor the trash are walked through', async (_, filter) => {
  for (const driver of drivers(userId, filter)) {
    for (const cost of pageCosts) {
      const page = pageQuery({ userId, filter, driver, after: undefined, limit });
      const nodes = await planOf(page, cost);
      expect(offences(nodes)).toEqual([]);
      expect(nodes.filter((node) => (node['Rows Removed by Filter'] ?? 0) > 0)).toEqual([]);
      expect(Math.max(...nodes.map((node) => node['Actual Rows']))).toBeLessThanOrEqual(limit + 1);
    }
  }
});

test('of several indexes, that with least in it is taken', async () => {
  const chosen = async (filter: MemoryFilter) => (await lists.findDriver(userId, filter)).by;
  expect(await chosen({ tagIds: [small], sessionId })).toBe('tag');
  expect(await lists.findDriver(userId, { tagIds: [large, small] })).toMatchObject({
    by: 'tag',
    tagId: small,
  });
  expect(await chosen({ tagIds: [large], documentId: smallDocumentId })).toBe('document');
  expect(await chosen({ pinned: true, tagIds: [small] })).toBe('tag');
});
