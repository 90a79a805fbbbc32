import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lockFileOf, parseLockFile } from './lock-file.ts';
import {
  afterThisTest,
  isGone,
  listeningLog,
  makeLibrary,
  open,
  query,
  serverLogOf,
  startApp,
  until,
} from './test-library.ts';

/** A process of the user that has nothing to do with us. */
async function startStranger(command = ['sleep', '1000']): Promise<number> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: 'ignore' });
  afterThisTest(async () => child.kill('SIGKILL'));
  await new Promise((resolve) => {
    child.once('spawn', resolve);
  });
  return child.pid ?? 0;
}

/** As a server leaves it that was killed while running. */
const lockText = (pid: number, libraryDir: string, socketDir = '/nowhere') =>
  `${pid}\n${libraryDir}/postgres\n1700000000\n5432\n${socketDir}\n\n  1234567   123456\nready   \n`;

/** Kills an app together with its watchdog, so that the server is left alone. */
async function leaveServerAlone(libraryDir: string, appVersion?: string): Promise<number> {
  const app = startApp({ libraryDir, ...(appVersion === undefined ? {} : { appVersion }) });
  const { pid, processIds } = await app.next('ready');
  const [shell = 0, , reader = 0] = processIds;
  // The reader first: at the death of any other it would still stop the server.
  for (const each of [reader, shell, app.pid]) process.kill(each, 'SIGKILL');
  await app.ended;
  return pid;
}

test('a lock file of a process that is no more is no obstacle', async () => {
  const libraryDir = await makeLibrary();
  const pid = await startStranger(['true']);
  await until(() => isGone(pid));
  await writeFile(lockFileOf(`${libraryDir}/postgres`), lockText(pid, libraryDir));
  await open(libraryDir);
});

test('a lock file whose number belongs to another program by now is no obstacle, and that program lives on', async () => {
  const libraryDir = await makeLibrary();
  const stranger = await startStranger();
  await writeFile(lockFileOf(`${libraryDir}/postgres`), lockText(stranger, libraryDir));
  await open(libraryDir);
  expect(await isGone(stranger)).toBe(false);
});

test('another program that calls itself postgres is not taken for ours', async () => {
  const libraryDir = await makeLibrary();
  const stranger = await startStranger(['bash', '-c', `exec -a postgres sleep 1000`]);
  await writeFile(lockFileOf(`${libraryDir}/postgres`), lockText(stranger, libraryDir));
  await open(libraryDir);
  expect(await isGone(stranger)).toBe(false);
});

test.for([
  ['an empty', ''],
  ['a garbled', '\u0000\u0001garbage\nmore\n'],
  ['a cut-off', '12'],
])('%s lock file is no obstacle', async ([, content = '']) => {
  const libraryDir = await makeLibrary();
  await writeFile(lockFileOf(`${libraryDir}/postgres`), content);
  const log = listeningLog();
  await open(libraryDir, { log });
  expect(log.lines).toContain('Removing an empty or garbled lock file of the database server');
});

test('the running server of another library is neither taken over nor stopped', async () => {
  const other = await open(await makeLibrary());
  const libraryDir = await makeLibrary();
  const { postmasterPid } = other.facts;
  await writeFile(
    lockFileOf(`${libraryDir}/postgres`),
    lockText(postmasterPid, libraryDir, other.connection.host),
  );
  const cluster = await open(libraryDir);
  expect(cluster.facts.postmasterPid).not.toBe(postmasterPid);
  expect(await query(other, 'select 1 as lives')).toEqual([{ lives: 1 }]);
});

test('a server left alone by its app is taken over, and goes when its new app goes', async () => {
  const libraryDir = await makeLibrary();
  const pid = await leaveServerAlone(libraryDir);
  const cluster = await open(libraryDir);
  expect(cluster.facts.postmasterPid).toBe(pid);
  expect(await query(cluster, 'select 1 as works')).toEqual([{ works: 1 }]);
  expect(await cluster.processIds()).toContain(pid);
  await cluster.stop();
  expect(await isGone(pid)).toBe(true);

  const alone = await leaveServerAlone(libraryDir);
  const app = startApp({ libraryDir });
  expect((await app.next('ready')).pid).toBe(alone);
  app.kill('SIGKILL');
  await until(() => isGone(alone));
  await open(libraryDir);
  expect(await serverLogOf(libraryDir)).not.toContain('not properly shut down');
});

