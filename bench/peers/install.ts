import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/places.mjs';
import { progress } from '../report.ts';

const peersDir = path.join(root, 'bench/peers');
/** Written by npm when all of it is there. */
const done = path.join(peersDir, 'node_modules/.package-lock.json');

/** Half a gigabyte that nobody needs who does not compare: therefore not among the packages of the app. */
export function installPeers(): string {
  const lock = path.join(peersDir, 'package-lock.json');
  if (fs.existsSync(done) && fs.statSync(done).mtimeMs >= fs.statSync(lock).mtimeMs) return peersDir;
  progress('Fetching what to compare with');
  // Not `ci`: newer npms find the lock of another system, whose packages it does not list, out of step.
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peersDir,
    stdio: ['ignore', process.stderr, process.stderr],
    // On Windows npm is a script of the shell.
    shell: process.platform === 'win32',
  });
  return peersDir;
}
