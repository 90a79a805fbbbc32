import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postgresDir } from '../places.mjs';
import { nameLibrariesBySoname, planMacLibraries } from './server-libraries.mjs';
import { sha256OfFile } from './step.mjs';

let dir: string;
beforeEach(() => (dir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-libraries-'))));
afterEach(() => fs.rmSync(dir, { recursive: true }));

function make(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
  }
}
const link = (from: string, to: string) => ({ source: `native/lib/${from}`, target: `native/lib/${to}` });

test('on Linux a library is stored under the name that others ask for', () => {
  make({ 'lib/libicuuc.so.60.2': 'icu', 'lib/libz.so.1': 'z' });
  nameLibrariesBySoname(dir, [
    link('libicuuc.so.60.2', 'libicuuc.so'),
    link('libicuuc.so.60.2', 'libicuuc.so.60'),
    link('libdropped.so.6.17', 'libdropped.so.6'),
  ]);
  expect(fs.readdirSync(path.join(dir, 'lib'))).toEqual(['libicuuc.so.60', 'libz.so.1']);
});

test('on macOS those who ask for a library by another name are told the one it has', () => {
  const asks = (...names: string[]) => names.map((name) => `\0@loader_path/../lib/${name}\0`).join('');
  make({
    'bin/postgres': asks('libicui18n.dylib', 'libicuuc.68.2.dylib', 'libz.1.dylib'),
    'bin/initdb': asks('libicuuc.68.2.dylib'),
    'lib/postgresql/plpgsql.dylib': '',
    'lib/libicui18n.68.2.dylib': asks('libicuuc.68.dylib'),
    'lib/libicuuc.68.2.dylib': '',
    'lib/libz.1.3.2.dylib': '',
    'lib/libedit.0.dylib': '',
  });
  const links = [
    link('libicui18n.68.2.dylib', 'libicui18n.dylib'),
    link('libicui18n.68.2.dylib', 'libicui18n.68.dylib'),
    link('libicuuc.68.2.dylib', 'libicuuc.68.dylib'),
    link('libz.1.3.2.dylib', 'libz.1.dylib'),
  ];
  const { used, changes } = planMacLibraries(dir, links);
  expect([...used].toSorted()).toEqual(['libicui18n.68.2.dylib', 'libicuuc.68.2.dylib', 'libz.1.3.2.dylib']);
  expect(Object.fromEntries(changes)).toEqual({
    'bin/postgres': [
      ['libicui18n.dylib', 'libicui18n.68.2.dylib'],
      ['libz.1.dylib', 'libz.1.3.2.dylib'],
    ],
    'lib/libicui18n.68.2.dylib': [['libicuuc.68.dylib', 'libicuuc.68.2.dylib']],
  });
});

test('the assembled server has no symlinks, is readable by everyone, and is what its manifest says', () => {
  const { files } = JSON.parse(fs.readFileSync(path.join(postgresDir, 'manifest.json'), 'utf8'));
  const entries = fs.readdirSync(postgresDir, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => entry.isSymbolicLink())).toEqual([]);
  const found = entries
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map((entry) => path.join(entry.parentPath, entry.name));
  const hashes = found.map((file) => [
    path.relative(postgresDir, file).split(path.sep).join('/'),
    sha256OfFile(file),
  ]);
  expect(Object.fromEntries(hashes)).toEqual(files);
  if (process.platform === 'win32') return;
  expect(found.filter((file) => (fs.statSync(file).mode & 0o444) !== 0o444)).toEqual([]);
});
