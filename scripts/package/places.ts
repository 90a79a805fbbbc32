import path from 'node:path';
import { buildDir, root } from '../places.mjs';
import { versionOfApp } from './version.ts';

/** What packaging makes on the way, apart from what it is for. */
export const packageDir = path.join(buildDir, 'package');
/** What goes into the archive of the app. */
export const appSourceDir = path.join(packageDir, 'app');
/** Source maps stay out of packages, and are kept for whoever reads the stack of an error. */
export const sourceMapsDir = path.join(root, 'release', 'source-maps');
/** What people get. */
export const releaseDir = path.join(root, 'release');
/** The same app under the next version, for trying out updates; nobody gets it. */
export const nextDir = path.join(packageDir, 'next');
/** A bare Debian to try packages in. */
export const bareDebianDir = path.join(packageDir, 'bare-debian');
/** Its copies, each for one test, lie beside it. */
export const machinesPrefix = 'machine-';

/** Where electron-builder lays out the app of this system. */
export function unpackedDir(outDir: string = releaseDir): string {
  const arm = process.arch === 'arm64' ? '-arm64' : '';
  if (process.platform === 'darwin') return path.join(outDir, `mac${arm}`);
  return path.join(outDir, `${process.platform === 'win32' ? 'win' : 'linux'}${arm}-unpacked`);
}

export function resourcesOf(unpacked: string): string {
  return process.platform === 'darwin'
    ? path.join(unpacked, 'Loci.app', 'Contents', 'Resources')
    : path.join(unpacked, 'resources');
}

export function programOf(unpacked: string): string {
  if (process.platform === 'darwin') return path.join(unpacked, 'Loci.app', 'Contents', 'MacOS', 'Loci');
  return path.join(unpacked, process.platform === 'win32' ? 'Loci.exe' : 'loci');
}

/** Debian's names for processors. */
export const debianArch = process.arch === 'arm64' ? 'arm64' : 'amd64';

export const debFile = (outDir: string = releaseDir, version: string = versionOfApp()) =>
  path.join(outDir, `loci_${version}_${debianArch}.deb`);

export const tarballFile = path.join(releaseDir, `loci-${versionOfApp()}-${process.arch}.tar.gz`);

/** Fedora's names for processors. */
const fedoraArch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';

export const rpmFile = (outDir: string = releaseDir, version: string = versionOfApp()) =>
  path.join(outDir, `loci-${version}.${fedoraArch}.rpm`);

export const appImageFile = path.join(releaseDir, `loci-${versionOfApp()}-${process.arch}.AppImage`);
/** What is in it, to be tried out also where it cannot be put together. */
export const appImageContents = path.join(packageDir, 'loci.squashfs');
