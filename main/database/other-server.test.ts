import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Client } from 'pg';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { silentLog } from '../logging/log.ts';
import { openDatabase, type Database } from './orm.ts';
import { KeywordLeg } from '../search/keyword-leg.ts';
import { openOtherServer } from './other-server.ts';

const server = await openOtherServer();
afterAll(() => server.stop());

function addressOf(base: string, { database, user, password }: Partial<Record<string, string>>): string {
  const address = new URL(base);
  if (database !== undefined) address.pathname = `/${database}`;
  if (user !== undefined) address.username = user;
  if (password !== undefined) address.password = password;
  return address.href;
}

async function asAdmin(sql: readonly string[], database = 'postgres'): Promise<void> {
  const client = new Client({ connectionString: addressOf(server.adminUrl, { database }) });
  await client.connect();
  for (const statement of sql) await client.query(statement);
  await client.end();
}

const newName = (kind: string) => `${kind}_${randomBytes(6).toString('hex')}`;

/** A database that the administrator makes, for a user of its own who may do what `rights` says there. */
async function makeDatabase({
  options = 'template template0',
  setUp = [] as readonly string[],
  rights = (_user: string, _database: string): readonly string[] => [],
}): Promise<{ url: string; database: string; user: string }> {
  const database = newName('loci_test');
  const user = newName('loci_guest');
  await asAdmin([`create role ${user} login password 'guest'`, `create database ${database} ${options}`]);
  onTestFinished(() => asAdmin([`drop database ${database} with (force)`, `drop role ${user}`]));
  await asAdmin([...setUp, ...rights(user, database)], database);
  return { url: addressOf(server.url, { database, user, password: 'guest' }), database, user };
}

const extensions = ['vector', 'pg_trgm', 'unaccent'].map((name) => `create extension ${name}`);

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ connection: { url }, log: silentLog, poolSize: 2 });
  onTestFinished(() => database.close());
  return database;
}

const refusal = (code: string, advice: string) => ({
  code,
  problem: { code, advice: expect.stringContaining(advice) },
});

test('the owner of an empty database, with pgvector put there by an administrator, needs nothing else', async () => {
  const { url } = await makeDatabase({
    setUp: ['create extension vector'],
    rights: (user, database) => [`alter database ${database} owner to ${user}`],
  });
  const database = await open(url);
  expect(await database.migrate()).toEqual(migrations.map(({ name }) => name));
});

test('a user who may do nothing but make tables needs the extensions to be there', async () => {
  const rights = (user: string) => [`grant create on schema public to ${user}`];
  const without = await makeDatabase({ rights });
  const refused = await open(without.url);
  await expect(refused.migrate()).rejects.toMatchObject(
    refusal('extension_forbidden', 'create extension vector'),
  );
  await asAdmin(extensions, without.database);
  expect(await refused.migrate()).toHaveLength(migrations.length);
});

test('a user who may not make tables is told who can help', async () => {
  const guest = await makeDatabase({ setUp: extensions });
  await expect((await open(guest.url)).migrate()).rejects.toMatchObject(refusal('rights_missing', 'owner'));

  const locked = await makeDatabase({ setUp: [...extensions, 'revoke usage on schema public from public'] });
  await expect((await open(locked.url)).migrate()).rejects.toMatchObject(refusal('rights_missing', 'owner'));
});

test('a library that somebody else owns is refused at once, not at the first memory', async () => {
  const guest = await makeDatabase({ setUp: extensions });
  const owner = await open(addressOf(server.adminUrl, { database: guest.database }));
  await owner.migrate();
  await expect(open(guest.url)).rejects.toMatchObject(refusal('rights_missing', 'owner'));
  await asAdmin([`grant select on all tables in schema public to ${guest.user}`], guest.database);
  await expect(open(guest.url)).rejects.toMatchObject({
    code: 'rights_missing',
    detail: expect.stringContaining('memory'),
  });
  await asAdmin(
    [`grant insert, update, delete on all tables in schema public to ${guest.user}`],
    guest.database,
  );
  const guests = await open(guest.url);
  expect(await guests.pendingMigrations()).toEqual([]);
  // Only its owner can put an index in order; what else is done along with that still is.
  await asAdmin([`insert into word_change (word, documents, length) values ('new', 1, 0)`], guest.database);
  expect(await new KeywordLeg(guests.orm.em).gatherCounts()).toBe(1);
  await asAdmin([`revoke insert on memory_word from ${guest.user}`], guest.database);
  await expect(open(guest.url)).rejects.toMatchObject({ code: 'rights_missing', detail: 'memory_word' });
});

