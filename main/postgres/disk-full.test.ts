import { execFileSync } from 'node:child_process';
import { rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { libraryFiles } from './library-files.ts';
import { ensureReserve, giveUpReserve, reserveBytes } from './reserve.ts';
import {
  afterThisTest,
  isRoot,
  makeLibrary,
  makeTemporaryDir,
  open,
  processesOf,
  query,
} from './test-library.ts';

// A disk of our own to fill needs the right to mount one.
const onOwnDisk = test.runIf(isRoot && process.platform === 'linux');

async function mountSmallDisk(megabytes: number): Promise<string> {
  const dir = await makeTemporaryDir();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'loci-test', dir]);
  afterThisTest(async () => execFileSync('umount', ['--lazy', dir]));
  return dir;
}

/** Fills a disk up to the given rest. */
async function fill(dir: string, leaveBytes: number): Promise<string> {
  const { bavail, bsize } = await statfs(dir);
  const file = path.join(dir, `other files ${bavail}`);
  const bytes = bavail * bsize - leaveBytes;
  await writeFile(file, Buffer.alloc(Math.max(0, bytes)));
  return file;
}

onOwnDisk(
  'a disk that fills up while writing: nothing acknowledged is lost, and the reserve brings the library back',
  async () => {
    const disk = await mountSmallDisk(300);
    const libraryDir = await makeLibrary(path.join(disk, 'library'));
    const files = libraryFiles(libraryDir);
    expect(await ensureReserve(files.reserve)).toBe(true);
    const cluster = await open(libraryDir);
    await query(cluster, 'create table written (n int primary key, text text storage external)');
    await fill(disk, 24 * 1024 * 1024);

    let acknowledged = 0;
    const failed = await (async () => {
      for (;;) {
        try {
          await query(cluster, `insert into written values ($1::int, repeat(md5($1::int::text), 30000))`, [
            acknowledged + 1,
          ]);
          acknowledged += 1;
        } catch (error) {
          return error;
        }
      }
    })();
    expect(String(failed)).toMatch(/No space left|Connection terminated|in recovery mode|could not/);
    expect(acknowledged).toBeGreaterThan(0);

    // Whether a query failed or the server died of it, the way back is the same.
    expect(await cluster.freeReserve()).toBe(true);
    await cluster.restart();
    expect(await query(cluster, 'select count(*)::int as n from written')).toEqual([{ n: acknowledged }]);
    await query(cluster, 'delete from written');
  },
);

onOwnDisk(
  'a disk too full to start: the reserve is given up; without one the person is told, and nothing loops',
  async () => {
    const disk = await mountSmallDisk(200);
    const libraryDir = await makeLibrary(path.join(disk, 'library'));
    const files = libraryFiles(libraryDir);
    await writeFile(files.reserve, Buffer.alloc(reserveBytes, 1));
    await fill(disk, 0);
    const cluster = await open(libraryDir);
    await expect(stat(files.reserve)).rejects.toThrow('ENOENT');
    await cluster.stop();

    const filling = await fill(disk, 0);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(open(libraryDir)).rejects.toMatchObject({ code: 'disk_full' });
      expect(await processesOf(libraryDir)).toEqual([]);
    }
    await rm(filling);
    await open(libraryDir);
  },
);

onOwnDisk(
  'a new library on a full disk is refused in plain words, and leaves nothing half made',
  async () => {
    const disk = await mountSmallDisk(20);
    const libraryDir = path.join(disk, 'library');
    await expect(open(libraryDir)).rejects.toMatchObject({
      code: 'disk_full',
      problem: { title: 'The disk is full' },
    });
    expect(await processesOf(libraryDir)).toEqual([]);
    await expect(stat(path.join(libraryDir, 'postgres'))).rejects.toThrow('ENOENT');
  },
);

test('the reserve takes real space, is given up once, and made again', async () => {
  const file = path.join(await makeTemporaryDir(), 'reserve');
  expect(await ensureReserve(file)).toBe(true);
  const { size, blocks } = await stat(file);
  expect([size, blocks * 512 >= reserveBytes]).toEqual([reserveBytes, true]);
  expect([await giveUpReserve(file), await giveUpReserve(file)]).toEqual([true, false]);
  expect(await ensureReserve(file)).toBe(true);
});
