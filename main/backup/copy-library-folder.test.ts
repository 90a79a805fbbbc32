import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyLibraryFolder } from './copy-library-folder.ts';

let root: string;
let from: string;
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'loci-move-'));
  from = path.join(root, 'library');
  await fs.mkdir(path.join(from, 'postgres', 'base'), { recursive: true, mode: 0o700 });
  await fs.writeFile(path.join(from, 'postgres', 'base', '1'), Buffer.alloc(70_000, 7));
  await fs.writeFile(path.join(from, 'server.log'), 'started');
  await fs.mkdir(path.join(root, 'elsewhere'));
});
afterEach(() => fs.rm(root, { recursive: true }));

const to = () => path.join(root, 'elsewhere', 'Loci library');

test('all of it is at the new place, and still at the old one', async () => {
  await copyLibraryFolder({ from, to: to() });
  expect(await fs.readFile(path.join(to(), 'postgres', 'base', '1'))).toEqual(Buffer.alloc(70_000, 7));
  expect(await fs.readFile(path.join(to(), 'server.log'), 'utf8')).toBe('started');
  expect((await fs.stat(path.join(to(), 'postgres'))).mode & 0o777).toBe(0o700);
  expect(await fs.readFile(path.join(from, 'server.log'), 'utf8')).toBe('started');
});

test('what belongs to it and lies beside it comes along, and what is not there is not missed', async () => {
  await fs.mkdir(path.join(root, 'adapters', 'ada'), { recursive: true });
  await fs.writeFile(path.join(root, 'adapters', 'ada', 'weights'), Buffer.alloc(30_000, 3));
  const beside = new Map(['adapters', 'models'].map((name) => [name, path.join(root, name)]));
  await copyLibraryFolder({ from, to: to(), beside });
  expect(await fs.readFile(path.join(to(), 'adapters', 'ada', 'weights'))).toEqual(Buffer.alloc(30_000, 3));
  expect((await fs.readdir(to())).toSorted()).toEqual(['adapters', 'postgres', 'server.log']);
  expect(await fs.readdir(path.join(root, 'adapters', 'ada'))).toEqual(['weights']);
});

test.skipIf(process.platform === 'win32')(
  'where something of it cannot be read nothing is left at the new place',
  async () => {
    await fs.mkdir(path.join(root, 'models'));
    // A link that leads nowhere is something that cannot be copied, whoever tries.
    await fs.symlink(path.join(root, 'gone'), path.join(root, 'models', 'weights'));
    const beside = new Map([['models', path.join(root, 'models')]]);
    await expect(copyLibraryFolder({ from, to: to(), beside })).rejects.toThrow();
    await expect(fs.stat(to())).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await fs.readFile(path.join(from, 'server.log'), 'utf8')).toBe('started');
  },
);

test('what is in use is not copied', async () => {
  await fs.writeFile(path.join(from, 'postgres', 'postmaster.pid'), '1');
  await expect(copyLibraryFolder({ from, to: to() })).rejects.toMatchObject({ code: 'conflict' });
  await expect(fs.stat(to())).rejects.toMatchObject({ code: 'ENOENT' });
});

test('nothing that lies there already is written over', async () => {
  await fs.mkdir(to());
  await fs.writeFile(path.join(to(), 'mine'), 'mine');
  await expect(copyLibraryFolder({ from, to: to() })).rejects.toMatchObject({ code: 'conflict' });
  expect(await fs.readdir(to())).toEqual(['mine']);
});

test('a library is not moved into itself', async () => {
  await expect(copyLibraryFolder({ from, to: path.join(from, 'Loci library') })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('a copy that was given up leaves nothing behind', async () => {
  const abort = new AbortController();
  abort.abort(new Error('closing'));
  await expect(copyLibraryFolder({ from, to: to(), signal: abort.signal })).rejects.toThrow('closing');
  await expect(fs.stat(to())).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await fs.readFile(path.join(from, 'server.log'), 'utf8')).toBe('started');
});
