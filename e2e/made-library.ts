import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchLoci } from './fixtures.ts';

/**
 * Before all tests: the app makes a library once, as at a first start, and each test begins with a copy of it.
 * Making one takes longer than most tests do.
 */
export default async function makeLibrary(): Promise<() => void> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-e2e-made-'));
  const loci = await launchLoci({ dataDir });
  await loci.ready();
  await loci.quit();
  process.env['E2E_MADE_LIBRARY'] = path.join(dataDir, 'library');
  return () => fs.rmSync(dataDir, { recursive: true, force: true });
}
