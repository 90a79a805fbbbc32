import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeDeb } from '../../scripts/package/deb.ts';
import { debFile, rpmFile, unpackedDir } from '../../scripts/package/places.ts';
import { makeRpm } from '../../scripts/package/rpm.ts';
import { unpackApp } from '../../scripts/package/unpacked-app.ts';
import { versionOfApp } from '../../scripts/package/version.ts';
import { expect, test } from './test.ts';

test.skip(
  process.platform !== 'linux' || !fs.existsSync(debFile()),
  'Signatures of macOS and Windows carry their time.',
);

const version = versionOfApp();
const hashOf = (file: string) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

function hashesIn(dir: string): Record<string, string> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(dir, file), hashOf(file)]));
}

test('made twice from the same sources, packages are the same to the last byte', async ({ ownDir }) => {
  test.slow();
  const { dir: again, config } = await unpackApp(version, path.join(ownDir, 'again'));
  expect(hashesIn(again)).toEqual(hashesIn(unpackedDir()));
  const made: string[][] = [];
  for (const unpacked of [unpackedDir(), again]) {
    const outDir = path.join(ownDir, `from-${made.length}`);
    const options = { unpacked, config, version, outDir, quickly: true };
    await makeDeb(options);
    await makeRpm(options);
    made.push([debFile(outDir), rpmFile(outDir)].filter((file) => fs.existsSync(file)).map(hashOf));
  }
  expect(made[1]).toEqual(made[0]);
});
