import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { User } from './user.entity.ts';
import { openTestLibrary } from './testing.ts';
import { UserService } from './user-service.ts';

const { em, users, addMemories, addPerson, events, unnoted } = await openTestLibrary();
const meId = users.currentUserId;

/** How many rows each table of the library has. */
async function countRows(): Promise<Record<string, number>> {
  const tables = await em.execute<{ name: string }[]>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     and relname <> all(array['schema_migration', 'word_change', 'word_scale']) order by relname`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await em.execute<{ n: number }[]>(`select count(*)::int as n from ${name}`);
    counts[name] = row?.n ?? 0;
  }
  return counts;
}

/** Something in every table there is. */
async function fillEveryTable(userId: string): Promise<void> {
  const one = async (sql: string, values: unknown[]) => {
    const [row] = await em.execute<{ id: string }[]>(`${sql} returning id`, values);
    return row?.id ?? '';
  };
  await em.execute(
    `insert into embedding_model (id, name, revision, dimension) values (1, 'm', 'r', 3) on conflict do nothing`,
  );
  const sessionId = await one(
    `insert into session (id, user_id, title, expires_at) values (uuid_v7(), ?, 's', now() + interval '1 day')`,
    [userId],
  );
  const documentId = await one(
    `insert into document (id, user_id, name, kind, size_bytes, sha256) values (uuid_v7(), ?, 'd', 'text', 1, sha256('d'))`,
    [userId],
  );
  const tagId = await one(`insert into tag (id, user_id, name) values (uuid_v7(), ?, 't')`, [userId]);
  const [memoryId = '', otherId = ''] = await addMemories(5, { sessionId, documentId, tagId });
  await addMemories(5, { sessionId, documentId, tagId, trashed: true });
  await one(
    `insert into memory_version (id, memory_id, number, content, importance, tags, cause)
     values (uuid_v7(), ?, 1, 'before', 0.5, '{t}', 'edit')`,
    [memoryId],
  );
  const chunkId = await one(
    `insert into memory_chunk (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at)
     values (uuid_v7(), ?, 1, 0, 0, 1, 3, sha256('x'), now())`,
    [memoryId],
  );
  await em.execute(
    `insert into chunk_embedding (chunk_id, memory_id, model_id, embedding) values (?, ?, 1, '[1,0,0]')`,
    [chunkId, memoryId],
  );
  await em.execute('select gather_word_counts(true)');
  const pair = [memoryId, otherId].toSorted();
  await em.execute(
    'insert into duplicate_pair (memory_id, other_id, similarity, overlap) values (?, ?, 0.97, 0.8)',
    pair,
  );
  await one('insert into memory_distinction (id, memory_id, other_id) values (uuid_v7(), ?, ?)', pair);
  await em.execute(
    `insert into memory_past_word (memory_id, number, ended_at, language, words, weights)
     values (?, 1, now(), 'simple', 'before:1', '{1:0.5}/1000000000')`,
    [memoryId],
  );
  const specializationId = await one(
    `insert into specialization (id, user_id, name) values (uuid_v7(), ?, 'x')`,
    [userId],
  );
  await em.execute('insert into specialization_memory (specialization_id, memory_id) values (?, ?)', [
    specializationId,
    memoryId,
  ]);
  await em.execute(
    `insert into specialization_meaning (specialization_id, model_id, position, source, embedding)
     values (?, 1, 0, 'description', '[1,0,0]')`,
    [specializationId],
  );
  await one(`insert into saved_search (id, user_id, name, query) values (uuid_v7(), ?, 'q', 'q')`, [userId]);
  await one(`insert into job (id, user_id, kind) values (uuid_v7(), ?, 'import')`, [userId]);
  await one(`insert into setting (id, user_id, key, value) values (uuid_v7(), ?, 'k', '1')`, [userId]);
}

test('of a person who is removed no row is left, and nothing of anybody else goes', async () => {
  await fillEveryTable(meId);
  const before = await countRows();
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);

  const adaId = await addPerson();
  await fillEveryTable(adaId);
  await expect(users.remove({ id: adaId, confirmation: 'ada' })).rejects.toMatchObject({
    code: 'invalid_input',
    details: [{ path: 'confirmation' }],
  });
  expect(await users.remove({ id: adaId, confirmation: 'Ada' })).toMatchObject({ id: meId, current: true });
  expect(users.currentUserId).toBe(meId);
  // The one row more is the event that tells of it.
  expect(await countRows()).toEqual({ ...before, audit_event: (before['audit_event'] ?? 0) + 1 });
  expect((await events()).at(-1)).toBe('deleted app_user');
  expect((await unnoted()).filter((key) => key.includes(adaId))).toEqual([]);
});

test('removing somebody who is not at work leaves the others as they are', async () => {
  const other = await users.create({ name: 'Other', email: null, session: {} });
  expect(await users.remove({ id: other.id, confirmation: 'Other' })).toMatchObject({ id: meId });
  await expect(users.remove({ id: other.id, confirmation: 'Other' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('the last person stays, even when two remove each other at the same moment', async () => {
  const library = await openTestDatabase();
  const open = () =>
    new UserService({ em: library.newEm(), audit: new AuditTrail(), onSwitch: () => undefined });
  const [first, second] = [open(), open()];
  const me = await first.ensureDefaultUser();
  await expect(first.remove({ id: me.id, confirmation: 'Me' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('only person'),
  });
  const work = await first.create({ name: 'Work', email: null, session: {} });
  await second.ensureDefaultUser();
  const outcomes = await Promise.allSettled([
    first.remove({ id: work.id, confirmation: 'Work' }),
    second.remove({ id: me.id, confirmation: 'Me' }),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await library.newEm().count(User)).toBe(1);
});
