import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setFuses } from './fuses.mjs';

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
  if (mac) signNested(resources, process.env['LOCI_MAC_IDENTITY'] ?? process.env['CSC_NAME'] ?? '-');
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

/**
 * The server's programs and libraries are signed by their maker, with leave to load anybody's libraries. They get
 * our signature instead, without that leave, from the inside out; electron-builder then signs what is around them.
 * Told by their first bytes, because programs have no ending. Not yet run.
 *
 * @param {string} resources
 * @param {string} identity "-" signs for this machine alone, so that an unsigned build at least runs
 */
function signNested(resources, identity) {
  const machO = new Set([0xcffaedfe, 0xcafebabe, 0xfeedfacf]);
  const native = fs
    .readdirSync(path.join(resources, 'postgres'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => machO.has(firstWord(file)));
  for (const file of native.toSorted((a, b) => b.length - a.length)) {
    const stamp = identity === '-' ? [] : ['--timestamp'];
    execFileSync('codesign', ['--force', '--options', 'runtime', ...stamp, '--sign', identity, file]);
    execFileSync('codesign', ['--verify', '--strict', file]);
  }
}

/** @param {string} file */
function firstWord(file) {
  const handle = fs.openSync(file, 'r');
  const word = Buffer.alloc(4);
  fs.readSync(handle, word);
  fs.closeSync(handle);
  return word.readUInt32BE();
}
