import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNote, libraryDirOf, writeLocation } from './library-location.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-location-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true }));

test('a library that was moved is found where it is, and one that came back where it was made', () => {
  expect(libraryDirOf(dataDir)).toBe(path.join(dataDir, 'library'));
  const elsewhere = path.join(dataDir, 'disk', 'Loci library');
  writeLocation(dataDir, elsewhere);
  expect(libraryDirOf(dataDir)).toBe(elsewhere);
  writeLocation(dataDir, path.join(dataDir, 'library'));
  expect(libraryDirOf(dataDir)).toBe(path.join(dataDir, 'library'));
});

test.each(['', '{', '{"library":""}', '{"library":"relative"}'])(
  'a damaged note (%j) is not taken for there being none',
  (text) => {
    fs.writeFileSync(path.join(dataDir, 'library-location.json'), text);
    expect(isNote(libraryDirOf(dataDir))).toBe(true);
  },
);
