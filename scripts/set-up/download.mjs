import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadsDir } from '../places.mjs';
import { megabytes } from './progress.mjs';
import { SetUpError } from './set-up-error.mjs';
import { sha256OfFile } from './step.mjs';

/** A host that has not answered by then counts as out of reach: who has no network must learn it quickly. */
const answerTimeoutMs = 10_000;
/** A download that brings nothing for so long has died. */
const silenceTimeoutMs = 30_000;

/** What was in the way of a download, and whether anything had come. */
export class DownloadError extends Error {
  /**
   * @param {string} message
   * @param {boolean} hadBegun
   */
  constructor(message, hadBegun) {
    super(message);
    this.name = 'DownloadError';
    this.hadBegun = hadBegun;
  }
}

/**
 * Downloads a file, going on where an earlier try was cut off. The caller checks what came: a
 * continued file may be of two different ones.
 *
 * @param {string} url
 * @param {string} file
 * @param {{ progress?: import('./progress.mjs').Progress, partialsDir?: string }} [options]
 * @returns {Promise<{ continued: boolean }>}
 */
export async function fetchFile(url, file, { progress, partialsDir = downloadsDir } = {}) {
  fs.mkdirSync(partialsDir, { recursive: true });
  const partial = path.join(
    partialsDir,
    `${createHash('sha256').update(url).digest('hex').slice(0, 16)}.part`,
  );
  const had = fs.statSync(partial, { throwIfNoEntry: false })?.size ?? 0;
  const patience = patienceFor(answerTimeoutMs);
  let begun = false;
  try {
    const response = await fetch(url, {
      signal: patience.signal,
      headers: had > 0 ? { range: `bytes=${had}-` } : {},
    });
    const continued = response.status === 206;
    if (response.status === 416) fs.rmSync(partial);
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const start = continued ? had : 0;
    const totalBytes = start + Number(response.headers.get('content-length') ?? 0);
    let received = start;
    /** @param {AsyncIterable<Uint8Array>} chunks */
    const watched = async function* (chunks) {
      for await (const chunk of chunks) {
        begun = true;
        patience.renew(silenceTimeoutMs);
        received += chunk.length;
        if (totalBytes >= received) {
          const percent = Math.floor((100 * received) / totalBytes);
          progress?.detail(`downloading, ${percent} % of ${megabytes(totalBytes)}`);
        }
        yield chunk;
      }
    };
    const out = fs.createWriteStream(partial, { flags: continued ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(response.body), watched, out);
    fs.renameSync(partial, file);
    return { continued };
  } catch (error) {
    throw new DownloadError(`${new URL(url).host}: ${reasonOf(error)}`, begun);
  } finally {
    patience.end();
  }
}

/** @param {number} ms */
function patienceFor(ms) {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error('no answer'));
  let timer = setTimeout(giveUp, ms);
  return {
    signal: controller.signal,
    /** @param {number} nextMs */
    renew(nextMs) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, nextMs);
    },
    end: () => clearTimeout(timer),
  };
}

/**
 * fetch says "fetch failed" and keeps the reason inside.
 *
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
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
