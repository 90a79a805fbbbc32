import fs from 'node:fs';
import path from 'node:path';
import { buildDir, root } from '../places.mjs';
import { npm } from './npm.mjs';
import { contentOf } from './step.mjs';

const modules = path.join(root, 'node_modules');
/** npm writes it when all the packages are there. */
const installedList = path.join(modules, '.package-lock.json');

/** @type {import('./step.mjs').Step} */
export const packagesStep = {
  name: 'packages',
  doing: 'Installing the npm packages of the lockfile',
  inputs: () => [contentOf(path.join(root, 'package-lock.json')), process.platform, process.arch],
  outputs: [installedList],
  async make() {
    moveRunningNodeAside();
    // npm warns that some packages want a newer Node than the machine's; the scripts run on the packaged one.
    // What the cache holds is checked against the lockfile's hashes, and need not be asked for again.
    // Said aloud, because NODE_ENV or a person's own settings may leave some out.
    await npm(['ci', '--prefer-offline', '--include=dev', '--include=optional'], {
      cwd: root,
      what: 'The npm packages could not be installed.',
      advice:
        'Check that the npm registry can be reached (npm ping) and that the disk has 2 GB free, and run the same command again.',
    });
    const { packages } = JSON.parse(fs.readFileSync(installedList, 'utf8'));
    return `${Object.keys(packages).length} packages`;
  },
};

/** Windows cannot delete a program that runs, but can move it; this one may be the packaged Node. Not yet run. */
function moveRunningNodeAside() {
  if (process.platform !== 'win32' || !process.execPath.startsWith(modules)) return;
  fs.mkdirSync(buildDir, { recursive: true });
  fs.renameSync(process.execPath, path.join(buildDir, `node-${process.pid}.exe`));
}
