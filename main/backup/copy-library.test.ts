import { expect, test } from 'vitest';
import { AuditRepository } from '../audit/audit.repository.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { eventHash, beginningHash } from '../audit/event-hash.ts';
import { AuditEvent } from '../audit/audit-event.entity.ts';
import { databaseName } from '../database/connection.ts';
import { dumpRows, dumpSchema, fillLibrary } from '../database/full-library.ts';
import { openDatabase } from '../database/orm.ts';
import { openTestDatabase, type TestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { silentLog } from '../logging/log.ts';
import { User } from '../users/user.entity.ts';
import { copyLibrary, type CopyProgress } from './copy-library.ts';

const on = 'another server';

const count = (rows: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(rows).map(([table, list]) => [table, list.length]));

test('a library goes to another server and back, equal row for row, and its audit holds', async () => {
  const original = await openTestDatabase();
  await fillLibrary(original.em);
  // As long as one may be.
  await original.em.execute(`update memory set content = repeat('\\', 2097152) where title is null`);
  const users = await original.newEm().find(User, {}, { orderBy: { id: 'asc' } });
  const audit = new AuditTrail();
  const userId = String(users[0]?.id);
  const memories = await original.em.execute<{ id: string }[]>('select id from memory where user_id = ?', [
    userId,
  ]);
  await inTransaction(original.em, async () => {
    audit.note({ userId, action: 'created', entity: 'memory', ids: memories.map(({ id }) => id) });
    audit.note({ userId, action: 'changed', entity: 'app_user', ids: [userId], fields: ['name'] });
  });
  const rows = await dumpRows(original.em);
  expect(Object.entries(rows).filter(([, list]) => list.length === 0)).toEqual([]);

  const other = await openTestDatabase({ on, migrated: false });
  const seen: CopyProgress[] = [];
  const copied = await copyLibrary({
    from: original.database,
    to: other.database,
    onProgress: (progress) => seen.push(progress),
  });
  expect(copied).toEqual(count(rows));
  expect(await dumpRows(other.em)).toEqual(rows);
  expect([...new Set(seen.map(({ step }) => step))]).toEqual(['reading', 'copying', 'checking']);
  const total = Object.values(copied).reduce((sum, number) => sum + number, 0);
  expect(seen.at(-1)).toMatchObject({ rows: total, totalRows: total });

  const back = await openTestDatabase({ migrated: false });
  await copyLibrary({ from: other.database, to: back.database });
  expect(await dumpRows(back.em)).toEqual(rows);
  expect(await dumpRows(original.em)).toEqual(rows);
  for (const library of [other, back]) {
    expect(await library.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    await expectAuditToHold(library, userId);
    await expectTriggersToWork(library);
    expect(await library.em.execute('select next_embedding_model_number() as number')).toEqual([
      { number: 2 },
    ]);
  }
});

/** Event by event, and each against the row it speaks of. */
async function expectAuditToHold({ newEm }: TestDatabase, userId: string): Promise<void> {
  const em = newEm();
  const events = await em.find(AuditEvent, { user: userId }, { orderBy: { sequence: 'asc' } });
  expect(events.length).toBeGreaterThan(1);
  const repository = new AuditRepository(em);
  let previous: Uint8Array = beginningHash;
  for (const event of events) {
    const { entity, entityId } = event;
    if (entity !== 'memory' && entity !== 'app_user') throw new Error(entity);
    const states = await repository.findStateHashes(entity, [String(entityId)]);
    expect(event.stateHash).toEqual(new Uint8Array(states.get(String(entityId)) ?? []));
    previous = eventHash(previous, {
      userId,
      sequence: event.sequence,
      occurredAt: event.occurredAt,
      actor: event.actor,
      action: event.action,
      entity,
      entityId: entityId ?? null,
      fields: event.fields,
      stateHash: event.stateHash ?? null,
    });
    expect(event.hash).toEqual(new Uint8Array(previous));
  }
}

async function expectTriggersToWork({ em }: TestDatabase): Promise<void> {
  await em.execute(`update memory set occurred_at = '2022-02-02T00:00:00Z', deleted_at = null`);
  expect(
    await em.execute(
      `select bool_and(l.occurred_at = m.occurred_at and not l.trashed) and min(m.updated_at) > now() - interval '1 day' as followed
       from memory_tag l join memory m on m.id = l.memory_id`,
    ),
  ).toEqual([{ followed: true }]);
}

test('nothing but rows has to be copied: what counts by itself counts on from the rows', async () => {
  const { em } = await openTestDatabase();
  const sequences = await em.execute<{ relname: string }[]>(
    `select relname from pg_class where relkind = 'S' and relname <> 'schema_migration_id_seq'`,
  );
  // Shown to count on in the test above.
  expect(sequences.map(({ relname }) => relname)).toEqual(['embedding_model_number']);
});

test('a place where somebody has already been is refused and left as it is', async () => {
  const original = await openTestDatabase();
  await fillLibrary(original.em);
  const other = await openTestDatabase({ on });
  const add = other.newEm();
  add.create(User, { name: 'Somebody', email: null });
  await add.flush();
  const before = await dumpRows(other.em);
  const copying = copyLibrary({ from: original.database, to: other.database });
  await expect(copying).rejects.toMatchObject({ problem: { code: 'place_taken' } });
  expect(await dumpRows(other.em)).toEqual(before);
  const onItself = copyLibrary({ from: original.database, to: original.database });
  await expect(onItself).rejects.toMatchObject({ problem: { code: 'place_taken' } });
});

test('where there is no library, or one that an older Loci made, nothing is copied', async () => {
  const empty = await openTestDatabase({ migrated: false });
  const other = await openTestDatabase({ on, migrated: false });
  const schema = await other.em.execute('select count(*) from pg_class');
  const copying = () => copyLibrary({ from: empty.database, to: other.database });
  await expect(copying()).rejects.toMatchObject({ problem: { code: 'no_library' } });
  await empty.em.execute(
    `create table schema_migration (id int, name text); create table app_user (id int); insert into app_user values (1)`,
  );
  await expect(copying()).rejects.toMatchObject({ problem: { code: 'library_old' } });
  expect(await other.em.execute('select count(*) from pg_class')).toEqual(schema);
});

test('a copy that fails on the way takes back all of it, and can be made again', async () => {
  const original = await openTestDatabase();
  await fillLibrary(original.em);
  const rows = await dumpRows(original.em);
  const other = await openTestDatabase({ on });
  // Refuses one of the last rows.
  await other.em.execute(`alter table job add constraint refused check (kind <> 'import')`);
  const schema = await dumpSchema(other.em);
  const copying = () => copyLibrary({ from: original.database, to: other.database });
  await expect(copying()).rejects.toMatchObject({
    problem: { code: 'copy_failed' },
    cause: { code: '23514' },
  });
  expect(Object.values(await dumpRows(other.em)).flat()).toEqual([]);
  expect(await dumpSchema(other.em)).toEqual(schema);
  await other.em.execute('alter table job drop constraint refused');
  await copying();
  expect(await dumpRows(other.em)).toEqual(rows);
  expect(await dumpRows(original.em)).toEqual(rows);
});

test('a copy that is not like the original is noticed and taken back', async () => {
  const original = await openTestDatabase();
  await fillLibrary(original.em);
  const other = await openTestDatabase({ on });
  // Puts a function of ours before that of the system: this server then reads other bytes than were sent.
  await other.em.execute(
    `alter database ${databaseName(other.connection)} set search_path to public, pg_catalog`,
  );
  await other.em.execute(
    `create function convert_to(text, text) returns bytea language sql as $$ select pg_catalog.convert_to(lower($1), $2) $$`,
  );
  const strange = await openDatabase({ connection: other.connection, log: silentLog });
  await expect(copyLibrary({ from: original.database, to: strange })).rejects.toMatchObject({
    message: expect.stringMatching(/: app_user,.* memory,/),
    problem: { code: 'copy_differs' },
  });
  await strange.close();
  expect(Object.values(await dumpRows(other.em)).flat()).toEqual([]);
});

test('a person who stops it leaves an empty place', async () => {
  const original = await openTestDatabase();
  await fillLibrary(original.em);
  const other = await openTestDatabase({ on });
  for (const step of ['reading', 'copying', 'checking']) {
    const stop = new AbortController();
    const copying = copyLibrary({
      from: original.database,
      to: other.database,
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.step === step) stop.abort();
      },
    });
    await expect(copying).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(Object.values(await dumpRows(other.em)).flat()).toEqual([]);
  }
});

