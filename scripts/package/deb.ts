import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { run } from '../set-up/command.mjs';
import { lintianOverrides } from './lintian-overrides.ts';
import { layOutTree, openForReading, settleTimes, writeInto, writePacked } from './linux-tree.ts';
import { debFile, debianArch, packageDir } from './places.ts';
import { buildDate } from './reproducible.ts';

export interface DebOptions {
  readonly unpacked: string;
  readonly config: Configuration;
  readonly version: string;
  readonly outDir: string;
  /** For packages that are only tried out: larger, and made in a tenth of the time. */
  readonly quickly?: boolean;
}

/**
 * A Debian package from the unpacked app, by dpkg itself: what is verified in it is what people get, on a machine
 * that cannot fetch electron-builder's helper as on one that can. Its words come from electron-builder.yml.
 */
export async function makeDeb(options: DebOptions): Promise<string> {
  const { config, version, outDir, quickly = false } = options;
  const staging = path.join(packageDir, 'deb');
  layOutTree(staging, { ...options, packageType: 'deb' });
  writeDebianFiles(staging, config, version);
  openForReading(staging);
  writeControl(staging, config, version);
  settleTimes(staging);

  fs.mkdirSync(outDir, { recursive: true });
  const file = debFile(outDir, version);
  await run(
    'dpkg-deb',
    [...(quickly ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6']), '--root-owner-group', '--build', staging, file],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(buildDate().getTime() / 1000) },
      what: 'The Debian package could not be made.',
    },
  );
  fs.rmSync(staging, { recursive: true });
  return file;
}

function writeDebianFiles(staging: string, config: Configuration, version: string): void {
  const date = execFileSync('date', ['-u', '-R', '-d', `@${buildDate().getTime() / 1000}`], {
    encoding: 'utf8',
  }).trim();
  const entry = `loci (${debianVersion(version)}) stable; urgency=medium\n\n  * Version ${version}.\n\n -- ${maintainer(config)}  ${date}\n`;
  writePacked(staging, 'usr/share/doc/loci/changelog.gz', entry);
  writeInto(staging, 'usr/share/lintian/overrides/loci', lintianOverrides);
}

const maintainer = ({ linux }: Configuration) => process.env['LOCI_MAINTAINER'] || String(linux?.maintainer);

function writeControl(staging: string, config: Configuration, version: string): void {
  const { deb, linux } = config;
  const files = listFiles(staging);
  const kilobytes = files.reduce(
    (sum, file) => sum + Math.ceil(fs.lstatSync(path.join(staging, file)).size / 1024),
    0,
  );
  const fields = {
    Package: 'loci',
    Version: debianVersion(version),
    Architecture: debianArch,
    Maintainer: maintainer(config),
    'Installed-Size': kilobytes,
    Depends: deb?.depends?.join(', '),
    Recommends: deb?.recommends?.join(', '),
    Section: deb?.packageCategory,
    Priority: deb?.priority,
    Description: `${linux?.synopsis}\n${folded(String(linux?.description))}`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  writeInto(staging, 'DEBIAN/control', `${lines.join('\n')}\n`);
  const sums = files
    .filter((file) => !fs.lstatSync(path.join(staging, file)).isSymbolicLink())
    .map((file) => `${md5Of(path.join(staging, file))}  ${file}\n`);
  writeInto(staging, 'DEBIAN/md5sums', sums.join(''));
  writeInto(staging, 'DEBIAN/postrm', afterRemoval, 0o755);
}

/** The system forgets everything; what people wrote is theirs and in their homes, where no package may reach. */
const afterRemoval = `#!/bin/sh
set -e
if [ "$1" = purge ]; then
  echo "Loci is gone. What people wrote with it is still theirs, in ~/.local/share/loci and ~/.config/Loci;"
  echo "whoever does not want to keep it deletes these two folders."
fi
`;

/** A version before another one sorts before it by a tilde: 1.0.0-beta becomes 1.0.0~beta. */
export const debianVersion = (version: string) => version.replaceAll('-', '~');

/** Lines of the long description begin with a space. */
function folded(text: string): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > 77) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.map((line) => ` ${line}`).join('\n');
}

function listFiles(dir: string): string[] {
  return fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

const md5Of = (file: string) => createHash('md5').update(fs.readFileSync(file)).digest('hex');
