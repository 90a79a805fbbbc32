import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * The server's headers, and on Windows the folder of its import library. Any release of the same
 * major will do: its binary interface is stable within one.
 *
 * @typedef {{ include: string[], lib: string }} Headers
 *
 * @param {import('./debian.mjs').Debian | undefined} debian
 * @returns {Promise<Headers>}
 */
export async function getHeaders(debian) {
  const installed = await installedHeaders();
  if (installed) return installed;
  if (debian) {
    const dir = await debian.unpackPackage('postgresql-server-dev-17');
    const include = path.join(dir, 'usr/include/postgresql');
    return { include: [path.join(include, '17/server'), include], lib: '' };
  }
  throw new SetUpError(
    'pgvector cannot be built.',
    'The headers of PostgreSQL 17 are not on this machine.',
    {
      darwin: 'Run  brew install postgresql@17  and then the same command again.',
      win32:
        'Install PostgreSQL 17 from postgresql.org (its service need not run) and run the same command again.',
    }[/** @type {string} */ (process.platform)] ??
      "Install the development package of PostgreSQL 17 (postgresql-server-dev-17 on Ubuntu, postgresql17-devel on Fedora; where the system has none, from the PostgreSQL project's own repository) and run the same command again.",
  );
}

const places = {
  darwin: [
    '/opt/homebrew/opt/postgresql@17/bin/pg_config',
    '/usr/local/opt/postgresql@17/bin/pg_config',
    '/Applications/Postgres.app/Contents/Versions/17/bin/pg_config',
  ],
  win32: ['C:\\Program Files\\PostgreSQL\\17\\bin\\pg_config.exe'],
  linux: ['/usr/lib/postgresql/17/bin/pg_config', '/usr/pgsql-17/bin/pg_config'],
};

/** @returns {Promise<Headers | undefined>} */
async function installedHeaders() {
  const here = Object.entries(places).find(([platform]) => platform === process.platform)?.[1] ?? [];
  for (const candidate of ['pg_config', ...here]) {
    try {
      if (!/PostgreSQL 17\./.test(await run(candidate, ['--version']))) continue;
      const ask = async (/** @type {string} */ what) => (await run(candidate, [`--${what}`])).trim();
      const include = [await ask('includedir-server'), await ask('includedir')];
      // Homebrew's include gettext's, which lie in a folder of their own.
      if (process.platform === 'darwin')
        for (const [, place] of (await ask('cppflags')).matchAll(/(?:^|\s)-I(\S+)/g))
          include.push(String(place));
      if (fs.existsSync(path.join(String(include[0]), 'postgres.h')))
        return { include, lib: await ask('libdir') };
    } catch {
      // Not there; the next one.
    }
  }
  return undefined;
}
