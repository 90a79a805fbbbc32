import fs from 'node:fs';
import path from 'node:path';
import { setFuses } from './fuses.mjs';
import { addUpdateSource } from './update-source.ts';

/**
 * What electron-builder leaves to us, between laying a package out and signing it.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const mac = electronPlatformName === 'darwin';
  const product = packager.appInfo.productFilename;
  const resources = mac
    ? path.join(appOutDir, `${product}.app/Contents/Resources`)
    : path.join(appOutDir, 'resources');
  // An unpacked Electron brings its own app, and a note of its version for the `electron` command.
  for (const own of ['app', 'default_app.asar', 'inspector'])
    fs.rmSync(path.join(resources, own), { recursive: true, force: true });
  fs.rmSync(path.join(appOutDir, 'version'), { force: true });
  // Each system has its own names for the same licence.
  if (fs.existsSync(path.join(appOutDir, 'LICENSE')))
    fs.renameSync(path.join(appOutDir, 'LICENSE'), path.join(appOutDir, 'LICENSE.electron.txt'));

  if (electronPlatformName === 'linux') settleModes(appOutDir);
  const program = mac
    ? path.join(appOutDir, `${product}.app`)
    : path.join(appOutDir, electronPlatformName === 'win32' ? `${product}.exe` : 'loci');
  await setFuses(program, { isMac: mac });
  // Before anything is signed: a signature of macOS covers every file.
  addUpdateSource(resources);
}

/**
 * As on a machine with a usual mask, whatever this one has: others may read, and run what runs.
 *
 * @param {string} dir
 */
function settleModes(dir) {
  fs.chmodSync(dir, 0o755);
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const place = path.join(entry.parentPath, entry.name);
    // Libraries are loaded, not run, whatever they are marked as.
    const isLibrary = /\.(so[.\d]*|node)$/.test(entry.name);
    const runs = entry.isDirectory() || (!isLibrary && (fs.statSync(place).mode & 0o100) !== 0);
    fs.chmodSync(place, runs ? 0o755 : 0o644);
  }
}
