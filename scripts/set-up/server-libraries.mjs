import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';

/**
 * The package's symlinks, which npm drops: what each of its libraries is also called.
 *
 * @typedef {{ source: string, target: string }} Link
 *
 * @param {string} native
 * @returns {Link[]}
 */
export function linksOf(native) {
  const file = path.join(native, 'pg-symlinks.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
}

/**
 * npm packages carry no symlinks, and installers lose them: each library is stored under the name
 * that others ask for it by (libicuuc.so.60, not libicuuc.so.60.2), so that none is needed.
 *
 * @param {string} dir
 * @param {Link[]} links
 */
export function nameLibrariesBySoname(dir, links) {
  for (const { source, target } of links) {
    const from = path.join(dir, path.relative('native', source));
    if (/\.so\.\d+$/.test(target) && fs.existsSync(from))
      fs.renameSync(from, path.join(dir, path.relative('native', target)));
  }
}

/** Clients' and contributed modules' libraries, which neither the server nor initdb loads. */
const unusedOnLinux = /^lib(ecpg|ecpg_compat|pgtypes|ossp-uuid|xslt)\./;
/** Those, and what belongs to the graphical tools of the same distribution. */
const unusedOnWindows = /^(wx|libcurl|libecpg|libpgtypes|libxslt|icuio|icutu|testplug)/i;

/** @param {string} dir */
export function dropUnusedLibraries(dir) {
  const windows = process.platform === 'win32';
  const libraries = path.join(dir, windows ? 'bin' : 'lib');
  const unused = windows ? unusedOnWindows : unusedOnLinux;
  for (const name of fs.readdirSync(libraries)) if (unused.test(name)) fs.rmSync(path.join(libraries, name));
}

/**
 * The server is linked against Microsoft's C++ runtime, which a fresh Windows may lack. Not yet run.
 *
 * @param {string} dir
 */
export function addWindowsRuntime(dir) {
  const system = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  for (const name of ['vcruntime140.dll', 'vcruntime140_1.dll', 'msvcp140.dll'])
    if (fs.existsSync(path.join(system, name)))
      fs.copyFileSync(path.join(system, name), path.join(dir, 'bin', name));
}

/**
 * On macOS the same library is asked for by several names. So each keeps the one name it has in the
 * package, and whoever asks for another is told this one.
 *
 * @param {string} dir
 * @param {Link[]} links
 * @returns {{ used: Set<string>, changes: Map<string, [asked: string, name: string][]> }}
 *   the libraries that are loaded at all, and by file what it must ask for instead
 */
export function planMacLibraries(dir, links) {
  const nameOf = new Map(links.map(({ source, target }) => [path.basename(target), path.basename(source)]));
  const modules = path.join('lib', 'postgresql');
  const queue = ['bin', modules].flatMap((folder) =>
    fs.readdirSync(path.join(dir, folder)).map((name) => path.join(folder, name)),
  );
  /** @type {Set<string>} */
  const used = new Set();
  /** @type {Map<string, [string, string][]>} */
  const changes = new Map();
  for (let file = queue.pop(); file; file = queue.pop()) {
    for (const asked of askedBy(path.join(dir, file))) {
      const name = nameOf.get(asked) ?? asked;
      if (name !== asked) changes.set(file, [...(changes.get(file) ?? []), [asked, name]]);
      if (!used.has(name)) queue.push(path.join('lib', name));
      used.add(name);
    }
  }
  return { used, changes };
}

const besideUs = '@loader_path/../lib/';

/** @param {string} file */
function askedBy(file) {
  const text = fs.readFileSync(file, 'latin1');
  return new Set(
    [...text.matchAll(/@loader_path\/\.\.\/lib\/([\w.+-]+\.dylib)/g)].map(([, name]) => String(name)),
  );
}

/**
 * Carries the plan out, keeps this processor's half of the universal binaries, and signs what was
 * changed: macOS runs nothing whose signature is broken. Not yet run.
 *
 * @param {string} dir
 * @param {Link[]} links
 */
export async function settleMacLibraries(dir, links) {
  const { used, changes } = planMacLibraries(dir, links);
  for (const name of fs.readdirSync(path.join(dir, 'lib')))
    if (name.endsWith('.dylib') && !used.has(name)) fs.rmSync(path.join(dir, 'lib', name));
  const programs = ['bin', 'lib', path.join('lib', 'postgresql')].flatMap((folder) =>
    fs
      .readdirSync(path.join(dir, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(folder, entry.name)),
  );
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  for (const program of programs) {
    const file = path.join(dir, program);
    const universal = /Architectures in the fat file/.test(await run('lipo', ['-info', file]));
    if (universal) await run('lipo', [file, '-thin', architecture, '-output', file]);
    const renames = (changes.get(program) ?? []).flatMap(([asked, name]) => [
      '-change',
      `${besideUs}${asked}`,
      `${besideUs}${name}`,
    ]);
    if (renames.length > 0) await run('install_name_tool', [...renames, file]);
    await run('codesign', ['--force', '--sign', '-', file]);
  }
}

/**
 * The newest C library that a Linux program asks for, as its minor version: 25 for glibc 2.25.
 *
 * @param {string} file
 */
export function glibcNeededBy(file) {
  const versions = fs.readFileSync(file, 'latin1').matchAll(/GLIBC_2\.(\d+)/g);
  return Math.max(0, ...[...versions].map(([, minor]) => Number(minor)));
}