test('a server that the watchdog of a dead app is about to stop is not taken over', async () => {
  const libraryDir = await makeLibrary();
  const app = startApp({ libraryDir });
  const { pid, processIds } = await app.next('ready');
  const watchdog = processIds.slice(0, 3).filter((each) => each !== pid);
  // As on a busy machine: it has seen nothing yet when the next app looks.
  for (const each of watchdog) process.kill(each, 'SIGSTOP');
  app.kill('SIGKILL');
  await app.ended;
  const cluster = await open(libraryDir);
  for (const each of watchdog) process.kill(each, 'SIGCONT');
  expect(cluster.facts.postmasterPid).not.toBe(pid);
  await until(async () => (await Promise.all(watchdog.map(isGone))).every(Boolean));
  expect(await query(cluster, 'select 1 as works')).toEqual([{ works: 1 }]);
});

test('the loss of a server that was taken over is noticed, and it is brought back', async () => {
  const libraryDir = await makeLibrary();
  const pid = await leaveServerAlone(libraryDir);
  const cluster = await open(libraryDir);
  const lost = new Promise((resolve) => {
    cluster.onLost(resolve);
  });
  process.kill(pid, 'SIGKILL');
  expect(await lost).toMatchObject({ code: 'lost' });
  await cluster.restart();
  expect(await query(cluster, 'select 1 as works')).toEqual([{ works: 1 }]);
});

test('a server of an older app is stopped cleanly and started anew', async () => {
  const libraryDir = await makeLibrary();
  const pid = await leaveServerAlone(libraryDir, 'an older version');
  const cluster = await open(libraryDir);
  expect(cluster.facts.postmasterPid).not.toBe(pid);
  expect(await isGone(pid)).toBe(true);
  expect(await serverLogOf(libraryDir)).not.toContain('not properly shut down');
});

test('a server of ours that cannot be reached any more is stopped by its lock file and started anew', async () => {
  const libraryDir = await makeLibrary();
  const pid = await leaveServerAlone(libraryDir);
  const lock = parseLockFile(await readFile(lockFileOf(`${libraryDir}/postgres`), 'utf8'));
  // As cleaners of temporary files do.
  if (lock?.listening?.by === 'socket') await rm(lock.listening.dir, { recursive: true });
  const cluster = await open(libraryDir);
  expect(cluster.facts.postmasterPid).not.toBe(pid);
  expect(await isGone(pid)).toBe(true);
});

test('a server whose lock file was deleted is found by what it is; there are never two', async () => {
  const libraryDir = await makeLibrary();
  const pid = await leaveServerAlone(libraryDir);
  await rm(lockFileOf(`${libraryDir}/postgres`));
  await open(libraryDir);
  expect(await isGone(pid)).toBe(true);
  // It was this that kept the second out, not our own care.
  expect(await serverLogOf(libraryDir)).toContain('pre-existing shared memory block');
});

test('an app that starts while the server of a killed one is still going down waits for it', async () => {
  const libraryDir = await makeLibrary();
  for (let round = 0; round < 3; round += 1) {
    const app = startApp({ libraryDir });
    await app.next('ready');
    app.kill('SIGKILL');
    await app.ended;
    await (await open(libraryDir)).stop();
  }
  expect(await serverLogOf(libraryDir)).not.toContain('not properly shut down');
});

test(
  'a stopped process of the old server keeps a new one from starting, and the person is told',
  { timeout: 60_000 },
  async () => {
    const libraryDir = await makeLibrary();
    const pid = await leaveServerAlone(libraryDir);
    const [checkpointer] = await childrenNamed(pid, 'checkpointer');
    expect(checkpointer).toBeDefined();
    process.kill(checkpointer ?? 0, 'SIGSTOP');
    process.kill(pid, 'SIGKILL');
    await expect(open(libraryDir)).rejects.toMatchObject({ code: 'busy' });
    process.kill(checkpointer ?? 0, 'SIGCONT');
    await open(libraryDir);
  },
);

async function childrenNamed(parent: number, name: string): Promise<number[]> {
  const { childrenOf } = await import('./processes.ts');
  const named: number[] = [];
  for (const pid of await childrenOf(parent)) {
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(name)) named.push(pid);
  }
  return named;
}

test('a lock file is read line by line, and one that cannot be is nothing', () => {
  expect(parseLockFile(lockText(4711, '/a b', '/run/x'))).toEqual({
    pid: 4711,
    dataDir: '/a b/postgres',
    listening: { by: 'socket', dir: '/run/x', port: 5432 },
    status: 'ready',
  });
  expect(parseLockFile('-4711\r\nC:\\a\r\n1\r\n60000\r\n\r\n127.0.0.1\r\n1 2\r\nstarting\r\n')).toEqual({
    pid: 4711,
    dataDir: 'C:\\a',
    listening: { by: 'loopback', port: 60_000 },
    status: 'starting',
  });
  expect(['', '\n', '12', 'x\n/a\n', '1\n/a\n', '0\n/a\n'].map(parseLockFile)).toEqual(
    Array(6).fill(undefined),
  );
});
