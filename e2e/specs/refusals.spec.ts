import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { copyApp, expect, test } from '../fixtures.ts';

/** Every file below a folder with the hash of its content. */
function fingerprint(dir: string): Record<string, string> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [file, crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex')]),
  );
}

test('a library of another Postgres major is refused with a clear text, untouched, and opens again once it fits', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  await loci.quit();
  const data = path.join(dataDir, 'library', 'postgres');
  fs.writeFileSync(path.join(data, 'PG_VERSION'), '16\n');
  const before = fingerprint(data);

  const refused = await launch();
  const alert = refused.page.getByRole('alert');
  await expect(alert).toContainText('version');
  await expect(refused.page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(fingerprint(data)).toEqual(before);

  fs.writeFileSync(path.join(data, 'PG_VERSION'), '17\n');
  await refused.page.getByRole('button', { name: 'Try again' }).click();
  await refused.ready();
});

for (const { damage, reason, spoil } of [
  {
    damage: 'one flipped bit',
    reason: 'damaged',
    spoil(file: string) {
      const bytes = fs.readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      fs.writeFileSync(file, bytes);
    },
  },
  { damage: 'a missing file', reason: 'missing', spoil: (file: string) => fs.rmSync(file) },
]) {
  test(`a model with ${damage}: the library opens, and the app says that search by meaning is off`, async ({
    launch,
    dataDir,
  }) => {
    const appDir = copyApp(dataDir, ['model']);
    const onnx = fs
      .readdirSync(path.join(appDir, 'build', 'model'), { recursive: true, encoding: 'utf8' })
      .find((name) => name.endsWith('.onnx'));
    spoil(path.join(appDir, 'build', 'model', onnx ?? 'no model found'));
    const loci = await launch({ appDir });
    await expect
      .poll(() => loci.call('app.status'))
      .toMatchObject({
        value: { phase: 'ready', meaning: { state: 'unavailable', reason } },
      });
    await loci.call('settings.set', { 'appearance.theme': 'dark' });
    expect(await loci.call('settings.get')).toMatchObject({ value: { 'appearance.theme': 'dark' } });
    await expect(loci.page.getByText(/search by meaning/i).first()).toBeVisible();
  });
}
