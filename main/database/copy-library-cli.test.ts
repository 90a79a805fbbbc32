import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { openCluster } from '../postgres/cluster.ts';
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import { copyByCommand } from './copy-library-cli.ts';
import { dumpRows, fillLibrary } from './full-library.ts';
import { openDatabase, type Database } from './orm.ts';
import { openTestDatabase } from './testing.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(temporaryParent, 'loci-copy-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function command(name: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await copyByCommand(args, {
    libraryDir: path.join(dir, name),
    binariesDir,
    say: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  return { code, said: lines.join('\n') };
}

/** Works with a library of this computer as the app would. */
async function inLibrary<T>(name: string, work: (database: Database) => Promise<T>): Promise<T> {
  const options = { binariesDir, libraryDir: path.join(dir, name), log: silentLog, appVersion: 'test' };
  const cluster = await openCluster(options, { throwAway: true });
  try {
    const database = await openDatabase({ connection: cluster.connection, log: silentLog });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await cluster.stop();
  }
}

// Five servers one after the other.
test('a library goes to a server by one command and comes back by another', async () => {
  const rows = await inLibrary('mine', async (database) => {
    await database.migrate();
    await fillLibrary(database.orm.em.fork());
    return dumpRows(database.orm.em.fork());
  });
  const other = await openTestDatabase({ on: 'another server', migrated: false });
  // The tests' own look at it.
  await other.database.close();

  const sent = await command('mine', '--to', other.url);
  expect(sent).toMatchObject({ code: 0, said: expect.stringContaining('✓ Copied and compared') });
  expect(sent.said).toContain('3 memories');
  expect(sent.said).not.toContain(new URL(other.url).password);

  expect(await command('mine', '--from', other.url)).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is a library already'),
  });
  expect(await command('new', '--from', other.url)).toMatchObject({ code: 0 });
  expect(await inLibrary('new', ({ orm }) => dumpRows(orm.em.fork()))).toEqual(rows);
}, 90_000);

test('a library that is in use is not copied, on either side', async () => {
  const other = await openTestDatabase({ on: 'another server' });
  await other.em.execute('select 1');
  expect(await command('new', '--from', other.url)).toMatchObject({
    code: 1,
    said: expect.stringContaining('This library is in use'),
  });
  await other.database.close();
  await inLibrary('mine', (database) => database.migrate());
  await inLibrary('mine', async () => {
    expect(await command('mine', '--to', other.url)).toMatchObject({
      code: 1,
      said: expect.stringContaining('Your library is already open'),
    });
  });
});

test('what cannot be done is said before anything is made', async () => {
  expect(await command('none', '--to', 'postgresql://me@127.0.0.1:1/loci')).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no library to copy'),
  });
  expect(await command('none', '--from', 'postgresql://me@127.0.0.1:1/loci')).toMatchObject({
    code: 1,
    said: expect.stringContaining('does not answer'),
  });
  for (const args of [[], ['--to', 'a', '--from', 'b'], ['--onto', 'c']])
    expect(await command('none', ...args)).toEqual({
      code: 2,
      said: expect.stringContaining('library:copy'),
    });
  expect(await readdir(dir)).toEqual([]);
});
