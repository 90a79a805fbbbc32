import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../database/orm.ts';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { silentLog } from '../logging/log.ts';
import { AuditTrail } from './audit-trail.ts';
import { AuditRepository } from './audit.repository.ts';
import { AuditVerificationRepository } from './audit-verification.repository.ts';
import { AuditEvent } from './audit-event.entity.ts';
import { beginningHash, eventHash } from './event-hash.ts';
import { stateHashSql } from './sealed-state.ts';
import { verifyAudit } from './verify-audit.ts';

const noting = migrations.findIndex(({ name }) => name === 'Migration20261121090000_note_rows_before_audit');

test('people and settings that are older than the audit get their first events, and are found intact', async () => {
  const library = await openTestDatabase({ migrated: false });
  const older = await openDatabase({
    connection: library.connection,
    log: silentLog,
    migrations: migrations.slice(0, noting),
  });
  await older.migrate();
  const own = older.orm.em.fork({ useContext: true });
  const add = async (sql: string, values: unknown[]) => {
    const [row] = await own.execute<{ id: string }[]>(`${sql} returning id`, values);
    return row?.id ?? '';
  };
  const addUser = (name: string) =>
    add(`insert into app_user (id, name, email) values (uuid_v7(), ?, 'x"é@' || ?)`, [name, name]);
  const addSetting = (userId: string, key: string) =>
    add(
      `insert into setting (id, user_id, key, value) values (uuid_v7(), ?, ?, '{"b": [0.1, "ü"], "a": null}')`,
      [userId, key],
    );
  // Keys of one millisecond are in no order among each other; the events are read in theirs.
  const [ada = '', grace = '', edith = ''] = [
    await addUser('Ada'),
    await addUser('Grace'),
    await addUser('Edith'),
  ].toSorted();
  for (const key of ['one', 'two']) await addSetting(ada, key);
  // One whose chain has begun already: it goes on.
  const audit = new AuditTrail();
  await inTransaction(own, async () => {
    audit.note({ userId: edith, action: 'created', entity: 'app_user', ids: [edith] });
    const id = await addSetting(edith, 'noted');
    audit.note({ userId: edith, action: 'created', entity: 'setting', ids: [id] });
  });
  await addSetting(edith, 'not noted');
  await older.close();

  await library.database.migrate();
  const events = await library.em.find(AuditEvent, {}, { orderBy: { user: 'asc', sequence: 'asc' } });
  expect(events.map(({ user, sequence, actor, entity }) => [user, sequence, actor, entity])).toEqual([
    [ada, 1, 'app', 'app_user'],
    [ada, 2, 'app', 'setting'],
    [ada, 3, 'app', 'setting'],
    [grace, 1, 'app', 'app_user'],
    [edith, 1, 'person', 'app_user'],
    [edith, 2, 'person', 'setting'],
    [edith, 3, 'app', 'setting'],
  ]);
  for (const userId of [ada, grace, edith]) {
    const found = await verifyAudit(new AuditVerificationRepository(library.newEm()), {
      userId,
      report: () => undefined,
      pausePoint: async () => undefined,
    });
    expect(found).toMatchObject({ isIntact: true, differences: [] });
  }
});

test('memories whose history was not vouched for yet are found intact, and are vouched for with it from then on', async () => {
  const sealing = migrations.findIndex(({ name }) => name === 'Migration20261121130000_seal_versions');
  const library = await openTestDatabase({ migrated: false });
  const older = await openDatabase({
    connection: library.connection,
    log: silentLog,
    migrations: migrations.slice(0, sealing),
  });
  await older.migrate();
  const own = older.orm.em.fork({ useContext: true });
  const id = async (sql: string, values: unknown[]) =>
    (await own.execute<{ id: string }[]>(`${sql} returning id`, values))[0]?.id ?? '';
  const ada = await id(`insert into app_user (id, name) values (uuid_v7(), 'Ada')`, []);
  const addMemory = (content: string) =>
    id(
      `insert into memory (id, user_id, content, content_hash, source, occurred_at)
       values (uuid_v7(), ?, ?, sha256('x'), 'note', '2024-02-29T12:00:00.123Z')`,
      [ada, content],
    );
  const withHistory = await addMemory('now');
  const without = await addMemory('as ever');
  for (const number of [1, 2])
    await own.execute(
      `insert into memory_version (id, memory_id, number, content, importance, tags, cause)
       values (uuid_v7(), ?, ?, 'before', 0.1, '{a,"b c"}', 'edit')`,
      [withHistory, number],
    );
  // As that version of the app noted them.
  const stateHash = `sha256(convert_to(jsonb_build_array(r.id, r.user_id, r.session_id, r.document_id, r.title, r.content,
    r.importance, r.pinned, r.source, r.occurred_at, r.deleted_at, r.seal, null)::text, 'UTF8'))`;
  const occurredAt = new Date('2026-01-01T00:00:00Z');
  let previous = beginningHash;
  for (const [index, entityId] of [ada, withHistory, without].entries()) {
    const entity = entityId === ada ? 'app_user' : 'memory';
    const state = entity === 'memory' ? stateHash : stateHashSql('app_user');
    const [row] = await own.execute<{ hash: Buffer }[]>(
      `select ${state} as hash from ${entity} r where id = ?`,
      [entityId],
    );
    const event = {
      userId: ada,
      sequence: index + 1,
      occurredAt,
      actor: 'person' as const,
      action: 'created' as const,
      entity,
      entityId,
      fields: [],
      stateHash: row?.hash ?? null,
    };
    const hash = eventHash(previous, event);
    await new AuditRepository(own).add([{ ...event, previousHash: previous, hash }]);
    previous = hash;
  }
  await older.close();

  await library.database.migrate();
  const verify = () =>
    verifyAudit(new AuditVerificationRepository(library.em), {
      userId: ada,
      report: () => undefined,
      pausePoint: async () => undefined,
    });
  expect(await verify()).toMatchObject({ isIntact: true, events: 4 });
  await library.em.execute(`update memory_version set content = 'other' where number = 1`);
  expect(await verify()).toMatchObject({
    differences: [{ entity: 'memory', entityId: withHistory, what: 'changed' }],
  });
});
