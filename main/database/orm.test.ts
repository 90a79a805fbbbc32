import { Migration } from '@mikro-orm/migrations';
import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { silentLog } from '../logging/log.ts';
import { dumpRows, dumpSchema, fillLibrary } from './full-library.ts';
import { openDatabase } from './orm.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

class AddsThenFails extends Migration {
  override up(): void {
    this.addSql('create table half_done (id int)');
    this.addSql('drop index memory_trash_index');
    this.addSql(`update memory set content = 'changed', version = version + 1`);
    this.addSql('delete from tag');
    this.addSql(`alter table app_user add constraint broken check (name = 'nobody')`);
  }
}
class MovesSlowly extends Migration {
  override up(): void {
    this.addSql('create table moved (id int)');
  }
}
const failing = { name: 'Migration29990101000000_fail', class: AddsThenFails };
const next = { name: 'Migration29990101000000_move', class: MovesSlowly };
const names = (list: readonly { name?: string }[]) => list.map(({ name }) => name);

/** Everything there is, tables and rows: a refused or failed start must leave exactly this. */
async function inventory({ em }: TestDatabase): Promise<unknown> {
  return { schema: await dumpSchema(em), rows: await dumpRows(em) };
}

const reopen = (
  { connection }: TestDatabase,
  list: NonNullable<Parameters<typeof openDatabase>[0]['migrations']>,
) => openDatabase({ connection, log: silentLog, poolSize: 2, migrations: list });

test('a new library gets all its tables, a later start finds nothing to do', async () => {
  const library = await openTestDatabase({ migrated: false });
  expect(await library.database.pendingMigrations()).toEqual(names(migrations));
  expect(await library.database.migrate()).toEqual(names(migrations));
  expect(await library.database.pendingMigrations()).toEqual([]);
  expect(await library.database.migrate()).toEqual([]);
  expect(library.database.versions).toEqual({
    postgres: expect.stringMatching(/^\d+\.\d+$/),
    pgvector: expect.stringMatching(/^0\.\d+\.\d+$/),
  });
});

test('looking at an empty database makes nothing in it', async () => {
  const library = await openTestDatabase({ migrated: false });
  const before = await inventory(library);
  await library.database.pendingMigrations();
  expect(await inventory(library)).toEqual(before);
});

test('of two apps that update at once, one does it and the other waits', async () => {
  const library = await openTestDatabase({ migrated: false });
  const apps = await Promise.all([reopen(library, migrations), reopen(library, migrations)]);
  const applied = await Promise.all(apps.map((app) => app.migrate()));
  expect(applied.flat()).toEqual(names(migrations));
  await Promise.all(apps.map((app) => app.close()));
});

test('an update that fails leaves the library exactly as it was, and says so', async () => {
  const library = await openTestDatabase();
  await fillLibrary(library.em);
  const before = await inventory(library);
  const app = await reopen(library, [...migrations, next, failing]);
  // Twice: the person tries again.
  for (const _ of [1, 2]) {
    await expect(app.migrate()).rejects.toMatchObject({
      code: 'update_failed',
      // For the log: all that helps to find the cause, nothing that a person wrote.
      detail: `${failing.name}: CheckConstraintViolationException 23514 app_user broken`,
      problem: { meaning: expect.stringContaining('exactly as it was') },
    });
  }
  expect(await inventory(library)).toEqual(before);
  expect(await app.pendingMigrations()).toEqual(names([next, failing]));
  await app.close();
});

test('a first update that fails leaves an empty database empty', async () => {
  const library = await openTestDatabase({ migrated: false });
  const before = await inventory(library);
  const app = await reopen(library, [...migrations, failing]);
  await library.em.execute(`create table app_user (id int)`);
  await expect(app.migrate()).rejects.toMatchObject({ code: 'update_failed' });
  await library.em.execute(`drop table app_user`);
  expect(await inventory(library)).toEqual(before);
  await app.close();
});

