import { expect, test } from 'vitest';
import { de } from '../../shared/texts/de/index.ts';
import { en } from '../../shared/texts/en/index.ts';
import { unexpectedIn, type PackageContents } from './contents.ts';
import { kindOf } from './native-kind.ts';
import { secretsIn } from './secrets.ts';

const file = (path: string) => ({ path, bytes: 1 });
const runtime = 'build/app/main/node_modules/onnxruntime-node/bin/napi-v3';

/** As a package for Linux on x64 is. */
const good: PackageContents = {
  outside: [
    'loci',
    'chrome-sandbox',
    'locales/de.pak',
    'LICENSES.chromium.html',
    'resources/app.asar',
    `resources/app.asar.unpacked/${runtime}/linux/x64/libonnxruntime.so.1.14.0`,
    'resources/postgres/bin/postgres',
    'resources/model/all-MiniLM-L6-v2/config.json',
    'resources/third-party-notices.txt',
  ].map(file),
  archive: [
    'package.json',
    'build/app/main/index.cjs',
    'build/app/main/library-CZSMhK3y.cjs',
    'build/app/renderer/index.html',
    'build/app/renderer/assets/open-C-4e7y0j.js',
    `${runtime}/linux/x64/onnxruntime_binding.node`,
    'resources/tray/trayTemplate@2x.png',
  ].map(file),
};
const linux = { platform: 'linux', arch: 'x64' } as const;

test('a package as it should be is passed', () => {
  expect(unexpectedIn(good, linux)).toEqual([]);
});

test.each([
  'main/index.ts',
  'build/app/main/index.cjs.map',
  'build/app/main/memory.test.cjs.map',
  'e2e/specs/quit.spec.ts',
  '.env',
  '.npmrc',
  'node_modules/sharp/package.json',
  'build/app/main/node_modules/sharp/package.json',
  `${runtime}/win32/x64/onnxruntime.dll`,
  `${runtime}/darwin/arm64/onnxruntime_binding.node`,
  `${runtime}/linux/arm64/onnxruntime_binding.node`,
  'resources/icon.svg',
])('in the archive, %s is noticed', (path) => {
  const contents = { ...good, archive: [...good.archive, file(path)] };
  expect(unexpectedIn(contents, linux)).toEqual([`unexpected in the archive: ${path}`]);
});

test.each([
  'resources/app/package.json',
  'resources/default_app.asar',
  'version',
  'resources/.env',
  'Loci.exe',
  'electron',
])('beside it, %s is noticed', (path) => {
  const contents = { ...good, outside: [...good.outside, file(path)] };
  expect(unexpectedIn(contents, linux)).toEqual([`unexpected: ${path}`]);
});

test('programs are told apart by system and processor, whatever they are called', () => {
  const head = (start: number[], rest: Record<number, number[]> = {}) => {
    const bytes = Buffer.alloc(256);
    bytes.set(start);
    for (const [at, values] of Object.entries(rest)) bytes.set(values, Number(at));
    return bytes;
  };
  expect(kindOf(head([0x7f, 0x45, 0x4c, 0x46], { 18: [0x3e, 0] }))).toBe('linux-x64');
  expect(kindOf(head([0x7f, 0x45, 0x4c, 0x46], { 18: [0xb7, 0] }))).toBe('linux-arm64');
  expect(kindOf(head([0xcf, 0xfa, 0xed, 0xfe], { 4: [0x0c, 0, 0, 1] }))).toBe('darwin-arm64');
  expect(kindOf(head([0xca, 0xfe, 0xba, 0xbe], { 7: [2] }))).toBe('darwin-universal');
  expect(kindOf(head([0x4d, 0x5a], { 0x3c: [0x80], 0x80: [0x50, 0x45, 0, 0, 0x64, 0x86] }))).toBe(
    'win32-x64',
  );
  expect(kindOf(head([0x7b, 0x7d]))).toBeUndefined();
});

test('keys, tokens, passwords and the place it was built in are noticed in a text', () => {
  const places = ['/home/ada/loci'];
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ\n';
  expect(secretsIn(key, places)).toEqual(['a private key']);
  expect(secretsIn(`token=npm_${'a1B2'.repeat(9)}`, places)).toEqual(['a token']);
  expect(secretsIn('postgresql://ada:geheim@db.example.org/ada', places)).toEqual([
    'an address with a password',
  ]);
  expect(secretsIn('at /home/ada/loci/main/index.ts:1', places)).toEqual([
    'the folder it was built in (/home/ada/loci)',
  ]);
  expect(secretsIn('postgresql://db.example.org/ada, https://example.org/a:b@c', places)).toEqual([]);
  for (const texts of [en, de]) expect(secretsIn(JSON.stringify(texts), places)).toEqual([]);
});