test('a database that cannot hold every text is refused', async () => {
  const { url } = await makeDatabase({
    options: `template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'`,
    setUp: extensions,
  });
  await expect(open(url)).rejects.toMatchObject(refusal('encoding_wrong', 'UTF8'));
});

test('a database in which capital letters are strangers to the small ones is refused', async () => {
  for (const locale of [
    `locale_provider libc locale 'C'`,
    `locale_provider icu icu_locale 'tr' locale 'C'`,
  ]) {
    const { url } = await makeDatabase({
      options: `template template0 encoding 'UTF8' ${locale}`,
      setUp: extensions,
    });
    await expect(open(url)).rejects.toMatchObject(refusal('letters_unknown', 'icu_locale'));
  }
  const { url } = await makeDatabase({
    options: `template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale 'C'`,
    setUp: extensions,
  });
  await open(url);
});

test('a database that can only be read is refused', async () => {
  const { url } = await makeDatabase({
    setUp: extensions,
    rights: (user) => [`alter role ${user} set default_transaction_read_only to on`],
  });
  await expect(open(url)).rejects.toMatchObject(refusal('database_read_only', 'written'));
});

test('a limit meant for queries does not stop an update', async () => {
  const { url } = await makeDatabase({
    setUp: extensions,
    rights: (user, database) => [
      `alter database ${database} owner to ${user}`,
      `alter role ${user} set idle_in_transaction_session_timeout to '1s'`,
      `alter role ${user} set statement_timeout to '1s'`,
    ],
  });
  const waiting = await open(url);
  const holder = new Client({ connectionString: url });
  await holder.connect();
  await holder.query('set idle_in_transaction_session_timeout to 0; set statement_timeout to 0; begin');
  await holder.query('select pg_advisory_xact_lock(1819239273)');
  const update = waiting.migrate();
  // Longer than the limit: the other update takes its time.
  await holder.query('select pg_sleep(1.5)');
  await holder.query('commit');
  await holder.end();
  expect(await update).toHaveLength(migrations.length);
});

test('whoever is not let in is told what to look at', async () => {
  const { url, database } = await makeDatabase({ setUp: extensions });
  await expect(open(addressOf(url, { password: 'wrong' }))).rejects.toMatchObject(
    refusal('login_refused', 'password'),
  );
  await expect(open(addressOf(url, { user: 'nobody_here' }))).rejects.toMatchObject(
    refusal('login_refused', 'user'),
  );
  await asAdmin([`revoke connect on database ${database} from public`]);
  await expect(open(url)).rejects.toMatchObject(refusal('rights_missing', 'administrator'));
  await expect(open(addressOf(url, { database: 'not_there' }))).rejects.toMatchObject(
    refusal('database_missing', 'name'),
  );
});

test('a server that is full asks for patience', async () => {
  const { url, database } = await makeDatabase({ setUp: extensions });
  await asAdmin([`alter database ${database} connection limit 0`]);
  await expect(open(url)).rejects.toMatchObject(refusal('server_not_ready', 'moment'));
});

test('encryption that the server does not offer is not given up silently', async () => {
  const { url } = await makeDatabase({ setUp: extensions });
  await expect(open(`${url}?sslmode=verify-full`)).rejects.toMatchObject(
    refusal('encryption_failed', 'sslmode'),
  );
});

test('a place where no database answers is told from one that does not exist', async () => {
  const stranger = createServer((socket) => void socket.destroy());
  await new Promise<void>((resolve) => {
    stranger.listen(0, '127.0.0.1', () => resolve());
  });
  const address = stranger.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const unreachable = refusal('database_unreachable', 'address');
  await expect(open(`postgresql://me@127.0.0.1:${port}/loci`)).rejects.toMatchObject(unreachable);
  await new Promise((resolve) => {
    stranger.close(resolve);
  });
  await expect(open(`postgresql://me@127.0.0.1:${port}/loci`)).rejects.toMatchObject(unreachable);
  await expect(open('postgresql://me@no-such-host.invalid/loci')).rejects.toMatchObject(unreachable);
});

test.for(['loci', 'mysql://me@host/loci', 'postgresql://me:pass/word@host/loci', 'postgresql://me@host'])(
  'an address that names no database is shown how one looks: %s',
  async (url) => {
    await expect(open(url)).rejects.toMatchObject(refusal('address_invalid', 'postgresql://user'));
  },
);
