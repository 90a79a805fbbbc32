import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../database/orm.ts';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { silentLog } from '../logging/log.ts';
import { AuditTrail } from './audit-trail.ts';
import { AuditVerificationRepository } from './audit-verification.repository.ts';
import { AuditEvent } from './audit-event.entity.ts';
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
