import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildDir } from '../places.mjs';
import { run } from './command.mjs';
import { isReachable } from './download.mjs';
import { moduleDir, shareDir } from './server-layout.mjs';
import { SetUpError } from './set-up-error.mjs';
import { installPackages, onPath } from './system.mjs';

/**
 * 0.8.6 at least: 0.8.2 to 0.8.4 mended a buffer overflow in parallel HNSW builds and index
 * corruption by vacuum. The hash is over the sources themselves, so that it is the same for every
 * archive they come in.
 */
const pinned = {
  version: '0.8.6',
  sourcesSha256: '54ed6e15093730e00584d15cf19aef36a18a79e624176696237c7cf16720c705',
  release: 'https://github.com/pgvector/pgvector/archive/refs/tags/v0.8.6.tar.gz',
  debian: 'pool/main/p/pgvector/pgvector_0.8.6.orig.tar.gz',
};

/** What pgvector's own Makefile sets, less -march=native, which kills the server on older processors. */
const compilerFlags = [
  '-O2',
  '-ftree-vectorize',
  '-fassociative-math',
  '-fno-signed-zeros',
  '-fno-trapping-math',
  '-fPIC',
  '-fvisibility=hidden',
];

/**
 * Builds pgvector for the bundled server and puts it in its place.
 *
 * @param {string} serverDir
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} its version
 */
