import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { libraryFiles } from './library-files.ts';
import { prepareSocketDir, socketFile } from './socket-dir.ts';
import {
  afterThisTest,
  isRoot,
  makeLibrary,
  makeTemporaryDir,
  open,
  query,
  serverLogOf,
  startApp,
} from './test-library.ts';

const sameIdentity = { prefix: [], peerName: '', owner: undefined };

test.for([
  ['blanks', 'My Documents/the  library '],
  ['quotes', `it's "mine"`],
  ['other scripts and emoji', 'Älteste Gedanken/記憶の宮殿 🏛'],
  ['what a shell would act upon', '$(touch evil);`x` & | > *?[a] #!~ %PATH% \\n {a,b}'],
  ['commas and equal signs', 'a,b=c:d'],
  [
    'a path far longer than a socket may have',
    Array.from({ length: 12 }, () => 'a folder in a folder').join('/'),
  ],
])('a library lives in a folder with %s', async ([, name = '']) => {
  const libraryDir = await makeLibrary(path.join(await makeTemporaryDir(), name));
  const first = await open(libraryDir);
  await query(first, 'create table kept (it text)');
  await first.stop();
  const second = await open(libraryDir);
  expect(await query(second, 'select count(*)::int as kept from kept')).toEqual([{ kept: 0 }]);
});

test('a library is made, not only opened, in such a folder', async () => {
  const libraryDir = path.join(await makeTemporaryDir(), `Über "x" $HOME; 'y' ${'long '.repeat(30)}`);
  expect((await open(libraryDir)).facts.firstStart).toBe(true);
});

/** Runs what follows where nobody may write to /dev/shm. Needs the right to mount. */
const withoutSharedMemory = [
  'unshare',
  '--mount',
  '--',
  'sh',
  '-c',
  'mount -t tmpfs -o ro none /dev/shm && exec "$@"',
  'sh',
] as const;
const canHideSharedMemory =
  isRoot && spawnSync(withoutSharedMemory[0], [...withoutSharedMemory.slice(1), 'true']).status === 0;

test.runIf(canHideSharedMemory)(
  'a library is made where there is no /dev/shm, and moves to a machine that has it and back',
  async () => {
    // Not in the usual place of tests, which may be /dev/shm itself.
    const home = await mkdtemp(path.join(os.tmpdir(), 'loci-test-'));
    afterThisTest(() => rm(home, { recursive: true }));
    const libraryDir = path.join(home, 'library');
    for (const prefix of [withoutSharedMemory, [], withoutSharedMemory]) {
      const app = startApp({ libraryDir, tuning: { throwAway: true } }, { prefix });
      expect(await app.outcome()).toMatchObject({ event: 'ready' });
      app.send('stop');
      await app.ended;
    }
  },
);

test('what the system is set to does not change how a library is made and run', async () => {
  const home = await makeTemporaryDir();
  const libraryDir = path.join(home, 'library');
  const strange = path.join(home, `tmp ,"' ${'x'.repeat(20)}`);
  await mkdir(strange);
  const env = {
    LANG: 'tr_TR.ISO-8859-9',
    LC_ALL: 'ja_JP.eucJP',
    LC_MESSAGES: 'de_DE',
    TZ: 'Asia/Tokyo',
    PGDATA: '/nowhere',
    PGHOST: 'example.invalid',
    PGPORT: '1',
    PGUSER: 'stranger',
    PGPASSWORD: 'wrong',
    PGDATABASE: 'other',
    PGOPTIONS: '-c synchronous_commit=off',
    PGSSLMODE: 'require',
    PGTZ: 'Asia/Tokyo',
    PGCLIENTENCODING: 'LATIN1',
    TMPDIR: strange,
    XDG_RUNTIME_DIR: path.join(home, 'not there'),
  };
  const app = startApp({ libraryDir }, { env });
  expect(await app.outcome()).toMatchObject({ event: 'ready' });
  app.send('stop');
  await app.ended;

  const cluster = await open(libraryDir);
  const environment = await readFile(`/proc/${cluster.facts.postmasterPid}/environ`, 'utf8').catch(() => '');
  expect(environment).not.toMatch(/HOME|NODE|VITEST|PGDATABASE/);
  const [made] = await query(
    cluster,
    `select datcollate as collate, pg_encoding_to_char(encoding) as encoding, current_setting('lc_messages') as messages
       from pg_database where datname = current_database()`,
  );
  expect(made).toEqual({ collate: 'C', encoding: 'UTF8', messages: 'C' });
});

test('a temporary folder too long for a socket is passed over', async () => {
  const long = path.join(await makeTemporaryDir(), 'x'.repeat(90));
  await mkdir(long);
  const app = startApp({ libraryDir: await makeLibrary() }, { env: { TMPDIR: long, XDG_RUNTIME_DIR: long } });
  expect((await app.next('ready')).host).toMatch(/^\/tmp\/loci-/);
  app.send('stop');
  await app.next('stopped');
});

test('two paths to one folder are one library', async () => {
  const libraryDir = await makeLibrary();
  const link = path.join(await makeTemporaryDir(), 'link');
  await symlink(libraryDir, link);
  await open(libraryDir);
  await expect(open(link)).rejects.toMatchObject({ code: 'already_open' });
});

test('two libraries are open side by side', async () => {
  const [one, other] = [await open(await makeLibrary()), await open(await makeLibrary())];
  expect(one.connection.host).not.toBe(other.connection.host);
});

test('a socket that a stranger sits on is left to them', async () => {
  const libraryDir = await makeLibrary();
  const usual = await prepareSocketDir(libraryDir, sameIdentity);
  afterThisTest(() => rm(usual, { recursive: true, force: true }));
  const stranger = net.createServer((socket) => socket.on('error', () => undefined).end('hello'));
  await new Promise<void>((resolve) => {
    stranger.listen(socketFile(usual), resolve);
  });
  afterThisTest(async () => stranger.close());
  const cluster = await open(libraryDir);
  expect(cluster.connection.host).toMatch(new RegExp(`^${usual}-`));
  expect(stranger.listening).toBe(true);
});

test('a folder in the place of ours that others may enter is not used', async () => {
  const libraryDir = await makeLibrary();
  const usual = await prepareSocketDir(libraryDir, sameIdentity);
  await rm(usual, { recursive: true });
  await mkdir(usual, { mode: 0o755 });
  afterThisTest(() => rm(usual, { recursive: true, force: true }));
  expect((await open(libraryDir)).connection.host).toMatch(new RegExp(`^${usual}-`));
});

test('a socket and its lock left by a killed server are no obstacle, whoever has its number now', async () => {
  const libraryDir = await makeLibrary();
  const usual = await prepareSocketDir(libraryDir, sameIdentity);
  await writeFile(`${socketFile(usual)}.lock`, `${process.pid}\n${libraryDir}\n`);
  await writeFile(socketFile(usual), '');
  expect((await open(libraryDir)).connection.host).toBe(usual);
});

test('the log stays small however often the app starts', async () => {
  const libraryDir = await makeLibrary();
  const files = libraryFiles(libraryDir);
  await writeFile(files.serverLog, 'old\n'.repeat(200_000));
  await (await open(libraryDir)).stop();
  expect(await serverLogOf(libraryDir)).not.toContain('old');
  expect(await readFile(files.previousServerLog, 'utf8')).toContain('old');
});
