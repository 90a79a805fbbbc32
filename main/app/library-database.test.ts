import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { openCluster } from '../postgres/cluster.ts';
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import { openLibraryDatabase, type LibraryServer } from './library-database.ts';
import type { OpeningOptions } from './library.ts';
import { startServer } from './server.ts';

let libraryDir: string;
const open: LibraryServer[] = [];

beforeEach(() => {
  libraryDir = fs.mkdtempSync(path.join(temporaryParent, 'loci-server-'));
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
  fs.rmSync(libraryDir, { recursive: true, force: true });
});

async function openLibrary(stages: string[] = [], appVersion = '0.0.0-test'): Promise<LibraryServer> {
  const options: OpeningOptions = {
    binariesDir,
    libraryDir,
    databaseUrl: undefined,
    appVersion,
    log: silentLog,
    signal: new AbortController().signal,
    onStage: (stage) => stages.push(stage),
    onKnock: () => undefined,
  };
  const server = await openLibraryDatabase(options, await startServer(options));
  open.push(server);
  return server;
}

async function closeLast(): Promise<void> {
  await open.pop()?.close();
}

const execute = (server: LibraryServer, sql: string) => server.database.orm.em.fork().execute(sql);
const copies = () => fs.readdirSync(path.join(libraryDir, 'safety-copies')).toSorted();

/** As an older app would have left it: the tables of the last migrations are not there yet. */
async function makeOlder(server: LibraryServer): Promise<void> {
  await execute(server, `drop owned by current_user cascade; grant all on schema public to current_user`);
  await execute(server, 'create table keepsake as select 42 as answer');
}

test('a new library is made and needs no safety copy', async () => {
  const stages: string[] = [];
  const server = await openLibrary(stages);
  expect(stages).toEqual(['checking', 'creating', 'starting', 'updating']);
  expect(await server.database.pendingMigrations()).toEqual([]);
  expect(fs.existsSync(path.join(libraryDir, 'safety-copies'))).toBe(false);
});

test('an older library is copied, then updated, and keeps what it had', async () => {
  await makeOlder(await openLibrary());
  await closeLast();

  const stages: string[] = [];
  const server = await openLibrary(stages);
  expect(stages).toEqual(['checking', 'starting', 'updating', 'starting', 'updating']);
  expect(await server.database.pendingMigrations()).toEqual([]);
  expect(await execute(server, 'select answer from keepsake')).toEqual([{ answer: 42 }]);
  expect(copies()).toHaveLength(1);
  await closeLast();

  await openLibrary();
  expect(copies()).toHaveLength(1);
});

test('the first start of another version copies the library, and only the first', async () => {
  await execute(await openLibrary([], '1.0.0'), 'create table keepsake as select 42 as answer');
  await closeLast();
  await openLibrary([], '1.0.0');
  expect(fs.existsSync(path.join(libraryDir, 'safety-copies'))).toBe(false);
  await closeLast();

  const server = await openLibrary([], '1.0.1');
  expect(await execute(server, 'select answer from keepsake')).toEqual([{ answer: 42 }]);
  expect(copies()).toEqual([expect.stringMatching(/-before-1\.0\.1$/)]);
  await closeLast();
  await openLibrary([], '1.0.1');
  expect(copies()).toHaveLength(1);
});

test('an update that fails leaves the library as it was, says so, and lets go of it', async () => {
  const older = await openLibrary();
  await makeOlder(older);
  await execute(older, 'create table setting (in_the_way int)');
  await closeLast();

  await expect(openLibrary()).rejects.toMatchObject({ problem: { code: 'update_failed' } });
  expect(fs.existsSync(path.join(libraryDir, 'postgres', 'postmaster.pid'))).toBe(false);
  // The copy that was made before is a whole library: it takes the place of the other and starts.
  const [copy] = copies();
  fs.rmSync(path.join(libraryDir, 'postgres'), { recursive: true });
  fs.renameSync(path.join(libraryDir, 'safety-copies', String(copy)), path.join(libraryDir, 'postgres'));
  const cluster = await openCluster({ binariesDir, libraryDir, appVersion: '0.0.0-test', log: silentLog });
  const client = new Client(cluster.connection);
  await client.connect();
  expect((await client.query('select answer from keepsake')).rows).toEqual([{ answer: 42 }]);
  await client.query('drop table setting');
  await client.end();
  await cluster.stop();
  await openLibrary();
});
