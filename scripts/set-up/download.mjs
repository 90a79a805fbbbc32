import fs from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadsDir } from '../places.mjs';
import { megabytes } from './progress.mjs';
import { SetUpError } from './set-up-error.mjs';
import { sha256OfFile } from './step.mjs';

/** A host that has not answered by then counts as out of reach. */
const reachTimeoutMs = 6_000;

/**
 * Whether something answers there. A set-up without a network must find out quickly.
 *
 * @param {string} url
 */
export async function isReachable(url) {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(reachTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Downloads into build/downloads, once: a file that is there with the right hash is used as it is,
 * one with another hash is refused.
 *
 * @param {string} url
 * @param {string} sha256
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} the file
 */
export async function download(url, sha256, progress) {
  const file = path.join(downloadsDir, path.basename(new URL(url).pathname));
  if (fs.existsSync(file) && sha256OfFile(file) === sha256) return file;
  fs.mkdirSync(downloadsDir, { recursive: true });
  const partial = `${file}.part`;
  const response = await fetch(url);
  if (!response.ok || !response.body) {
    throw new SetUpError(
      `${path.basename(file)} could not be downloaded.`,
      `The server answered ${response.status}.`,
      'Try again later.',
    );
  }
  const total = Number(response.headers.get('content-length') ?? 0);
  let received = 0;
  const count = new Transform({
    transform(chunk, _encoding, done) {
      received += chunk.length;
      progress.detail(
        total ? `${Math.floor((100 * received) / total)} % of ${megabytes(total)}` : megabytes(received),
      );
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), count, fs.createWriteStream(partial));
  checkHash(partial, sha256);
  fs.renameSync(partial, file);
  return file;
}

/**
 * @param {string} file
 * @param {string} expected
 */
export function checkHash(file, expected) {
  const actual = sha256OfFile(file);
  if (actual === expected) return;
  fs.rmSync(file, { force: true });
  throw new SetUpError(
    `${path.basename(file)} is not the file it should be.`,
    `Its sha-256 is ${actual}, expected is ${expected}. It was deleted.`,
    'Try again; if it stays so, what is offered for download has been changed, and should not be used.',
  );
}
