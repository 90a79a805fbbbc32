import { expect, test as plainTest } from '@playwright/test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bareDebianDir, machinesPrefix, packageDir } from '../../scripts/package/places.ts';
import { isAlive, type ProcessMark } from '../processes.ts';
import { BareMachine } from './bare-machine.ts';
import { startPackaged, type PackagedLoci, type PackagedOptions } from './packaged-loci.ts';

interface Fixtures {
  /** A folder of the test's own, gone afterwards. */
  readonly ownDir: string;
  /** Starts a packaged program; all of it must be gone at the end of the test. */
  readonly start: (options: PackagedOptions) => Promise<PackagedLoci>;
  /** A bare Debian of the test's own. Only root can make one, on Linux. */
  readonly machine: BareMachine;
}

export const test = plainTest.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern.
  ownDir: async ({}, use) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-package-'));
    await use(dir);
    fs.rmSync(dir, { recursive: true, force: true });
  },
  // oxlint-disable-next-line no-empty-pattern -- As above.
  machine: async ({}, use) => {
    plainTest.skip(
      !fs.existsSync(bareDebianDir),
      'Only root, on Debian or a relative of it, makes a bare Debian.',
    );
    // On the disk of the checkout: the temporary folder of a container is an overlay, on which no other can lie.
    const machine = await BareMachine.boot(fs.mkdtempSync(path.join(packageDir, machinesPrefix)));
    await use(machine);
    await machine.shutDown();
  },
  start: async ({ ownDir: _gone }, use) => {
    const started: PackagedLoci[] = [];
    await use(async (options) => {
      const loci = await startPackaged(options);
      started.push(loci);
      return loci;
    });
    const seen: ProcessMark[] = [];
    for (const loci of started) {
      if (process.platform === 'linux') seen.push(...loci.processes());
      await loci.stop();
    }
    await expect.poll(() => seen.filter(isAlive)).toEqual([]);
  },
});

export { expect };