test('what is written during the copy is not half in it', async () => {
  const original = await openTestDatabase();
  await fillLibrary(original.em);
  const rows = await dumpRows(original.em);
  const other = await openTestDatabase({ on, migrated: false });
  const writer = await openDatabase({ connection: original.connection, log: silentLog });
  let writing: Promise<unknown> | undefined;
  await copyLibrary({
    from: original.database,
    to: other.database,
    onProgress({ step }) {
      if (step === 'copying')
        writing ??= writer.orm.em
          .fork()
          .execute(`delete from app_user; insert into app_user (id, name) values (uuid_v7(), 'New')`);
    },
  });
  await writing;
  await writer.close();
  expect(await dumpRows(other.em)).toEqual(rows);
});

test('a large library goes through in portions', async () => {
  const original = await openTestDatabase();
  await original.em.execute(
    `insert into app_user (id, name) values ('0190a0b0-0000-7000-8000-000000000001', 'Ada');
     insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), '0190a0b0-0000-7000-8000-000000000001', repeat(md5(n::text), 30), sha256('x'), 'note', now()
     from generate_series(1, 5000) n`,
  );
  const other = await openTestDatabase({ on, migrated: false });
  const portions: number[] = [];
  let before = 0;
  const copied = await copyLibrary({
    from: original.database,
    to: other.database,
    onProgress({ step, table, rows }) {
      if (step === 'copying' && table === 'memory') portions.push(rows - before);
      before = rows;
    },
  });
  expect(copied).toMatchObject({ app_user: 1, memory: 5000 });
  // Some sixty-four thousand bytes each, however much there is.
  expect(Math.max(...portions)).toBeLessThan(100);
});
