import fs from 'node:fs';
import path from 'node:path';
import { postgresDir } from '../places.mjs';
import { run } from './command.mjs';
import { SetUpError } from './set-up-error.mjs';
import { readIfThere } from './step.mjs';

/** Where Linux distributions keep shared libraries. */
const libraryDirs = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/local/lib'].flatMap((dir) => [
  dir,
  path.join(dir, `${{ x64: 'x86_64', arm64: 'aarch64' }[/** @type {string} */ (process.arch)]}-linux-gnu`),
]);

/**
 * Something a bare Linux lacks, and the packages that bring it. On Debian and Ubuntu releases with
 * 64-bit time some have a new name, which comes first.
 *
 * @typedef {{ is: string, apt: string[], dnf: string, pacman: string, zypper: string }} Need
 */

/** What Electron is linked against. GTK brings the rest of the list (X11, Pango, CUPS, D-Bus …) with it. */
/** @type {(Need & { file: string })[]} */
const libraries = [
  {
    is: 'GTK 3',
    file: 'libgtk-3.so.0',
    apt: ['libgtk-3-0t64', 'libgtk-3-0'],
    dnf: 'gtk3',
    pacman: 'gtk3',
    zypper: 'libgtk-3-0',
  },
  { is: 'NSS', file: 'libnss3.so', apt: ['libnss3'], dnf: 'nss', pacman: 'nss', zypper: 'mozilla-nss' },
  {
    is: 'ALSA',
    file: 'libasound.so.2',
    apt: ['libasound2t64', 'libasound2'],
    dnf: 'alsa-lib',
    pacman: 'alsa-lib',
    zypper: 'libasound2',
  },
  { is: 'GBM', file: 'libgbm.so.1', apt: ['libgbm1'], dnf: 'mesa-libgbm', pacman: 'mesa', zypper: 'libgbm1' },
];

/** @type {Need} */
const virtualScreen = {
  is: 'a virtual screen (Xvfb)',
  apt: ['xvfb'],
  dnf: 'xorg-x11-server-Xvfb',
  pacman: 'xorg-server-xvfb',
  zypper: 'xorg-x11-server-Xvfb',
};

/** @type {Need[]} */
const compiler = [
  { is: 'a C compiler', apt: ['gcc'], dnf: 'gcc', pacman: 'gcc', zypper: 'gcc' },
  {
    is: "the C library's headers",
    apt: ['libc6-dev'],
    dnf: 'glibc-devel',
    pacman: 'glibc',
    zypper: 'glibc-devel',
  },
];

/** @param {string} program */
export function onPath(program) {
  const dirs = (process.env['PATH'] ?? '').split(path.delimiter);
  return dirs.some((dir) => fs.existsSync(path.join(dir, program)));
}

/** @returns {Need[]} */
function missing() {
  const needs = libraries.filter(
    ({ file }) => !libraryDirs.some((dir) => fs.existsSync(path.join(dir, file))),
  );
  const hasScreen = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  const pgvectorIsBuilt = fs.existsSync(path.join(postgresDir, 'manifest.json'));
  const compiles = ['cc', 'gcc', 'clang'].some(onPath) && fs.existsSync('/usr/include/stdio.h');
  return [
    ...needs,
    ...(hasScreen || onPath('Xvfb') ? [] : [virtualScreen]),
    ...(pgvectorIsBuilt || compiles ? [] : compiler),
  ];
}

/** @type {import('./step.mjs').Step} */
export const systemStep = {
  name: 'system',
  doing: 'Checking what the system must bring',
  inputs: () => [],
  outputs: [],
  // Looked at each time, not remembered: it takes a millisecond and people do uninstall things.
  isInPlace: () => process.platform !== 'linux' || missing().length === 0,
  async make(progress) {
    const needs = missing();
    if (!onPath('apt-get') || process.getuid?.() !== 0) throw tellWhatToInstall(needs);
    progress.detail('reading package lists');
    await apt(['update']);
    const names = needs.map(aptNameOf).map(String);
    progress.detail(`installing ${names.join(', ')}`);
    // An installation that was killed half-way must be finished before dpkg does anything else.
    await run('dpkg', ['--configure', '-a'], { env: unattended, mustFinish: true });
    await apt(['install', '-y', '--no-install-recommends', ...names]);
    const still = missing();
    if (still.length > 0) throw tellWhatToInstall(still);
    return `installed ${names.join(', ')}`;
  },
};

/** @param {Need[]} needs */
function tellWhatToInstall(needs) {
  const managers = {
    'apt-get': () => `sudo apt-get update && sudo apt-get install -y ${needs.map(aptNameOf).join(' ')}`,
    dnf: () => `sudo dnf install -y ${needs.map((need) => need.dnf).join(' ')}`,
    pacman: () => `sudo pacman -S --needed ${needs.map((need) => need.pacman).join(' ')}`,
    zypper: () => `sudo zypper install -y ${needs.map((need) => need.zypper).join(' ')}`,
  };
  const command = Object.entries(managers).find(([program]) => onPath(program))?.[1]();
  return new SetUpError(
    'Some things the system must bring are not there.',
    `Missing: ${needs.map(({ is }) => is).join(', ')}.`,
    command
      ? `Run this once, and then the same command again:  ${command}`
      : "Install them with your system's package manager, and run the same command again.",
  );
}

const unattended = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** As root on Debian and its relatives. @param {string[]} args */
export function apt(args) {
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...args], {
    env: unattended,
    mustFinish: true,
    what: `apt-get could not ${args[0] === 'update' ? 'read the package lists' : 'install what is missing'}.`,
    advice: `Run  apt-get ${args.join(' ')}  yourself to see more, and then the same command again.`,
  });
}

/**
 * Where the system has 64-bit time, a new name is the right one, and the old one may be nobody's.
 *
 * @param {Need} need
 */
function aptNameOf({ apt: names }) {
  return hasRenamedLibraries() ? names[0] : names.at(-1);
}

/** Its own basic libraries have such names then. */
function hasRenamedLibraries() {
  return /^Package: \S+t64$/m.test(readIfThere('/var/lib/dpkg/status'));
}
