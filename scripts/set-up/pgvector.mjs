import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildDir } from '../places.mjs';
import { run } from './command.mjs';
import { openDebian } from './debian.mjs';
import { getSources } from './pgvector-source.mjs';
import { getHeaders } from './postgres-headers.mjs';
import { moduleDir, shareDir } from './server-layout.mjs';
import { SetUpError } from './set-up-error.mjs';
import { onPath } from './system.mjs';

const advice = 'The log has the whole of it. A compiler that works is needed: try  cc --version';

/**
 * Builds pgvector for the bundled server and puts it in its place.
 *
 * @param {string} serverDir
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} its version
 */
export async function buildPgvector(serverDir, progress) {
  const compile = chooseCompiler();
  const scratch = path.join(buildDir, 'pgvector.making');
  // What an interrupted build left.
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  const debian = await openDebian(scratch);
  progress.detail('getting the sources of pgvector');
  const { dir, version } = await getSources(scratch, debian);
  progress.detail('getting the headers of PostgreSQL 17');
  const headers = await getHeaders(debian);
  const sources = fs
    .readdirSync(path.join(dir, 'src'))
    .filter((name) => name.endsWith('.c'))
    .toSorted();
  await compile(dir, sources, headers, moduleDir(serverDir), progress);
  installScripts(dir, version, path.join(shareDir(serverDir), 'extension'));
  fs.rmSync(scratch, { recursive: true });
  return version;
}

function chooseCompiler() {
  if (process.platform === 'win32') {
    if (onPath('cl.exe')) return compileWithMsvc;
    throw new SetUpError(
      'pgvector cannot be built.',
      "Microsoft's C compiler (cl) is not on the PATH.",
      'Install the Build Tools for Visual Studio with "Desktop development with C++", open the "x64 Native Tools Command Prompt" and run the same command there.',
    );
  }
  const compiler = ['cc', 'gcc', 'clang'].find(onPath);
  // Where the system could be asked to bring one, it was: see system.mjs.
  if (!compiler) {
    throw new SetUpError(
      'pgvector cannot be built.',
      'There is no C compiler.',
      'Run this once, and then the same command again:  xcode-select --install',
    );
  }
  return compileWithCc.bind(undefined, compiler);
}

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
 * The bundled server runs on systems from 2018 on. Of all that pgvector calls, only log() has a
 * newer variant (glibc 2.29); the older one gives the same numbers.
 */
const firstGlibc = { x64: 'GLIBC_2.2.5', arm64: 'GLIBC_2.17' }[/** @type {string} */ (process.arch)];

/**
 * @param {string} compiler
 * @param {string} dir
 * @param {string[]} sources
 * @param {import('./postgres-headers.mjs').Headers} headers
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 */
async function compileWithCc(compiler, dir, sources, headers, into, progress) {
  const macos = process.platform === 'darwin';
  // macOS, not yet run: 13 is the oldest the server runs on; its symbols are found when it loads the module.
  const platformFlags = macos ? ['-mmacosx-version-min=13.0'] : [];
  const linkFlags = macos ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-Wl,--as-needed'];
  const flags = [...compilerFlags, ...platformFlags, ...headers.include.map((place) => `-I${place}`)];
  if (process.platform === 'linux' && firstGlibc) {
    fs.writeFileSync(path.join(dir, 'first-glibc.h'), `__asm__(".symver log,log@${firstGlibc}");\n`);
    flags.push('-include', 'first-glibc.h');
  }
  const queue = [...sources];
  const work = async () => {
    for (let name = queue.pop(); name; name = queue.pop()) {
      progress.detail(`compiling pgvector, ${sources.length - queue.length} of ${sources.length}`);
      await run(compiler, [...flags, '-c', `src/${name}`, '-o', `${name}.o`], {
        cwd: dir,
        what: 'pgvector could not be compiled.',
        advice,
      });
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  const objects = sources.map((name) => `${name}.o`);
  const output = path.join(into, macos ? 'vector.dylib' : 'vector.so');
  await run(compiler, [...platformFlags, ...linkFlags, ...objects, '-o', output, '-lm'], {
    cwd: dir,
    what: 'pgvector could not be linked.',
    advice,
  });
}

/**
 * The flags of pgvector's Makefile.win. Not yet run.
 *
 * @param {string} dir
 * @param {string[]} sources
 * @param {import('./postgres-headers.mjs').Headers} headers
 * @param {string} into
 * @param {import('./progress.mjs').Progress} progress
 */
async function compileWithMsvc(dir, sources, headers, into, progress) {
  progress.detail('compiling pgvector');
  const [server = ''] = headers.include;
  const include = [path.join(server, 'port/win32_msvc'), path.join(server, 'port/win32'), ...headers.include];
  const files = sources.map((name) => path.join('src', name));
  await run(
    'cl.exe',
    [
      '/nologo',
      '/O2',
      '/fp:fast',
      ...include.map((place) => `/I${place}`),
      ...files,
      path.join(headers.lib, 'postgres.lib'),
      '/link',
      '/DLL',
      `/OUT:${path.join(into, 'vector.dll')}`,
      '/IMPLIB:vector.lib',
    ],
    { cwd: dir, what: 'pgvector could not be compiled.', advice: 'The log has the whole of it.' },
  );
}

/**
 * @param {string} source
 * @param {string} version
 * @param {string} into
 */
function installScripts(source, version, into) {
  fs.copyFileSync(path.join(source, 'vector.control'), path.join(into, 'vector.control'));
  for (const name of fs.readdirSync(path.join(source, 'sql'))) {
    // vector.sql is the whole extension at this version; the others lead from one version to the next.
    const installed = name === 'vector.sql' ? `vector--${version}.sql` : name;
    fs.copyFileSync(path.join(source, 'sql', name), path.join(into, installed));
  }
}
