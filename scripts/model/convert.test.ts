import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convertModel } from './convert.mjs';

const pins = JSON.parse(fs.readFileSync(new URL('pins.json', import.meta.url), 'utf8')) as {
  model: Record<string, string>;
};

let scratch: string;
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-convert-'));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

test('the model is the same bytes each time it is made, and those that are pinned', async () => {
  const folder = await convertModel(scratch);
  const first = hashes(folder);
  // Over what is there: the second run replaces the first.
  await convertModel(scratch);
  expect(hashes(folder)).toEqual(first);
  const { 'manifest.json': manifest, ...files } = first;
  expect(files).toEqual(pins.model);
  expect(manifest).toBeDefined();
  expect(fs.readdirSync(scratch)).toEqual([path.basename(folder)]);
});

test('the manifest tells the size and hash of every file', async () => {
  const folder = await convertModel(scratch);
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  const files = Object.entries(pins.model).map(([name, sha256]) => [
    name,
    { sha256, bytes: fs.statSync(path.join(folder, name)).size },
  ]);
  expect(manifest).toEqual({
    name: 'all-MiniLM-L6-v2',
    revision: expect.stringMatching(/^[0-9a-f]{12}$/),
    dimension: 384,
    maxTokens: 256,
    files: Object.fromEntries(files),
  });
});

function hashes(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [
      name.split(path.sep).join('/'),
      createHash('sha256')
        .update(fs.readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]),
  );
}
