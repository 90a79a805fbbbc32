import { readFile, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { libraryFiles } from './library-files.ts';
import { isGone, makeTemporaryDir, open, processesOf, query, serverLogOf } from './test-library.ts';

/**
 * The way that Windows goes, run here: no socket but the loopback with a password, no watchdog but pg_ctl.
 * What only Windows has (file rights, its process list) is not covered by it.
 */
const tuning = { transport: 'loopback', launcher: 'pg_ctl' } as const;

test('where there is no private socket: loopback, a password of its own, and nobody gets in without it', async () => {
  const libraryDir = await makeTemporaryDir();
  const first = await open(libraryDir, { tuning });
  const { password, ...rest } = first.connection;
  expect(rest).toEqual({ host: '127.0.0.1', port: expect.any(Number), user: 'loci', database: 'loci' });
  expect(password).toMatch(/^[\w-]{32}$/);
  await query(first, 'create table kept (it text)');

  const files = libraryFiles(libraryDir);
  expect((await stat(files.credentials)).mode & 0o777).toBe(0o600);
  for (const wrong of ['', 'password', 'wrong'])
    await expect(new Client({ ...rest, password: wrong }).connect()).rejects.toThrow(/password/);
  expect((await processesOf(libraryDir)).join('\n')).not.toContain(password);
  expect(await serverLogOf(libraryDir)).not.toContain(password);
  await first.stop();
  expect(await isGone(first.facts.postmasterPid)).toBe(true);

  const second = await open(libraryDir, { tuning });
  expect(await query(second, 'select * from kept')).toEqual([]);
  await second.stop();
  expect(await serverLogOf(libraryDir)).not.toContain('not properly shut down');

  // The file with the passwords is lost: new ones are set, nothing else is.
  await rm(files.credentials);
  const third = await open(libraryDir, { tuning });
  expect(third.connection.password).not.toBe(password);
  expect(await query(third, 'select * from kept')).toEqual([]);
  expect(await readFile(files.credentials, 'utf8')).toContain(third.connection.password);

  // Killed, it is noticed and brought back, at another port when somebody has taken the old one.
  const lost = new Promise((resolve) => {
    third.onLost(resolve);
  });
  const { port } = third.connection;
  process.kill(third.facts.postmasterPid, 'SIGKILL');
  await lost;
  const squatter = net.createServer((socket) => socket.on('error', () => undefined).end('hello'));
  await new Promise<void>((resolve, reject) => {
    squatter.once('error', reject);
    squatter.listen(port, '127.0.0.1', resolve);
  });
  await third.restart();
  expect(third.connection.port).not.toBe(port);
  expect(await query(third, 'select * from kept')).toEqual([]);
  await third.stop();
  squatter.close();
});
