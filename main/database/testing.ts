import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { afterAll, onTestFinished, TestRunner } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { openTestCluster } from '../postgres/testing.ts';
import { connectionUrl, type DatabaseConnection } from './connection.ts';
import { openDatabase, type Database } from './orm.ts';
import { openOtherServer } from './other-server.ts';
import type { OrmOptionsInput } from './orm-options.ts';

/** A real library of a test file's own, gone when the file is done. */
export interface TestDatabase {
  readonly database: Database;
  readonly orm: MikroORM;
  /** What a service under test gets, and what a test looks with. */
  readonly em: EntityManager;
  /** One more of these, as another request or another app would have it. */
  newEm(): EntityManager;
  readonly connection: DatabaseConnection;
  readonly url: string;
}

export interface TestDatabaseOptions extends Partial<Pick<OrmOptionsInput, 'entities' | 'migrations'>> {
  /** False: there are no tables yet, as at the very first start. */
  readonly migrated?: boolean;
  /** Not the one that the tests use otherwise, but somebody else's: for what goes from one to the other. */
  readonly on?: 'another server';
}

/** A library with every table and no rows: a copy of one that was migrated once for the whole run. */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { migrated = true, on, ...rest } = options;
  const server = await (on === undefined ? findServer() : findOtherServer());
  const name = `loci_test_${randomUUID().replaceAll('-', '')}`;
  await server.run(async (admin) => {
    const template = migrated ? await ensureTemplate(server, admin) : server.emptyTemplate;
    await createDatabase(server, admin, name, template);
  });
  const connection = server.connect(name);
  const database = await openDatabase({ connection, log: silentLog, poolSize: 4, ...rest });
  const whenDone = TestRunner.getCurrentTest() ? onTestFinished : afterAll;
  whenDone(async () => {
    await database.close();
    const drop = `drop database if exists ${name}`;
    // By force nobody but a superuser ends a vacuum of the server's own; without, the server ends it by itself.
    await server.run((admin) => admin.query(`${drop} with (force)`).catch(() => admin.query(drop)));
  });
  const newEm = () => database.orm.em.fork({ useContext: true });
  return {
    database,
    orm: database.orm,
    em: newEm(),
    newEm,
    connection,
    url: connectionUrl(connection),
  };
}

interface TestServer {
  /** Has the extensions and no tables. */
  readonly emptyTemplate: string;
  readonly owner: string | undefined;
  /** As the app connects: never a superuser, unless the address given to the tests is one's. */
  connect(database: string): DatabaseConnection;
  run<T>(work: (admin: Client) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

let foundServer: Promise<TestServer> | undefined;
let foundOtherServer: Promise<TestServer> | undefined;
// Registered when a test file imports this, hence run after all that the file registers itself.
afterAll(async () => {
  await (await foundServer)?.stop();
  await (await foundOtherServer)?.stop();
});

function findServer(): Promise<TestServer> {
  const url = process.env['LOCI_DATABASE_URL'];
  foundServer ??= url === undefined ? bundledServer() : Promise.resolve(serverAt(url));
  return foundServer;
}

function findOtherServer(): Promise<TestServer> {
  foundOtherServer ??= (async () => {
    const { url, stop } = await openOtherServer();
    return { ...serverAt(url), stop };
  })();
  return foundOtherServer;
}

async function bundledServer(): Promise<TestServer> {
  const cluster = await openTestCluster();
  const connection = await cluster.createDatabase();
  return {
    emptyTemplate: connection.database,
    owner: connection.user,
    connect: (database) => ({ ...connection, database }),
    run: (work) => withClient(new Client(cluster.admin), work),
    stop: () => cluster.stop(),
  };
}

/** The same tests on any other server: its address must be that of a role that may create databases. */
function serverAt(url: string): TestServer {
  return {
    emptyTemplate: 'template1',
    owner: undefined,
    connect(database) {
      const address = new URL(url);
      address.pathname = `/${database}`;
      return { url: address.href };
    },
    run: (work) => withClient(new Client({ connectionString: url }), work),
    stop: async () => undefined,
  };
}

async function withClient<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Several test files begin at once: the first makes the template, the others wait for it. */
async function ensureTemplate(server: TestServer, admin: Client): Promise<string> {
  const template = `loci_template_${migrationsHash()}`;
  await admin.query(`select pg_advisory_lock(hashtext('loci_template'))`);
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 0) {
    // Under another name until it is whole, for the case that this run is killed.
    const making = `${template}_making`;
    await admin.query(`drop database if exists ${making}`);
    await createDatabase(server, admin, making, server.emptyTemplate);
    const database = await openDatabase({ connection: server.connect(making), log: silentLog });
    await database.migrate();
    await database.close();
    await admin.query(`alter database ${making} rename to ${template}`);
  }
  await admin.query(`select pg_advisory_unlock(hashtext('loci_template'))`);
  return template;
}

async function createDatabase(
  server: TestServer,
  admin: Client,
  name: string,
  template: string,
): Promise<void> {
  const owner = server.owner === undefined ? '' : `owner ${server.owner}`;
  await admin.query(`create database ${name} template ${template} ${owner}`);
}

/** A server that outlives the run may still have the template of an earlier state of the migrations. */
function migrationsHash(): string {
  const dir = path.join(import.meta.dirname, '../../migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(dir).toSorted()) hash.update(readFileSync(path.join(dir, file)));
  return hash.digest('hex').slice(0, 12);
}
