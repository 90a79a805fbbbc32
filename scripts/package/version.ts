import fs from 'node:fs';
import path from 'node:path';
import { root } from '../places.mjs';

/** The one place is package.json. */
export function versionOfApp(): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** One that counts as newer, for trying out updates. */
export function versionAfter(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.split(/[.-]/);
  return `${major}.${minor}.${Number(patch) + 1}`;
}
