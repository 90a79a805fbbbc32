import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import type { Cluster } from './cluster.ts';
import {
  afterThisTest,
  isGone,
  makeLibrary,
  makeTemporaryDir,
  open,
  processesOf,
  query,
  queryAsAdmin,
  serverLogOf,
  startApp,
  until,
} from './test-library.ts';

const recovered = /was not properly shut down|database system was interrupted/;

const nothingRuns = (libraryDir: string) => until(async () => (await processesOf(libraryDir)).length === 0);

test('kill -9 of the app: the server shuts down cleanly and the next start has nothing to recover', async () => {
  const libraryDir = await makeLibrary();
  const app = startApp({ libraryDir });
  const { processIds } = await app.next('ready');
  app.kill('SIGKILL');
  await until(async () => (await Promise.all(processIds.map(isGone))).every(Boolean));
  await open(libraryDir);
  const log = await serverLogOf(libraryDir);
  expect(log).toContain('database system was shut down');
  expect(log).not.toMatch(recovered);
});

test('kill -9 of the app in any moment of its first start: the next one finds a library or makes one', async () => {
  const libraryDir = path.join(await makeTemporaryDir(), 'library');
  for (const waitMs of [30, 150, 300, 450, 600, 750]) {
    const app = startApp({ libraryDir });
    await app.next('stage');
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
    app.kill('SIGKILL');
    await app.ended;
  }
  const cluster = await open(libraryDir);
  expect(await query(cluster, 'select 1 as works')).toEqual([{ works: 1 }]);
  expect(await readdir(libraryDir)).not.toContainEqual(expect.stringMatching(/tmp/));
});

test('kill -9 of the app right as the server starts leaves no server behind', async () => {
  const libraryDir = await makeLibrary();
  for (let round = 0; round < 5; round += 1) {
    const app = startApp({ libraryDir });
    await until(async () =>
      (await processesOf(libraryDir)).some((command) => command.includes('loci-watchdog')),
    );
    app.kill('SIGKILL');
    await app.ended;
    await nothingRuns(libraryDir);
  }
});

