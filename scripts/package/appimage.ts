import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Configuration } from 'electron-builder';
import { downloadsDir } from '../places.mjs';
import { run } from '../set-up/command.mjs';
import { checkHash, DownloadError, fetchFile } from '../set-up/download.mjs';
import { onPath } from '../set-up/system.mjs';
import { layOutTree, openForReading, settleTimes } from './linux-tree.ts';
import { appImageContents, appImageFile, packageDir } from './places.ts';
import { buildDate } from './reproducible.ts';

export interface AppImageOptions {
  readonly unpacked: string;
  readonly config: Configuration;
  readonly version: string;
  /** Larger, and made in a tenth of the time. */
  readonly quickly: boolean;
}

/** The programs that an AppImage begins with, for every processor, as electron-builder pins them. */
const runtimes = {
  url: 'https://github.com/electron-userland/electron-builder-binaries/releases/download/appimage@1.0.3/appimage-tools-runtime-20251108.tar.gz',
  sha256: '84021a78ee214ae6fd33a2d62a92ba25542dd10bc86bf117a9b2d0bba44e7665',
};

/**
 * One file to start on any Linux: a small program, and behind it the app in a file system that it mounts. Made here
 * and not by electron-builder, whose launcher leaves out Chromium's sandbox without a word where the system allows
 * none; ours does not start there.
 *
 * @returns why it could not be made, if it could not; what would be in it is made all the same, to be tried
 */
export async function makeAppImage(options: AppImageOptions): Promise<string | undefined> {
  if (!onPath('mksquashfs'))
    return 'AppImage (mksquashfs is not on this machine: it comes with the package squashfs-tools)';
  const scratch = path.join(packageDir, 'appimage');
  try {
    const tree = path.join(scratch, 'Loci.AppDir');
    layOutAppDir(tree, options);
    await pack(tree, options.quickly);
    const runtime = await getRuntime(scratch);
    fs.copyFileSync(runtime, appImageFile);
    await pipeline(fs.createReadStream(appImageContents), fs.createWriteStream(appImageFile, { flags: 'a' }));
    fs.chmodSync(appImageFile, 0o755);
    return undefined;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return `AppImage (the program it begins with could not be downloaded: ${error.message})`;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** The same tree as in the other packages, and at its top what the runtime and desktops look for. */
function layOutAppDir(tree: string, { unpacked, config, version }: AppImageOptions): void {
  layOutTree(tree, { unpacked, config, version });
  openForReading(tree);
  // What it is mounted as gives nobody root's rights; Chromium only trips over a helper that seems to have them.
  fs.chmodSync(path.join(tree, 'usr/lib/loci/chrome-sandbox'), 0o755);
  for (const [name, target] of [
    ['AppRun', 'usr/lib/loci/loci'],
    ['loci.desktop', 'usr/share/applications/loci.desktop'],
    ['loci.png', 'usr/share/icons/hicolor/256x256/apps/loci.png'],
    ['.DirIcon', 'loci.png'],
  ] as const)
    fs.symlinkSync(target, path.join(tree, name));
  settleTimes(tree);
}

async function pack(tree: string, quickly: boolean): Promise<void> {
  fs.rmSync(appImageContents, { force: true });
  const compression = ['-comp', 'zstd', '-Xcompression-level', quickly ? '1' : '19', '-b', '1M'];
  await run(
    'mksquashfs',
    [
      tree,
      appImageContents,
      '-all-root',
      '-noappend',
      '-no-xattrs',
      '-no-progress',
      '-quiet',
      // Of what all runtimes read, the best; only reading is quick.
      ...compression,
    ],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(buildDate().getTime() / 1000) },
      what: 'The AppImage could not be made.',
    },
  );
}

async function getRuntime(scratch: string): Promise<string> {
  const archive = path.join(downloadsDir, path.basename(runtimes.url));
  if (!fs.existsSync(archive)) await fetchFile(runtimes.url, archive);
  checkHash(archive, runtimes.sha256);
  await run('tar', ['-xzf', archive, '-C', scratch]);
  const name = `runtime-${process.arch}`;
  const found = fs
    .readdirSync(scratch, { recursive: true, encoding: 'utf8' })
    .find((place) => path.basename(place) === name);
  if (found === undefined) throw new Error(`There is no ${name} in ${path.basename(archive)}`);
  return path.join(scratch, found);
}
