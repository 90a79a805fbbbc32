import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { SetUpError } from './set-up-error.mjs';

/** Where Linux distributions keep shared libraries. */
const libraryDirs = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/local/lib'].flatMap((dir) => [
  dir,
  path.join(dir, `${{ x64: 'x86_64', arm64: 'aarch64' }[/** @type {string} */ (process.arch)]}-linux-gnu`),
]);

/** What Electron is linked against and a bare system lacks; the packages by Debian's and Ubuntu's names. */
const needed = [
  { file: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { file: 'libnss3.so', packages: ['libnss3'] },
  { file: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { file: 'libgbm.so.1', packages: ['libgbm1'] },
];

const hasDisplay = () => Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** @param {string} program */
export function onPath(program) {
  const dirs = (process.env['PATH'] ?? '').split(path.delimiter);
  return dirs.some((dir) => fs.existsSync(path.join(dir, program)));
}

/** What is missing on this machine, as lists of package names that would bring it. */
function missing() {
  const lacking = needed
    .filter(({ file }) => !libraryDirs.some((dir) => fs.existsSync(path.join(dir, file))))
    .map(({ packages }) => packages);
  // Without a screen the app and the tests run on a virtual one.
  if (!hasDisplay() && !onPath('Xvfb')) lacking.push(['xvfb']);
  return lacking;
}

/** @type {import('./step.mjs').Step} */
export const systemStep = {
  name: 'system',
  doing: 'Checking the system libraries that Electron needs',
  // Looked at each time, not remembered: it takes a millisecond and people do uninstall things.
  inputs: () => (process.platform === 'linux' ? missing().map(String) : []),
  outputs: [],
  async make(progress) {
    if (process.platform !== 'linux') return;
    const lacking = missing();
    if (lacking.length > 0)
      await installPackages(lacking, 'Electron needs system libraries that are not here', progress);
  },
};

/**
 * Installs Debian packages where that is possible, and otherwise says in one line what to type.
 *
 * @param {string[][]} wanted for each thing the names it may have
 * @param {string} why
 * @param {import('./progress.mjs').Progress} progress
 */
export async function installPackages(wanted, why, progress) {
  const debian = onPath('apt-get');
  if (!debian || process.getuid?.() !== 0) {
    const names = wanted.map((candidates) => candidates.at(-1));
    throw new SetUpError(
      `${why}.`,
      `Missing: ${names.join(', ')} (by Debian's names).`,
      debian
        ? `Run this once, then try again:  sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`
        : "Install them with your system's package manager, then try again.",
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  progress.detail('reading package lists');
  await run('apt-get', ['update'], { env });
  /** @type {string[]} */
  const names = [];
  for (const candidates of wanted) {
    let name = candidates.at(-1) ?? '';
    // On releases with 64-bit time the library has a new name, and the old one is only a shell.
    for (const candidate of candidates) {
      if (/Candidate: \d/.test(await run('apt-cache', ['policy', candidate], { env }))) {
        name = candidate;
        break;
      }
    }
    names.push(name);
  }
  progress.detail(`installing ${names.join(', ')}`);
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
}
