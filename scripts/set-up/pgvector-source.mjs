import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { DownloadError, fetchFile } from './download.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * 0.8.6 is wanted: 0.8.2 to 0.8.4 mended a buffer overflow in parallel HNSW builds and index
 * corruption by vacuum. The hashes are over the sources themselves, so that they are the same for
 * every archive those come in.
 */
const wanted = {
  version: '0.8.6',
  sourcesSha256: '54ed6e15093730e00584d15cf19aef36a18a79e624176696237c7cf16720c705',
  release: 'https://github.com/pgvector/pgvector/archive/refs/tags/v0.8.6.tar.gz',
  debian: 'pool/main/p/pgvector/pgvector_0.8.6.orig.tar.gz',
};
export const pgvectorVersion = wanted.version;
/** Where nothing newer can be had. The app then builds its indexes without parallel workers. */
const oldest = {
  version: '0.8.0',
  sourcesSha256: '65a8f24b4f1784496c848d898ade247f9fbf842633118cb670ba21b591181c37',
};

/**
 * @param {string} scratch
 * @param {import('./debian.mjs').Debian | undefined} debian
 * @returns {Promise<{ dir: string, version: string }>}
 */
export async function getSources(scratch, debian) {
  const archive = path.join(scratch, 'pgvector.tar.gz');
  /** @type {string[]} */
  const obstacles = [];
  /** @type {[typeof oldest, () => Promise<unknown>][]} */
  const ways = [
    [wanted, () => fetchFile(wanted.release, archive)],
    ...(debian
      ? /** @type {[typeof oldest, () => Promise<unknown>][]} */ ([
          [wanted, () => fetchWithApt(`${debian.site}/${wanted.debian}`, archive)],
          [oldest, async () => fs.copyFileSync(await debian.fetchSource('pgvector'), archive)],
        ])
      : []),
  ];
  for (const [{ version, sourcesSha256 }, fetchArchive] of ways) {
    const dir = path.join(scratch, 'pgvector');
    fs.rmSync(dir, { recursive: true, force: true });
    fs.mkdirSync(dir);
    try {
      await fetchArchive();
      // Not an archive at all is what some networks answer for what they do not let through.
      await run('tar', ['-xzf', archive, '--strip-components=1'], { cwd: dir });
    } catch (error) {
      if (!(error instanceof DownloadError || error instanceof SetUpError)) throw error;
      obstacles.push(error instanceof DownloadError ? error.message : error.why);
      continue;
    }
    checkSources(dir, sourcesSha256);
    return { dir, version };
  }
  throw new SetUpError(
    `The sources of pgvector ${wanted.version} could not be had.`,
    `What was in the way: ${obstacles.join('; ')}.`,
    'Check the connection and run the same command again.',
  );
}

/**
 * apt's own downloader knows the machine's proxy.
 *
 * @param {string} url
 * @param {string} file
 */
function fetchWithApt(url, file) {
  const helper = '/usr/lib/apt/apt-helper';
  return fs.existsSync(helper) ? run(helper, ['download-file', url, file]) : fetchFile(url, file);
}

/**
 * @param {string} dir
 * @param {string} expected
 */
function checkSources(dir, expected) {
  const actual = hashOfSources(dir);
  if (actual === expected) return;
  throw new SetUpError(
    'The sources of pgvector are not those they should be.',
    `Their hash is ${actual}, expected is ${expected}.`,
    'They were not used. Try again over another network; if it stays so, tell the developers of Loci.',
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
