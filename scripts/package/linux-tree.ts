import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Configuration } from 'electron-builder';
import { root } from '../places.mjs';
import { desktopEntry, manualPage, mimeTypes } from './linux-entry.ts';
import { buildDate } from './reproducible.ts';

/** What dpkg and rpm install, by the rules that both systems share. */
export interface TreeOptions {
  readonly unpacked: string;
  readonly config: Configuration;
  readonly version: string;
  /** By this the updater knows who is to install the next version; an AppImage replaces itself. */
  readonly packageType?: 'deb' | 'rpm';
}

/** Where programs are kept that are not the same for all processors; /opt would be for those outside of the system's care. */
const home = 'usr/lib/loci';

/** Lays out everything as it will lie below `/`, with the app's words out of electron-builder.yml. */
export function layOutTree(staging: string, { unpacked, config, version, packageType }: TreeOptions): void {
  fs.rmSync(staging, { recursive: true, force: true });
  fs.mkdirSync(path.join(staging, 'usr', 'lib'), { recursive: true });
  execFileSync('cp', ['-a', '--reflink=auto', unpacked, path.join(staging, home)]);
  // Chromium's helper, which builds the sandbox where an ordinary user may not (Ubuntu since 23.10).
  fs.chmodSync(path.join(staging, home, 'chrome-sandbox'), 0o4755);
  if (packageType) writeInto(staging, `${home}/resources/package-type`, packageType);
  writeDesktopFiles(staging, config);
  const licence = fs.readFileSync(path.join(staging, home, 'resources', 'LICENSE'), 'utf8');
  writeInto(
    staging,
    'usr/share/doc/loci/copyright',
    `Loci ${version}\n\n${licence}\nWhat Loci brings along has licences of its own: they are in\n/${home}/resources/third-party-notices.txt and, for Chromium, in /${home}/LICENSES.chromium.html\n`,
  );
  writePacked(
    staging,
    'usr/share/man/man1/loci.1.gz',
    manualPage(version, buildDate().toISOString().slice(0, 10)),
  );
}

function writeDesktopFiles(staging: string, config: Configuration): void {
  writeInto(staging, 'usr/share/applications/loci.desktop', desktopEntry(config));
  writeInto(staging, 'usr/share/mime/packages/loci.xml', mimeTypes(config));
  const icons = path.join(root, 'resources', 'icons');
  for (const name of fs.readdirSync(icons)) {
    const size = path.basename(name, '.png');
    // The icon theme ends at 512.
    if (size === '1024x1024') continue;
    writeInto(
      staging,
      `usr/share/icons/hicolor/${size}/apps/loci.png`,
      fs.readFileSync(path.join(icons, name)),
    );
  }
  const drawing = fs.readFileSync(path.join(root, 'resources', 'icon.svg'));
  writeInto(staging, 'usr/share/icons/hicolor/scalable/apps/loci.svg', drawing);
  const bin = path.join(staging, 'usr', 'bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.symlinkSync('../lib/loci/loci', path.join(bin, 'loci'));
}

/** Whatever mask this machine has. */
export function openForReading(staging: string): void {
  for (const part of ['.', 'usr', 'usr/lib', 'usr/bin', 'usr/share'])
    fs.chmodSync(path.join(staging, part), 0o755);
  for (const entry of fs.readdirSync(path.join(staging, 'usr/share'), {
    recursive: true,
    withFileTypes: true,
  }))
    fs.chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

/** Of the commit, last of all: when something was built, unpacked or linked on this machine is nobody's business. */
export function settleTimes(staging: string): void {
  const date = buildDate();
  const entries = fs.readdirSync(staging, { recursive: true, encoding: 'utf8' });
  // What is deepest first: changing a folder's contents is done by then.
  for (const entry of [...entries.toSorted((a, b) => b.length - a.length), '.'])
    fs.lutimesSync(path.join(staging, entry), date, date);
}

export function writeInto(staging: string, name: string, content: string | Buffer, mode = 0o644): void {
  const file = path.join(staging, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content, { mode });
  fs.chmodSync(file, mode);
}

/** At its best, as Debian asks, and without the time of packing. */
export const writePacked = (staging: string, name: string, text: string): void =>
  writeInto(staging, name, gzipSync(text, { level: 9 }));