test('a library that a newer Loci has updated is refused and left untouched', async () => {
  const library = await openTestDatabase();
  await fillLibrary(library.em);
  const newer = await reopen(library, [...migrations, next]);
  await newer.migrate();
  await newer.close();
  const before = await inventory(library);
  await expect(reopen(library, migrations)).rejects.toMatchObject({
    code: 'library_newer',
    detail: next.name,
    problem: { advice: expect.stringContaining('newest version') },
  });
  expect(await inventory(library)).toEqual(before);
});

test('an app that waited for a newer one to finish its update steps back', async () => {
  const library = await openTestDatabase({ migrated: false });
  const older = await reopen(library, migrations);
  const newer = await reopen(library, [...migrations, next]);
  await newer.migrate();
  await expect(older.migrate()).rejects.toMatchObject({ code: 'library_newer' });
  await Promise.all([older.close(), newer.close()]);
});

test('a server without what Loci needs is refused with a clear text', async () => {
  const library = await openTestDatabase({ migrated: false });
  const { em } = library;
  const name = new URL(library.url).pathname.slice(1);
  // Puts names of ours before those of the system, so that this server can pretend to be another.
  await em.execute(`alter database ${name} set search_path to public, pg_catalog`);
  const pretend = async (sql: string) => {
    await em.execute(sql);
    return reopen(library, migrations);
  };
  const extensions = (rows: string) =>
    `create or replace view public.pg_available_extensions as
     select * from (values ${rows}) t(name, default_version, installed_version)`;
  await expect(
    pretend(extensions(`('pg_trgm', '1.6', null), ('unaccent', '1.1', null)`)),
  ).rejects.toMatchObject({
    code: 'extension_missing',
    detail: 'vector',
  });
  await expect(
    pretend(extensions(`('pg_trgm', '1.6', null), ('unaccent', '1.1', null), ('vector', '0.7.4', null)`)),
  ).rejects.toMatchObject({ code: 'server_too_old', detail: 'pgvector 0.7.4' });
  await expect(
    pretend(
      `create function public.current_setting(text) returns text language sql as $$ select '14.11 (Debian)' $$`,
    ),
  ).rejects.toMatchObject({ code: 'server_too_old', detail: 'PostgreSQL 14.11' });
});

test('a database that is not there is refused, with what to look at', async () => {
  const { url } = await openTestDatabase();
  const address = new URL(url);
  address.pathname = '/not_there';
  const open = (connection: { url: string }) => openDatabase({ connection, log: silentLog });
  await expect(open({ url: address.href })).rejects.toMatchObject({ code: 'database_missing' });
  await expect(open({ url: 'postgresql://loci@%2Fno%2Fsuch%2Ffolder/loci' })).rejects.toMatchObject({
    code: 'database_unreachable',
    problem: { advice: expect.stringContaining('address') },
  });
});

test('a query that comes after the library was closed is refused and opens nothing', async () => {
  const library = await openTestDatabase();
  const app = await reopen(library, migrations);
  await app.close();
  await expect(app.orm.em.fork().execute('select 1')).rejects.toMatchObject({ code: 'unavailable' });
});

test('closing does not wait for work that does not end', async () => {
  const { connection, em } = await openTestDatabase();
  const app = await openDatabase({ connection, log: silentLog, closeGraceMs: 1 });
  const own = app.orm.em.fork({ useContext: true });
  await own.begin();
  const [row] = await own.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
  const endless = expect(own.execute('select pg_sleep(600)')).rejects.toThrow('Connection terminated');
  const underWay = `select from pg_stat_activity where pid = ? and wait_event = 'PgSleep'`;
  while ((await em.execute(underWay, [row?.pid])).length === 0);
  await app.close();
  await endless;
});

test('however often the server goes away in the middle of something, the library works again', async () => {
  const { connection, em } = await openTestDatabase();
  const app = await openDatabase({ connection, log: silentLog, poolSize: 2 });
  for (let loss = 0; loss < 5; loss++) {
    const own = app.orm.em.fork({ useContext: true });
    const lost = own.transactional(async () => {
      const [row] = await own.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
      await em.execute('select pg_terminate_backend(?)', [row?.pid]);
      await own.execute('select 1');
    });
    await expect(lost).rejects.toThrow();
    expect(await own.execute('select 1 as here')).toEqual([{ here: 1 }]);
  }
  await app.close();
});
