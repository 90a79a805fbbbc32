import os from 'node:os';
import path from 'node:path';
import { expect, test, type Loci } from '../fixtures.ts';
import { startAgain } from '../pages/start-again.ts';

async function minimize(loci: Loci): Promise<void> {
  await loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => isVisible(loci)).toBe(false);
}

const isVisible = (loci: Loci) =>
  loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('starting Loci a second time brings the first to the front', async ({ launch, dataDir }) => {
  const loci = await launch();
  await loci.ready();
  await minimize(loci);
  expect(await startAgain([], { LOCI_DATA_DIR: dataDir })).toBe(0);
  await expect.poll(() => isVisible(loci)).toBe(true);
});

test('a second Loci with a profile of its own, on the same library, does so too', async ({
  launch,
  dataDir,
}) => {
  // Without LOCI_DATA_DIR the profile is Electron's to place, the library follows the home directory.
  const homes = {
    HOME: dataDir,
    XDG_DATA_HOME: path.join(dataDir, 'data'),
    XDG_CONFIG_HOME: path.join(dataDir, 'config'),
  };
  const loci = await launch({ env: { ...homes, LOCI_DATA_DIR: '' } });
  await loci.ready();
  await minimize(loci);
  const otherProfile = path.join(dataDir, `profile ${os.userInfo().username}`);
  expect(await startAgain([`--user-data-dir=${otherProfile}`], { ...homes, LOCI_DATA_DIR: '' })).toBe(0);
  await expect.poll(() => isVisible(loci)).toBe(true);
  await loci.ready();
});
