import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { mostFileBytes } from '../../shared/schemas/capture.ts';
import { createHandedFiles, filesIn } from './handed-files.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'loci handed ä'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test('files are known among switches, links and the app itself', async () => {
  const dir = await folder();
  const app = path.join(dir, 'app');
  const letter = path.join(dir, 'a letter.md');
  const args = [
    '/opt/loci',
    '--no-sandbox',
    app,
    path.join(app, 'main.cjs'),
    dir,
    'loci://capture?text=x',
    'https://example.org/notes.md',
    '',
    'a letter.md',
    pathToFileURL(letter).href,
    'file://%zz',
  ];
  expect(filesIn(args, dir, app)).toEqual([letter, letter]);
});

test('what was handed over is taken once, and a word that names no file is passed over', async () => {
  const dir = await folder();
  await writeFile(path.join(dir, 'a.md'), 'Rain barrel');
  await writeFile(path.join(dir, 'empty.txt'), '');
  await mkdir(path.join(dir, 'notes.md'));
  let told = 0;
  const handed = createHandedFiles(() => (told += 1));
  await handed.bring(['a.md', 'empty.txt', 'notes.md', 'gone.md'].map((name) => path.join(dir, name)));
  expect(handed.take()).toEqual([
    { name: 'a.md', bytes: new TextEncoder().encode('Rain barrel') },
    { name: 'empty.txt', bytes: new Uint8Array() },
    { name: 'notes.md', bytes: null },
  ]);
  expect(handed.take()).toEqual([]);
  await handed.bring([path.join(dir, 'gone.md')]);
  expect(told).toBe(1);
});

test('of a huge file no more is read than shows that it is too large', async () => {
  const dir = await folder();
  const huge = path.join(dir, 'huge.txt');
  await writeFile(huge, Buffer.alloc(3 * mostFileBytes, 'x'));
  const handed = createHandedFiles(() => {});
  await handed.bring([huge]);
  expect(handed.take()[0]?.bytes?.length).toBe(mostFileBytes + 1);
});
