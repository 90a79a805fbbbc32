import { execFile } from 'node:child_process';
import { chmod, cp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openCluster, type ClusterStage } from './cluster.ts';
import { copyNode } from './test-app-copy.ts';
import { findStrays, inspectProcess } from './processes.ts';
import {
  isGone,
  isRoot,
  listeningLog,
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
import { binariesDir } from './testing.ts';

test('the first start makes a library, the second finds what was put in it', async () => {
  const libraryDir = path.join(await makeTemporaryDir(), 'new', 'library');
  const stages: ClusterStage[] = [];
  const first = await open(libraryDir, { onStage: (stage) => stages.push(stage) });
  expect(stages).toEqual(['checking', 'creating', 'starting', 'ready']);
  expect(first.facts).toEqual({
    version: expect.stringMatching(/^17\.\d+$/),
    systemIdentifier: expect.stringMatching(/^\d{15,}$/),
    startedAt: expect.any(Date),
    postmasterPid: expect.any(Number),
    dataDir: path.join(libraryDir, 'postgres'),
    firstStart: true,
  });
  await query(first, `create table memory (text text)`);
  await query(first, `insert into memory values ('ein Ort — 場所')`);
  await first.stop();
  expect(await isGone(first.facts.postmasterPid)).toBe(true);
  expect(await processesOf(libraryDir)).toEqual([]);

  stages.length = 0;
  const second = await open(libraryDir, { onStage: (stage) => stages.push(stage) });
  expect(stages).toEqual(['checking', 'starting', 'ready']);
  expect(second.facts).toMatchObject({ firstStart: false, systemIdentifier: first.facts.systemIdentifier });
  expect(await query(second, 'select text from memory')).toEqual([{ text: 'ein Ort — 場所' }]);
  expect(await serverLogOf(libraryDir)).not.toContain('not properly shut down');
});

test('what was written is on the disk when it is acknowledged, and order is the same on every machine', async () => {
  const cluster = await open(await makeLibrary());
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'data_checksums',
    'TimeZone',
    'listen_addresses',
    'server_encoding',
  ];
  expect(
    await query(
      cluster,
      `select json_object_agg(name, setting) as set from pg_settings where name = any($1)`,
      [names],
    ),
  ).toEqual([
    {
      set: {
        fsync: 'on',
        synchronous_commit: 'on',
        full_page_writes: 'on',
        data_checksums: 'on',
        TimeZone: 'UTC',
        listen_addresses: '',
        server_encoding: 'UTF8',
      },
    },
  ]);
  const [collation] = await query(
    cluster,
    `select datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()`,
  );
  expect(collation).toEqual({ provider: 'b', locale: 'C.UTF-8' });
});