test('kill -9 of the server: the app is told and brings it back, with all that was saved', async () => {
  const cluster = await open(await makeLibrary());
  await query(cluster, 'create table kept (n int)');
  await query(cluster, 'insert into kept values (7)');
  const before = cluster.facts.postmasterPid;
  const lost = new Promise((resolve) => {
    cluster.onLost(resolve);
  });
  process.kill(before, 'SIGKILL');
  expect(await lost).toMatchObject({ code: 'lost', problem: { title: 'The database stopped unexpectedly' } });
  await cluster.restart();
  expect(cluster.facts.postmasterPid).not.toBe(before);
  expect(await query(cluster, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('kill -9 of the watchdog: the same, and the new server is watched again', async () => {
  const libraryDir = await makeLibrary();
  const app = startApp({ libraryDir });
  const { processIds, pid } = await app.next('ready');
  const [shell = 0] = processIds;
  expect(shell).not.toBe(pid);
  process.kill(shell, 'SIGKILL');
  await app.next('lost');
  app.send('restart');
  const again = await app.next('ready');
  expect(await isGone(pid)).toBe(true);
  app.kill('SIGKILL');
  await until(async () => (await Promise.all(again.processIds.map(isGone))).every(Boolean));
  expect(await serverLogOf(libraryDir)).not.toMatch(recovered);
});

test("kill -9 of a connection's process: the server recovers by itself and stays the same", async () => {
  const libraryDir = await makeLibrary();
  const cluster = await open(libraryDir);
  await query(cluster, 'create table kept as select 1 as n');
  const client = new Client(cluster.connection);
  const broken = new Promise((resolve) => {
    client.once('error', resolve);
  });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
  await broken;
  // We hear of it before the server does, which until then answers as if nothing had happened.
  await until(async () => (await serverLogOf(libraryDir)).includes('reinitializing'));
  const answers = () =>
    query(cluster, 'select 1').then(
      () => true,
      () => false,
    );
  await until(answers);
  expect(await query(cluster, 'select n from kept')).toEqual([{ n: 1 }]);
  expect(await isGone(cluster.facts.postmasterPid)).toBe(false);
});

test('kill -9 of app and server together: the next start recovers by itself', async () => {
  const libraryDir = await makeLibrary();
  const app = startApp({ libraryDir });
  const { processIds } = await app.next('ready');
  for (const pid of [app.pid, ...processIds]) killIfThere(pid);
  const cluster = await open(libraryDir);
  expect(await query(cluster, 'select 1 as works')).toEqual([{ works: 1 }]);
  expect(await serverLogOf(libraryDir)).toMatch(recovered);
});

test('a busy connection that outlives its killed server is ended before a new one starts', async () => {
  const cluster = await open(await makeLibrary());
  const client = new Client(cluster.connection);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  // Works without ever looking up, so that it does not notice the death of its server by itself.
  client
    .query(`select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b`)
    .catch(() => undefined);
  const lost = new Promise((resolve) => {
    cluster.onLost(resolve);
  });
  await until(
    async () =>
      (await queryAsAdmin(cluster, `select from pg_stat_activity where state = 'active'`)).length > 1,
  );
  process.kill(cluster.facts.postmasterPid, 'SIGKILL');
  await lost;
  await cluster.restart();
  expect(await isGone(rows[0]?.pid ?? 0)).toBe(true);
});

test(
  'twenty kills of the server in the midst of writing lose nothing that was acknowledged',
  { timeout: 90_000 },
  async () => {
    const cluster = await open(await makeLibrary());
    await query(cluster, 'create table written (writer int, n int, primary key (writer, n))');
    const acknowledged = [0, 0];

    async function write(writer: number): Promise<void> {
      const client = new Client(cluster.connection);
      client.on('error', () => undefined);
      try {
        await client.connect();
        for (;;) {
          const n = (acknowledged[writer] ?? 0) + 1;
          // A write whose answer was lost with the server may be there; it was not acknowledged.
          await client.query('insert into written values ($1, $2) on conflict do nothing', [writer, n]);
          acknowledged[writer] = n;
        }
      } catch {
        await client.end().catch(() => undefined);
      }
    }

    let lost: () => void = () => undefined;
    cluster.onLost(() => lost());
    for (let kill = 0; kill < 20; kill += 1) {
      const dead = new Promise<void>((resolve) => {
        lost = resolve;
      });
      const writers = [write(0), write(1)];
      const target = (acknowledged[0] ?? 0) + randomInt(20, 120);
      await until(() => (acknowledged[0] ?? 0) >= target);
      process.kill(cluster.facts.postmasterPid, 'SIGKILL');
      await Promise.all([dead, ...writers]);
      await cluster.restart();
      expect(await missingOf(cluster, acknowledged)).toEqual([]);
    }

    // The check itself is checked: it must see a single acknowledged row that is not there.
    await query(cluster, 'delete from written where writer = 1 and n = 5');
    expect(await missingOf(cluster, acknowledged)).toEqual([{ writer: 1, n: 5 }]);
  },
);

function missingOf(cluster: Cluster, [zero = 0, one = 0]: readonly number[]): Promise<unknown[]> {
  return query(
    cluster,
    `select writer, n from (select 0 as writer, generate_series(1, $1::int) as n
                            union all select 1, generate_series(1, $2::int)) acknowledged
      where (writer, n) not in (select writer, n from written)`,
    [zero, one],
  );
}

test('a library that is closed has nothing left to kill', async () => {
  const libraryDir = await makeLibrary();
  const cluster = await open(libraryDir);
  const client = new Client(cluster.connection);
  client.on('error', () => undefined);
  await client.connect();
  afterThisTest(() => client.end().catch(() => undefined));
  // In the midst of a transaction, with a connection that nobody closed.
  await client.query('begin');
  await client.query('create table unfinished (n int)');
  await cluster.stop();
  expect(await processesOf(libraryDir)).toEqual([]);
  const again = await open(libraryDir);
  expect(await query(again, `select to_regclass('unfinished') as unfinished`)).toEqual([
    { unfinished: null },
  ]);
  expect(await serverLogOf(libraryDir)).not.toMatch(recovered);
});

/** With its app gone, a process of the server may be gone as well by the time it is its turn. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone is what it was to be.
  }
}
