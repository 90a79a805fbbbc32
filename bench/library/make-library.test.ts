import type { EntityManager } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import { AuditVerificationRepository } from '../../main/audit/audit-verification.repository.ts';
import { verifyAudit } from '../../main/audit/verify-audit.ts';
import { openTestDatabase } from '../../main/database/testing.ts';
import { contentHash } from '../../main/memories/kept-text.ts';
import { makeLibrary, type MakeLibraryOptions } from './make-library.ts';

/** Enough for two batches, and for a few of everything. */
const memories = 3_000;
const syllables = 'gar den riv sto ligh win bre let eng mar ket lan'.split(' ');
/** A thousand and more of them, and always the same. */
const word = (n: number) => `${syllables[n % 12]}${syllables[(n >> 2) % 12]}${syllables[(n >> 4) % 12]}`;
const texts = Array.from({ length: 200 }, (_, i) => ({
  title: `About ${word(i * 3)} and ${word(i * 7 + 1)}, part ${i}`,
  text: syllables
    .map((_syllable, n) => `The ${word(i + n)} of year ${i * 12 + n} was on their minds.`)
    .join(' '),
}));
const options: MakeLibraryOptions = { memories, texts };
const until = new Date('2026-11-01T00:00:00Z');

const { em, orm } = await openTestDatabase();
const schemaBefore = await keysOf(em);
const { userId } = await makeLibrary(em, options);

const one = async <T>(sql: string, params: unknown[] = []): Promise<T> => {
  const [row] = await em.execute<T[]>(sql, params);
  if (!row) throw new Error('There is no such row.');
  return row;
};

/** Every foreign key, and whether the server has looked that it holds. */
async function keysOf(some: EntityManager): Promise<unknown[]> {
  return some.execute(
    `select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as definition, convalidated
     from pg_constraint where contype = 'f' order by 1, 2`,
  );
}

/** Of all that is in there. */
function digest(some: EntityManager): Promise<unknown[]> {
  const tables = ['app_user', 'session', 'document', 'tag', 'memory', 'memory_version', 'audit_event'];
  const ofEach = tables.map(
    (table) =>
      `select '${table}' as of, count(*)::int as rows, md5(string_agg(r::text, '' order by r.id)) as content from ${table} r`,
  );
  return some.execute(
    `${ofEach.join(' union all ')} union all
     select 'memory_tag', count(*)::int, md5(string_agg(r::text, '' order by memory_id, tag_id)) from memory_tag r`,
  );
}

test('the audit of a made library is whole', async () => {
  const verification = await verifyAudit(new AuditVerificationRepository(em), {
    userId,
    report: () => undefined,
    pausePoint: async () => undefined,
  });
  expect(verification).toMatchObject({ isIntact: true, differences: [] });
  const { rows } = await one<{ rows: number }>('select count(*)::int as rows from audit_event');
  expect(verification.events).toBe(rows);
  const { inOrder } = await one<{ inOrder: boolean }>(
    `select bool_and(occurred_at >= previous) as "inOrder"
     from (select occurred_at, lag(occurred_at) over (order by sequence) as previous from audit_event) e`,
  );
  expect(inOrder).toBe(true);
});

test('the same seed makes the same library, another seed another', async () => {
  const again = await openTestDatabase();
  await makeLibrary(again.em, options);
  expect(await digest(again.em)).toEqual(await digest(em));
  const other = await openTestDatabase();
  await makeLibrary(other.em, { ...options, seed: 2 });
  expect(await digest(other.em)).not.toEqual(await digest(em));
});

test('a library is filled over eight years, with some of everything', async () => {
  const found = await one<Record<string, number>>(
    `select count(*)::int as memories,
       count(*) filter (where pinned)::float / count(*) as pinned,
       count(*) filter (where deleted_at is not null)::float / count(*) as trashed,
       count(*) filter (where version > 1)::float / count(*) as changed,
       count(session_id)::float / count(*) as "inSession",
       count(document_id)::float / count(*) as "ofDocument",
       count(title)::float / count(*) as titled,
       count(*) filter (where extract(isodow from occurred_at) < 6)::float / count(*) as "onWorkdays",
       extract(epoch from max(occurred_at) - min(occurred_at)) / 86400 as days,
       max(length(content)) > 10000 as "hasLong"
     from memory`,
  );
  const roughly = (low: number, high: number) =>
    expect.toSatisfy((n: unknown) => Number(n) > low && Number(n) < high);
  expect(found).toEqual({
    memories,
    hasLong: true,
    pinned: roughly(0.01, 0.03),
    trashed: roughly(0.02, 0.04),
    changed: roughly(0.08, 0.12),
    inSession: roughly(0.7, 0.9),
    ofDocument: roughly(0.15, 0.4),
    titled: roughly(0.3, 0.8),
    onWorkdays: roughly(0.85, 0.98),
    days: roughly(2_700, 2_923),
  });
  const tags = await em.execute<{ count: number }[]>(
    'select count(*)::int as count from memory_tag group by tag_id order by 1 desc',
  );
  expect(tags.length).toBeGreaterThan(5);
  expect(tags[0]?.count).toBeGreaterThan(2 * (tags[4]?.count ?? 0));
});

test('what is made is what the app itself would have written', async () => {
  expect(await keysOf(em)).toEqual(schemaBefore);
  expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
  const { content, hash } = await one<{ content: string; hash: string }>(
    `select content, encode(content_hash, 'hex') as hash from memory order by length(content) desc limit 1`,
  );
  expect(hash).toBe(contentHash(content));
  const wrong = await em.execute(
    `select m.id from memory m
     where m.version <> 1 + (select count(*) from memory_version v where v.memory_id = m.id)
       or m.deleted_at > ? or m.updated_at > ? or m.created_at > m.updated_at
       or exists (select from memory_tag l where l.memory_id = m.id
                  and (l.occurred_at <> m.occurred_at or l.trashed <> (m.deleted_at is not null)))`,
    [until, until],
  );
  expect(wrong).toEqual([]);
});

test('a library that has a person already is left alone', async () => {
  const before = await digest(em);
  await expect(makeLibrary(em, options)).rejects.toThrow('There is a library already');
  expect(await digest(em)).toEqual(before);
});

test('a library that is given up halfway is as empty as before', async () => {
  const half = await openTestDatabase();
  const controller = new AbortController();
  const made = makeLibrary(half.em, {
    ...options,
    signal: controller.signal,
    onProgress: (stored) => {
      if (stored > 0) controller.abort(new Error('Interrupted'));
    },
  });
  await expect(made).rejects.toThrow('Interrupted');
  expect(await half.em.execute('select from app_user')).toEqual([]);
  expect(await keysOf(half.em)).toEqual(schemaBefore);
});
