import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  mkdir,
  open as openFile,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findChangedBinaries } from './binaries.ts';
import { ClusterError, explainSystemError } from './cluster-error.ts';
import {
  isRoot,
  listeningLog,
  makeLibrary,
  makeTemporaryDir,
  open,
  processesOf,
  query,
} from './test-library.ts';
import { binariesDir } from './testing.ts';

/** Every file below a folder with the hash of its content. */
async function fingerprint(dir: string): Promise<Record<string, string>> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const entries = files.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [
      file,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Opens what cannot be opened, and returns why; nothing may have been changed or left running. */
async function refusalOf(libraryDir: string): Promise<ClusterError> {
  const data = path.join(libraryDir, 'postgres');
  const before = await fingerprint(data);
  const error: unknown = await open(libraryDir).catch((reason: unknown) => reason);
  expect(await fingerprint(data)).toEqual(before);
  expect(await processesOf(libraryDir)).toEqual([]);
  if (!(error instanceof ClusterError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

async function overwrite(file: string, position: number, bytes: Buffer): Promise<void> {
  const handle = await openFile(file, 'r+');
  await handle.write(bytes, 0, bytes.length, position);
  await handle.close();
}

test('a library of another Postgres major is refused, told apart from damage, and left untouched', async () => {
  const libraryDir = await makeLibrary();
  const version = path.join(libraryDir, 'postgres', 'PG_VERSION');
  await writeFile(version, '16\n');
  expect(await refusalOf(libraryDir)).toMatchObject({
    code: 'wrong_major',
    problem: {
      title: expect.stringContaining('another version of Loci'),
      advice: expect.stringContaining('the version of Loci that made it'),
    },
    detail: expect.stringContaining('16'),
  });
  await writeFile(version, '17\n');
  await open(libraryDir);
});

test.for<[string, (data: string) => Promise<unknown>]>([
  ['an empty version file', (data) => writeFile(path.join(data, 'PG_VERSION'), '')],
  ['no version file', (data) => rm(path.join(data, 'PG_VERSION'))],
  ['no control file', (data) => rm(path.join(data, 'global', 'pg_control'))],
  ['an empty control file', (data) => writeFile(path.join(data, 'global', 'pg_control'), '')],
  [
    'the control file of another library',
    (data) => overwrite(path.join(data, 'global', 'pg_control'), 0, Buffer.alloc(8, 7)),
  ],
  ['a garbled mark of completion', (data) => writeFile(path.join(data, 'INIT_OK'), '{"system')],
])('a library with %s is called damaged and left as it is', async ([, spoil]) => {
  const libraryDir = await makeLibrary();
  await spoil(path.join(libraryDir, 'postgres'));
  expect(await refusalOf(libraryDir)).toMatchObject({
    code: 'damaged',
    problem: { advice: expect.stringContaining('Copy the library folder') },
  });
});

test.for<[string, (data: string) => Promise<unknown>]>([
  [
    'a flipped bit in the control file',
    (data) => overwrite(path.join(data, 'global', 'pg_control'), 40, Buffer.alloc(1, 0xff)),
  ],
  [
    'no write-ahead log',
    async (data) => {
      const log = path.join(data, 'pg_wal');
      for (const name of await readdir(log)) await rm(path.join(log, name), { recursive: true });
    },
  ],
  ['a missing catalogue', (data) => rm(path.join(data, 'global'), { recursive: true })],
])('a library with %s is called damaged, never made anew', async ([, spoil]) => {
  const libraryDir = await makeLibrary();
  const data = path.join(libraryDir, 'postgres');
  await spoil(data);
  const base = await fingerprint(path.join(data, 'base'));
  await expect(open(libraryDir)).rejects.toMatchObject({ code: 'damaged' });
  expect(await fingerprint(path.join(data, 'base'))).toEqual(base);
  expect(await processesOf(libraryDir)).toEqual([]);
});

test('lost rules of access and settings are simply written again', async () => {
  const libraryDir = await makeLibrary();
  const names = ['pg_hba.conf', 'pg_ident.conf', 'postgresql.conf'];
  for (const name of names) await rm(path.join(libraryDir, 'postgres', name));
  expect(await query(await open(libraryDir), 'select 1 as works')).toEqual([{ works: 1 }]);
});

test('a folder with files of another program is left to it', async () => {
  const libraryDir = await makeTemporaryDir();
  await mkdir(path.join(libraryDir, 'postgres'));
  await writeFile(path.join(libraryDir, 'postgres', 'diary.txt'), 'mine');
  expect(await refusalOf(libraryDir)).toMatchObject({ code: 'not_ours' });
});

test('a database that another program made is left to it', async () => {
  const libraryDir = await makeLibrary();
  await rm(path.join(libraryDir, 'postgres', 'INIT_OK'));
  expect(await refusalOf(libraryDir)).toMatchObject({ code: 'not_ours' });
});

test('an empty folder in the place of the database is no obstacle', async () => {
  const libraryDir = await makeTemporaryDir();
  await mkdir(path.join(libraryDir, 'postgres'));
  expect((await open(libraryDir)).facts.firstStart).toBe(true);
});

test('a library that others could read is made private again', async () => {
  const libraryDir = await makeLibrary();
  await chmod(path.join(libraryDir, 'postgres'), 0o755);
  await chmod(libraryDir, 0o777);
  await open(libraryDir);
});

test('what an earlier start left half made is removed', async () => {
  const libraryDir = await makeLibrary();
  await mkdir(path.join(libraryDir, 'postgres.tmp-4711', 'base'), { recursive: true });
  await open(libraryDir);
  expect((await readdir(libraryDir)).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('a missing, foreign or changed server is named as such, and the library is not blamed', async () => {
  const copy = path.join(await makeTemporaryDir(), 'server');
  await cp(binariesDir, copy, { recursive: true });
  const libraryDir = await makeLibrary();
  const missing = {
    code: 'binaries_missing',
    problem: { advice: expect.stringContaining('Install Loci again') },
  };
  expect(await findChangedBinaries(copy)).toEqual([]);

  const file = (name: string) => path.join(copy, ...name.split('/'));
  for (const name of [
    'bin/postgres',
    'manifest.json',
    'share/postgresql/timezonesets',
    'share/postgresql/extension/vector.control',
  ]) {
    await rename(file(name), file(`${name}.away`));
    await expect(open(libraryDir, { binariesDir: copy })).rejects.toMatchObject(missing);
    await rename(file(`${name}.away`), file(name));
  }
  await writeFile(file('share/postgresql/postgres.bki'), 'changed');
  expect(await findChangedBinaries(copy)).toEqual(['share/postgresql/postgres.bki']);
  await expect(open(await makeTemporaryDir(), { binariesDir: copy })).rejects.toMatchObject(missing);

  // Whatever it says when it fails, the hash of its file tells.
  await writeFile(file('bin/postgres'), '#!/bin/sh\necho something strange >&2; exit 1\n');
  await expect(open(libraryDir, { binariesDir: copy })).rejects.toMatchObject({
    ...missing,
    detail: expect.stringContaining('bin/postgres'),
  });

  await writeFile(file('manifest.json'), '{"postgres":"18.1","pgvector":"0.8.6","files":{}}');
  await expect(open(libraryDir, { binariesDir: copy })).rejects.toMatchObject(missing);
});

test.skipIf(isRoot)('a folder without the right to write is refused in plain words', async () => {
  const parent = await makeTemporaryDir();
  await chmod(parent, 0o500);
  await expect(open(path.join(parent, 'library'))).rejects.toMatchObject({ code: 'permission' });
  await chmod(parent, 0o700);
});

test('what the system says is put in words for people', () => {
  const codes = ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO'].map((code) =>
    explainSystemError(Object.assign(new Error('refused'), { code })),
  );
  expect(codes.map((error) => (error instanceof ClusterError ? error.code : error))).toEqual([
    'disk_full',
    'disk_full',
    'permission',
    'permission',
    'damaged',
  ]);
  const other = new Error('a bug');
  expect(explainSystemError(other)).toBe(other);
});

test('the log of the app says nothing about an ordinary start that would frighten', async () => {
  const log = listeningLog();
  await (await open(await makeLibrary(), { log })).stop();
  expect(log.lines).toEqual(['Database ready', 'Database stopped']);
});