test('the app works as a role that owns its database and may do nothing else', async () => {
  const cluster = await open(await makeLibrary());
  expect(
    await query(
      cluster,
      `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
              pg_get_userbyid(datdba) as owner
         from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    ),
  ).toEqual([
    {
      rolname: 'loci',
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
      owner: 'loci',
    },
  ]);
  await expect(query(cluster, `alter system set fsync = off`)).rejects.toThrow(
    /permission denied|not allowed/,
  );
  await expect(query(cluster, `select pg_read_file('postgresql.conf')`)).rejects.toThrow('permission denied');
});

test('search by meaning, by likeness and without accents is there', async () => {
  const cluster = await open(await makeLibrary());
  expect(
    await query(
      cluster,
      `select '[1,2]'::vector <-> '[1,3]'::vector as apart, similarity('palace', 'palaces') > 0.5 as alike, unaccent('Môn') as plain`,
    ),
  ).toEqual([{ apart: 1, alike: true, plain: 'Mon' }]);
  // As a migration says it, without the rights to create it.
  await query(cluster, 'create extension if not exists vector');
});

test('an extension that came older with the library is brought to the version of the app', async () => {
  const libraryDir = await makeLibrary();
  const before = await open(libraryDir);
  await queryAsAdmin(before, 'drop extension unaccent');
  await queryAsAdmin(before, 'drop extension pg_trgm');
  await queryAsAdmin(before, `create extension pg_trgm version '1.5'`);
  await before.stop();
  const after = await open(libraryDir);
  expect(
    await query(
      after,
      `select name, installed_version = default_version as current from pg_available_extensions
      where name in ('pg_trgm', 'unaccent', 'vector') order by name`,
    ),
  ).toEqual(['pg_trgm', 'unaccent', 'vector'].map((name) => ({ name, current: true })));
});

test('a first start that was cut off before its database was made is completed by the next', async () => {
  const libraryDir = await makeLibrary();
  const cluster = await open(libraryDir);
  await queryAsAdmin(
    { ...cluster, connection: { ...cluster.connection, database: 'postgres' } },
    'drop database loci',
  );
  await cluster.stop();
  expect(await query(await open(libraryDir), `select 1 as works`)).toEqual([{ works: 1 }]);
});

test('no other user of the computer can look into the library, even with umask 000', async () => {
  const libraryDir = path.join(await makeTemporaryDir(), 'library');
  const before = process.umask(0o000);
  try {
    const cluster = await open(libraryDir);
    const socketDir = cluster.connection.host;
    const places = [
      '.',
      'postgres',
      'postgres/base',
      'postgres/PG_VERSION',
      'postgres/INIT_OK',
      'postgres/pg_hba.conf',
      'server.log',
    ];
    const open_ = [
      ...places.map((name) => path.join(libraryDir, name)),
      socketDir,
      path.join(socketDir, '.s.PGSQL.5432'),
    ];
    const bits = await Promise.all(open_.map(async (place) => [place, (await stat(place)).mode & 0o077]));
    expect(bits).toEqual(open_.map((place) => [place, 0]));
  } finally {
    process.umask(before);
  }
});

test.runIf(isRoot)('a process of another user is turned away even if it reaches the socket', async () => {
  const cluster = await open(await makeLibrary());
  const { host, port } = cluster.connection;
  await chmod(path.dirname(host), 0o755);
  await chmod(host, 0o755);
  await chmod(path.join(host, `.s.PGSQL.${port}`), 0o777);
  // The checkout, with its packages, may lie where only root may look: one program, and the protocol by hand.
  const dir = await makeTemporaryDir();
  await chmod(dir, 0o755);
  const script = `
    const words = Buffer.from('\\0\\x03\\0\\0user\\0loci\\0database\\0loci\\0\\0');
    const length = Buffer.alloc(4);
    length.writeInt32BE(words.length + 4);
    require('node:net').connect(${JSON.stringify(path.join(host, `.s.PGSQL.${port}`))})
      .on('data', (answer) => process.stdout.write(answer))
      .end(Buffer.concat([length, words]));`;
  const node = await copyNode(dir);
  const said = await new Promise((resolve) => {
    execFile(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', node, '-e', script],
      { cwd: '/' },
      (_error, stdout) => resolve(stdout.trim()),
    );
  });
  expect(said).toMatch(/Peer authentication failed/);
});

test('the server log never holds what a person wrote, even when a statement fails', async () => {
  const libraryDir = await makeLibrary();
  const cluster = await open(libraryDir);
  await query(cluster, 'create table memory (text text unique check (length(text) < 40))');
  const secret = 'my first kiss';
  await query(cluster, `insert into memory values ($1)`, [secret]);
  for (const failing of [
    `insert into memory values ('${secret}')`,
    `insert into memory values ('${secret.repeat(9)}')`,
    `select '${secret}'::int`,
    `select '${secret}' from nowhere`,
  ])
    await expect(query(cluster, failing)).rejects.toThrow();
  await cluster.stop();
  expect(await serverLogOf(libraryDir)).not.toContain('kiss');
});

test('a start that is called off leaves no process, and the next one works', async () => {
  const libraryDir = path.join(await makeTemporaryDir(), 'library');
  for (const at of ['creating', 'starting', 'ready'] as const) {
    const abort = new AbortController();
    const opening = openCluster({
      binariesDir,
      libraryDir,
      log: { info() {}, warn() {}, error() {} },
      appVersion: 'test',
      signal: abort.signal,
      onStage: (stage) => {
        if (stage === at) setImmediate(() => abort.abort(new Error('called off')));
      },
    });
    // When all is ready it is too late to call off; then it is for the caller to stop.
    if (at === 'ready') await (await opening).stop();
    else await expect(opening).rejects.toThrow('called off');
    expect(await processesOf(libraryDir)).toEqual([]);
  }
  await open(libraryDir);
});

test.runIf(process.platform === 'linux')(
  'a first start that is called off while the library is made leaves nothing of it',
  async () => {
    const libraryDir = path.join(await makeTemporaryDir(), 'library');
    const options = { binariesDir, libraryDir, log: listeningLog(), appVersion: 'test' };
    // initdb fills the library by servers of its own, one after the other. Only their folder tells whose they are.
    const staged = path.join(libraryDir, `postgres.tmp-${process.pid}`);
    for (const step of ['--boot', '--single']) {
      const servers: number[] = [];
      // It may be made before it was seen, where the machine has much else to do: then once more.
      while (servers.length === 0) {
        await rm(libraryDir, { recursive: true, force: true });
        const abort = new AbortController();
        let isOver = false;
        const opening = openCluster({ ...options, signal: abort.signal })
          .then(
            async (cluster) => cluster.stop().then(() => 'made'),
            (error: unknown) => error,
          )
          .finally(() => {
            isOver = true;
          });
        await until(async () => {
          for (const { pid } of await findStrays(staged)) {
            const info = await inspectProcess(pid);
            if (info.state === 'alive' && info.args.includes(step)) servers.push(pid);
          }
          return servers.length > 0 || isOver;
        });
        abort.abort('called off');
        const outcome = await opening;
        if (outcome === 'made') servers.length = 0;
        else expect(outcome).toBe('called off');
      }
      // They have let go of all files; the kernel may take a moment longer to forget them.
      await until(async () => (await Promise.all(servers.map(isGone))).every(Boolean));
      expect(await findStrays(staged)).toEqual([]);
      expect(await processesOf(libraryDir)).toEqual([]);
      expect(await readdir(libraryDir)).toEqual(['server.log']);
    }
    expect((await open(libraryDir)).facts.firstStart).toBe(true);
  },
);

test('closing twice, at once and while starting again, is closing once', async () => {
  const libraryDir = await makeLibrary();
  const cluster = await open(libraryDir);
  const again = cluster.restart().catch(() => undefined);
  await Promise.all([cluster.stop(), cluster.stop(), again]);
  await cluster.stop();
  expect(await processesOf(libraryDir)).toEqual([]);
  await expect(cluster.restart()).rejects.toThrow('closed');
});

test('files copied while the server is stopped are a library that needs no recovery', async () => {
  const cluster = await open(await makeLibrary());
  await query(cluster, `create table kept as select 'here' as it`);
  const copy = path.join(await makeTemporaryDir(), 'copy');
  await cluster.restart(() => cp(cluster.facts.dataDir, path.join(copy, 'postgres'), { recursive: true }));
  expect(await query(cluster, 'select it from kept')).toEqual([{ it: 'here' }]);
  expect(await query(await open(copy), 'select it from kept')).toEqual([{ it: 'here' }]);
  expect(await serverLogOf(copy)).not.toContain('not properly shut down');
});

test('what the app shows of its processes and its size is true', async () => {
  const cluster = await open(await makeLibrary());
  const ids = await cluster.processIds();
  expect(ids).toContain(cluster.facts.postmasterPid);
  // A connection may end between the two looks; the server's own five and the two of the watchdog stay.
  const gone = await Promise.all(ids.map(isGone));
  expect(gone.filter((each) => !each).length).toBeGreaterThanOrEqual(7);
  expect(await cluster.directorySizeBytes()).toBeGreaterThan(20_000_000);
  await cluster.stop();
  expect(await Promise.all(ids.map(isGone))).toEqual(ids.map(() => true));
});

test.runIf(process.platform === 'linux')(
  'a signal to everything in the terminal leaves the server to the app',
  async () => {
    const app = startApp({ libraryDir: await makeLibrary() });
    const { pid } = await app.next('ready');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(-app.pid, signal);
    app.send('restart');
    // It answers still, and the server that it stopped by itself was the same one.
    const again = await app.next('ready');
    expect(again.pid).not.toBe(pid);
    app.send('stop');
    await app.next('stopped');
    expect(await isGone(again.pid)).toBe(true);
  },
);
