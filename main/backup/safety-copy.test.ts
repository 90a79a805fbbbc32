import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { makeSafetyCopy, type SafetyCopyOptions } from './safety-copy.ts';

const files = {
  PG_VERSION: Buffer.from('17\n'),
  'base/1/16384': Buffer.alloc(100_000, 7),
  'base/1/empty': Buffer.alloc(0),
  "pg_wal/ü 'quoted'": Buffer.alloc(3_000_000, 9),
};

let dir: string;
let dataDir: string;
let copiesDir: string;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "loci copy ü'"));
  dataDir = path.join(dir, 'postgres');
  copiesDir = path.join(dir, 'safety copies');
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dataDir, name)), { recursive: true, mode: 0o700 });
    fs.writeFileSync(path.join(dataDir, name), content, { mode: 0o600 });
  }
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const copy = (options: Partial<SafetyCopyOptions> = {}) =>
  makeSafetyCopy({ dataDir, copiesDir, label: 'before-update', log: silentLog, ...options });
const copies = () => fs.readdirSync(copiesDir).toSorted();

/** Everything a server could notice: names, content, modes and owners. */
function describeTree(root: string): unknown[] {
  const names = ['', ...fs.readdirSync(root, { recursive: true, encoding: 'utf8' })].toSorted();
  return names.map((name) => {
    const place = path.join(root, name);
    const stat = fs.statSync(place);
    const { mode, uid, gid } = stat;
    return { name, mode, uid, gid, content: stat.isFile() ? fs.readFileSync(place, 'base64') : undefined };
  });
}

test('the copy has every file with its content, mode and owner, and nobody else can read it', async () => {
  fs.mkdirSync(path.join(dataDir, 'pg_notify'), { mode: 0o700 });
  fs.chmodSync(path.join(dataDir, 'base/1/empty'), 0o640);
  if (process.getuid?.() === 0) {
    for (const name of ['', 'base', 'base/1', ...Object.keys(files)]) {
      fs.chownSync(path.join(dataDir, name), 65_534, 65_534);
    }
  }
  const made = await copy();
  expect(describeTree(made)).toEqual(describeTree(dataDir));
  expect(copies()).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d-]+Z-before-update$/)]);
  expect(fs.statSync(copiesDir).mode & 0o777).toBe(0o700);
});

test('what a link points to is in the copy, not the link', async () => {
  const elsewhere = path.join(dir, 'other disk');
  fs.renameSync(path.join(dataDir, 'pg_wal'), elsewhere);
  fs.symlinkSync(elsewhere, path.join(dataDir, 'pg_wal'));
  const made = await copy();
  expect(fs.lstatSync(path.join(made, 'pg_wal')).isDirectory()).toBe(true);
  expect(describeTree(made)).toEqual(describeTree(dataDir));
});

test('three copies are kept, the newest, and nothing else in the folder is touched', async () => {
  const made: string[] = [];
  await copy({ label: 'a' }).then((place) => made.push(path.basename(place)));
  fs.writeFileSync(path.join(copiesDir, 'my notes.txt'), 'mine');
  for (const label of ['b', 'c', 'd', 'e']) made.push(path.basename(await copy({ label })));
  expect(copies()).toEqual([...made.slice(2), 'my notes.txt'].toSorted());
});

test('progress ends at the whole', async () => {
  const seen: { copiedBytes: number; totalBytes: number }[] = [];
  await copy({ onProgress: (progress) => seen.push(progress) });
  const totalBytes = Object.values(files).reduce((sum, content) => sum + content.length, 0);
  expect(seen).toHaveLength(Object.keys(files).length);
  expect(seen.at(-1)).toEqual({ copiedBytes: totalBytes, totalBytes });
});

test('without room for it, nothing is begun, and the person is told how much to free', async () => {
  const first = path.basename(await copy());
  // Takes no room itself, and none is free for its copy.
  fs.truncateSync(path.join(dataDir, 'base/1/16384'), 8_000_000_000_000);
  await expect(copy({ keep: 1 })).rejects.toMatchObject({
    code: 'no_room_for_copy',
    problem: { advice: expect.stringMatching(/Free 8,800,50\d MB/) },
  });
  expect(copies()).toEqual([first]);
});

test('a copy that fails leaves the earlier ones and no half of itself', async () => {
  const first = path.basename(await copy({ keep: 1 }));
  const failure = {
    code: 'copy_failed',
    problem: { meaning: expect.stringContaining('Nothing was changed') },
  };
  fs.writeFileSync(path.join(dataDir, 'postmaster.pid'), '1');
  await expect(copy({ keep: 1 })).rejects.toMatchObject(failure);
  fs.renameSync(dataDir, `${dataDir}-gone`);
  await expect(copy({ keep: 1 })).rejects.toMatchObject({ ...failure, cause: { code: 'ENOENT' } });
  expect(copies()).toEqual([first]);
});

test('a person who quits in the middle leaves no half copy', async () => {
  const quit = new AbortController();
  const quitting = copy({ signal: quit.signal, onProgress: () => quit.abort() });
  await expect(quitting).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  await expect(copy({ signal: quit.signal })).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  );
  expect(copies()).toEqual([]);
});

test('what a killed app left unfinished is cleared away by the next copy', async () => {
  fs.mkdirSync(path.join(copiesDir, '2020-01-01T00-00-00-000Z-killed.making/base'), { recursive: true });
  const made = path.basename(await copy());
  expect(copies()).toEqual([made]);
});

test('a file that changes while it is copied is noticed', async () => {
  // More than are copied at once, so that the last one is not begun when the first is done.
  for (let file = 0; file < 20; file++) fs.writeFileSync(path.join(dataDir, 'base/1', `file ${file}`), 'x');
  const last = path.join(dataDir, "pg_wal/ü 'quoted'");
  const grow = () => fs.truncateSync(last, 5_000_000);
  await expect(copy({ onProgress: grow })).rejects.toMatchObject({ code: 'copy_failed' });
  expect(copies()).toEqual([]);
});
