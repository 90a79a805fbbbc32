import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Of Loci itself and of all that it is made of. */
export async function readLicences(appDir: string): Promise<string> {
  return readFile(path.join(appDir, 'build', 'app', 'third-party-notices.txt'), 'utf8');
}
