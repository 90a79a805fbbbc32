import fs from 'node:fs';
import path from 'node:path';
import { root } from '../places.mjs';
import { run } from './command.mjs';
import { contentOf } from './step.mjs';

const modules = path.join(root, 'node_modules');

/** @type {import('./step.mjs').Step} */
export const packagesStep = {
  name: 'packages',
  doing: 'Installing the npm packages of the lockfile',
  inputs: () => [contentOf(path.join(root, 'package-lock.json')), process.platform, process.arch],
  outputs: [path.join(modules, '.package-lock.json')],
  async make() {
    // npm ci replaces node_modules, so neither npm nor its Node may be the ones inside it.
    const dirs = (process.env['PATH'] ?? '').split(path.delimiter).filter((dir) => !dir.startsWith(modules));
    const env = { ...process.env, PATH: dirs.join(path.delimiter) };
    // npm warns that some packages want a newer Node than the machine's; the scripts run on the packaged one.
    const windows = process.platform === 'win32';
    await run(windows ? 'npm.cmd' : 'npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
      cwd: root,
      env,
      shell: windows,
    });
    const count = Object.keys(
      JSON.parse(fs.readFileSync(path.join(modules, '.package-lock.json'), 'utf8')).packages,
    ).length;
    return `${count} packages`;
  },
};