export async function buildPgvector(serverDir, progress) {
  if (process.platform === 'win32') {
    throw new SetUpError(
      'pgvector was not built.',
      'On Windows it needs the MSVC build tools and the import library of the server, which set-up does not arrange yet.',
      'Use an installed release of Loci, or build on Linux or macOS.',
    );
  }
  await ensureCompiler(progress);
  const scratch = fs.mkdtempSync(path.join(buildDir, 'pgvector-'));
  try {
    progress.detail('getting the sources of pgvector');
    const source = await getSources(scratch);
    progress.detail('getting the headers of PostgreSQL 17');
    const headers = await getHeaders(scratch);
    progress.detail('compiling pgvector');
    await compile(
      source,
      headers,
      path.join(moduleDir(serverDir), process.platform === 'darwin' ? 'vector.dylib' : 'vector.so'),
    );
    installScripts(source, path.join(shareDir(serverDir), 'extension'));
    return pinned.version;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {import('./progress.mjs').Progress} progress */
async function ensureCompiler(progress) {
  if (onPath('cc') || onPath('gcc') || onPath('clang')) return;
  if (process.platform === 'darwin') {
    throw new SetUpError(
      'pgvector cannot be built.',
      'There is no C compiler.',
      'Run  xcode-select --install  once, then try again.',
    );
  }
  await installPackages(
    [['gcc'], ['libc6-dev']],
    'pgvector is compiled here, and there is no C compiler',
    progress,
  );
}

/** @param {string} scratch */
async function getSources(scratch) {
  const archive = path.join(scratch, 'pgvector.tar.gz');
  for (const url of [pinned.release, ...(await debianUrl(pinned.debian))]) {
    if (!(await isReachable(url))) continue;
    const response = await fetch(url);
    if (!response.ok) continue;
    fs.writeFileSync(archive, new Uint8Array(await response.arrayBuffer()));
    const dir = path.join(scratch, 'source');
    fs.mkdirSync(dir);
    await run('tar', ['-xzf', archive, '--strip-components=1'], { cwd: dir });
    const actual = hashOfSources(dir);
    if (actual === pinned.sourcesSha256) return dir;
    throw new SetUpError(
      'The sources of pgvector are not those they should be.',
      `Their hash is ${actual}, expected is ${pinned.sourcesSha256}.`,
      'Do not use them. Try again later; if it stays so, tell the developers of Loci.',
    );
  }
  throw new SetUpError(
    `The sources of pgvector ${pinned.version} could not be had.`,
    'Neither its release host nor a Debian mirror answered.',
    'Check the connection and try again.',
  );
}

/** @param {string} dir */
function hashOfSources(dir) {
  const hash = createHash('sha256');
  for (const part of ['src', 'sql']) {
    for (const name of fs.readdirSync(path.join(dir, part)).toSorted()) {
      hash.update(`${part}/${name}\0`).update(fs.readFileSync(path.join(dir, part, name)));
    }
  }
  return hash.update(fs.readFileSync(path.join(dir, 'vector.control'))).digest('hex');
}

/** @param {string} file @returns {Promise<string[]>} */
async function debianUrl(file) {
  const site = await debianSite();
  return site ? [`${site}/${file}`] : [];
}

/** The mirror this machine is set up to use, from its own client. */
async function debianSite() {
  if (!onPath('apt-get')) return undefined;
  const [site] = (await run('apt-get', ['indextargets', '--format', '$(SITE)'])).split('\n');
  return site || undefined;
}

/**
 * The server's headers. Any of the same major will do: its binary interface is stable within one.
 *
 * @param {string} scratch
 * @returns {Promise<string[]>} include folders
 */
async function getHeaders(scratch) {
  const installed = await installedHeaders();
  if (installed) return installed;
  const site = await debianSite();
  if (!site) {
    throw new SetUpError(
      'pgvector cannot be built.',
      'The headers of PostgreSQL 17 are not on this machine.',
      process.platform === 'darwin'
        ? 'Run  brew install postgresql@17  and try again.'
        : 'Install the development package of PostgreSQL 17 (with pg_config) and try again.',
    );
  }
  // A private apt root: signatures are checked, and the machine's own lists stay as they are.
  const apt = path.join(scratch, 'apt');
  for (const dir of ['lists/partial', 'cache/archives/partial', 'download'])
    fs.mkdirSync(path.join(apt, dir), { recursive: true });
  fs.writeFileSync(path.join(apt, 'sources.list'), `deb ${site} trixie main\n`);
  const options = [
    ['Dir::Etc::SourceList', path.join(apt, 'sources.list')],
    ['Dir::Etc::SourceParts', '-'],
    ['Dir::State::Lists', path.join(apt, 'lists')],
    ['Dir::Cache', path.join(apt, 'cache')],
    // The download user of apt cannot reach into a private folder.
    ['APT::Sandbox::User', os.userInfo().username],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const cwd = path.join(apt, 'download');
  await run('apt-get', [...options, 'update'], { cwd });
  await run('apt-get', [...options, 'download', 'postgresql-server-dev-17'], { cwd });
  const [deb] = fs.readdirSync(cwd);
  await run('dpkg', ['-x', String(deb), path.join(apt, 'headers')], { cwd });
  const include = path.join(apt, 'headers/usr/include/postgresql');
  return [path.join(include, '17/server'), include];
}

/** @returns {Promise<string[] | undefined>} */
async function installedHeaders() {
  const candidates = [
    'pg_config',
    '/usr/lib/postgresql/17/bin/pg_config',
    '/opt/homebrew/opt/postgresql@17/bin/pg_config',
    '/usr/local/opt/postgresql@17/bin/pg_config',
  ];
  for (const candidate of candidates) {
    try {
      if (!/PostgreSQL 17\./.test(await run(candidate, ['--version']))) continue;
      const dir = (await run(candidate, ['--includedir-server'])).trim();
      if (fs.existsSync(path.join(dir, 'postgres.h'))) return [dir];
    } catch {
      // Not there; the next one.
    }
  }
  return undefined;
}

/**
 * @param {string} source
 * @param {string[]} headers
 * @param {string} output
 */
async function compile(source, headers, output) {
  const compiler = ['cc', 'gcc', 'clang'].find(onPath) ?? 'cc';
  const files = fs.readdirSync(path.join(source, 'src')).filter((name) => name.endsWith('.c'));
  // macOS, not yet run: the server's symbols are found when it loads the module.
  const platformFlags = process.platform === 'darwin' ? ['-mmacosx-version-min=13.0'] : [];
  const linkFlags =
    process.platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup']
      : ['-shared', '-Wl,--as-needed'];
  const includes = headers.map((dir) => `-I${dir}`);
  const queue = [...files];
  const work = async () => {
    for (let file = queue.pop(); file; file = queue.pop()) {
      await run(
        compiler,
        [...compilerFlags, ...platformFlags, ...includes, '-c', `src/${file}`, '-o', `${file}.o`],
        { cwd: source },
      );
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  await run(
    compiler,
    [...platformFlags, ...linkFlags, ...files.map((file) => `${file}.o`), '-o', output, '-lm'],
    { cwd: source },
  );
}

/**
 * @param {string} source
 * @param {string} into
 */
function installScripts(source, into) {
  fs.copyFileSync(path.join(source, 'vector.control'), path.join(into, 'vector.control'));
  for (const name of fs.readdirSync(path.join(source, 'sql'))) {
    // vector.sql is the whole extension at this version; the others lead from one version to the next.
    const installed = name === 'vector.sql' ? `vector--${pinned.version}.sql` : name;
    fs.copyFileSync(path.join(source, 'sql', name), path.join(into, installed));
  }
}
