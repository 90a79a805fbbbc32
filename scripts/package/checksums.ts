import fs from 'node:fs';
import path from 'node:path';
import { sha256OfFile } from '../set-up/step.mjs';
import { releaseDir } from './places.ts';

const listName = 'SHA256SUMS';

/** In the form that `sha256sum --check` reads. */
export function writeChecksums(names: readonly string[]): void {
  const lines = names
    .filter((name) => name !== listName)
    .map((name) => `${sha256OfFile(path.join(releaseDir, name))}  ${name}\n`);
  fs.writeFileSync(path.join(releaseDir, listName), lines.join(''));
}
