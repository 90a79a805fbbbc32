import fs from 'node:fs';
import path from 'node:path';
import { versionOfApp } from '../../scripts/package/version.ts';
import { expect, test } from '../fixtures.ts';

test.use({ isFirstStart: true });

test('an empty folder becomes a library, and the next start finds the same one', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  await loci.searchByMeaningReady();
  const first = await loci.call('app.report');
  expect(first).toMatchObject({
    ok: true,
    value: {
      versions: {
        app: versionOfApp(),
        postgres: expect.stringMatching(/^17\./),
        pgvector: expect.stringMatching(/^0\.8\./),
      },
      model: { name: 'all-MiniLM-L6-v2', dimension: 384 },
      library: { location: path.join(dataDir, 'library') },
    },
  });
  await loci.quit();

  const again = await launch();
  await again.ready();
  const second = await again.call('app.report');
  const createdAt = (report: unknown) =>
    (report as { value: { library: { createdAt: string } } }).value.library.createdAt;
  expect(createdAt(second)).toBe(createdAt(first));
});

test('settings and the window are as they were left', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  expect(await loci.call('settings.get')).toMatchObject({
    ok: true,
    value: { 'appearance.theme': 'system' },
  });
  await loci.call('settings.set', { 'appearance.theme': 'dark' });
  await loci.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 930, height: 640 }),
  );
  await loci.quit();

  const again = await launch();
  await again.ready();
  expect(await again.call('settings.get')).toMatchObject({ ok: true, value: { 'appearance.theme': 'dark' } });
  expect(
    await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds()),
  ).toEqual({
    x: 40,
    y: 60,
    width: 930,
    height: 640,
  });
  expect(await again.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

test('nobody else can read the library, and every line of the log can be read by a program', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  const mode = (...parts: string[]) => fs.statSync(path.join(dataDir, ...parts)).mode & 0o077;
  expect([mode('library'), mode('library', 'postgres'), mode('logs', 'main.log')]).toEqual([0, 0, 0]);
  for (const line of loci.log().trim().split('\n')) {
    expect(JSON.parse(line)).toMatchObject({
      at: expect.any(String),
      level: expect.any(String),
      message: expect.any(String),
    });
  }
});
