import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { appImageContents, appImageFile } from '../../scripts/package/places.ts';
import { findByMeaning, writeDown } from './journey.ts';
import { expect, test } from './test.ts';

test.skip(process.platform !== 'linux' || !fs.existsSync(appImageContents), 'An AppImage is for Linux.');

test('what is in the AppImage starts in its sandbox, as the program that it begins with would start it', async ({
  machine,
  start,
}) => {
  const place = '/home/ada/mounted';
  execFileSync('unsquashfs', ['-quiet', '-no-progress', '-dest', machine.inside(place), appImageContents]);
  await machine.asRoot('desktop-file-validate', `${place}/loci.desktop`);
  for (const icon of ['loci.png', '.DirIcon'])
    expect(fs.statSync(machine.inside(`${place}/${icon}`)).size).toBeGreaterThan(1000);
  const env = {
    HOME: '/home/ada',
    PATH: '/usr/bin:/bin',
    APPDIR: place,
    APPIMAGE: '/home/ada/Downloads/Loci.AppImage',
  };
  const command = [...machine.adasCommand(env), `${place}/AppRun`];
  const loci = await start({ command, sandbox: true });
  await writeDown(loci);
  expect(await loci.quit()).toBe(0);
  const again = await start({ command, sandbox: true });
  await findByMeaning(again);
  expect(await again.quit()).toBe(0);
});

test('the AppImage starts by itself, also where it cannot be mounted', async ({ machine, start }) => {
  test.skip(!fs.existsSync(appImageFile), 'No AppImage could be put together here.');
  const file = machine.give(appImageFile);
  const env = { HOME: '/home/ada', PATH: '/usr/bin:/bin', APPIMAGE_EXTRACT_AND_RUN: '1' };
  const loci = await start({ command: [...machine.adasCommand(env), file], sandbox: true });
  await writeDown(loci);
  await findByMeaning(loci);
  expect(await loci.quit()).toBe(0);
});
