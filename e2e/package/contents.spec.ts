import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { listPackage, unexpectedIn, wrongIn } from '../../scripts/package/contents.ts';
import { readFuses, wantedFuses } from '../../scripts/package/fuses.mjs';
import { programOf, releaseDir, resourcesOf, rpmFile, unpackedDir } from '../../scripts/package/places.ts';
import { limits, partsOf } from '../../scripts/package/sizes.ts';
import { expect, test } from './test.ts';

const unpacked = unpackedDir();

test('nothing is in the package that nobody expects there', () => {
  const contents = listPackage(unpacked);
  expect(contents.archive.length).toBeGreaterThan(30);
  const resources = path.relative(unpacked, resourcesOf(unpacked)).split(path.sep).join('/');
  expect(unexpectedIn(contents, { resources })).toEqual([]);
});

test('server and model are whole, all that is native is for this system, and nothing private came along', () => {
  expect(wrongIn(unpacked)).toEqual([]);
});

test('every fuse is as decided', async () => {
  const burnt = await readFuses(programOf(unpacked));
  // An older Electron has fewer; none may be otherwise than decided.
  expect(Object.keys(burnt).length).toBeGreaterThanOrEqual(8);
  expect(wantedFuses()).toMatchObject(burnt);
});

test('it takes no more room than promised', () => {
  const { parts } = partsOf(unpacked);
  const ours = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(ours).toBeLessThanOrEqual(limits.unpackedWithoutElectronBytes);
  const packages = fs
    .readdirSync(releaseDir)
    .filter((name) => /\.(deb|rpm|AppImage|tar\.gz|dmg|zip|exe)$/.test(name));
  expect(packages).not.toEqual([]);
  const sizes = packages.map((name) => [name, fs.statSync(path.join(releaseDir, name)).size] as const);
  expect(sizes.filter(([, bytes]) => bytes > limits.compressedBytes)).toEqual([]);
});

test('what is bundled comes with its licences', () => {
  const notices = fs.readFileSync(path.join(resourcesOf(unpacked), 'third-party-notices.txt'), 'utf8');
  for (const work of ['PostgreSQL 17', 'pgvector 0.8', 'all-MiniLM-L6-v2', 'react 19', 'onnxruntime-node'])
    expect(notices).toContain(work);
});

test('Fedora’s package holds the same app, its helper with root’s rights, and names what it needs', async () => {
  test.skip(!fs.existsSync(rpmFile()), 'No package for Fedora was made here.');
  const ask = async (...query: string[]) =>
    (await promisify(execFile)('rpm', ['--query', ...query, '--package', rpmFile()], { maxBuffer: 10e6 }))
      .stdout;
  const files = (await ask('--queryformat', String.raw`[%{FILEMODES:perms} %{FILENAMES}\n]`)).split('\n');
  const inApp = listPackage(unpacked).outside.map(({ path: file }) => `/usr/lib/loci/${file}`);
  expect(inApp.filter((file) => !files.some((line) => line.endsWith(` ${file}`)))).toEqual([]);
  expect(files).toContain('-rwsr-xr-x /usr/lib/loci/chrome-sandbox');
  expect(await ask('--requires')).toContain('gtk3');
  // Digests of its header and of its files.
  await promisify(execFile)('rpm', ['--checksig', '--nosignature', rpmFile()]);
});
