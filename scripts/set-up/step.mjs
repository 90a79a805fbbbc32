import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { buildDir } from '../places.mjs';
import { log } from './log.mjs';
import { showProgress } from './progress.mjs';

/**
 * One thing set-up makes.
 *
 * @typedef {object} Step
 * @property {string} name  short, for the stamp and the person
 * @property {string} doing what the person reads while it runs
 * @property {() => string[]} inputs  what it is made from: a step runs again when these change
 * @property {string[]} outputs  what must exist for it to count as done
 * @property {() => boolean} [isInPlace]  for what is looked at each time instead of remembered
 * @property {(progress: import('./progress.mjs').Progress) => Promise<string | void>} make
 *   Makes the outputs beside their place and renames them at the end, so that an interruption
 *   leaves either nothing or all of it. Returns what is worth telling.
 */

/**
 * Runs a step unless what it made is there and its inputs are as they were then.
 *
 * @param {Step} step
 * @param {{ stampsDir?: string, say?: (line: string) => void }} [options]
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function runStep(step, { stampsDir = path.join(buildDir, 'stamps'), say = console.error } = {}) {
  const stamp = path.join(stampsDir, step.name);
  const inputs = hashOf(step.inputs());
  const isInPlace = step.isInPlace?.() ?? readIfThere(stamp) === inputs;
  if (isInPlace && step.outputs.every((output) => fs.existsSync(output))) return false;

  say(`• ${step.doing}`);
  log(step.doing);
  fs.rmSync(stamp, { force: true });
  const begun = Date.now();
  const progress = showProgress(step.doing);
  try {
    const note = await step.make(progress);
    progress.end();
    say(`  ✓ ${((Date.now() - begun) / 1000).toFixed(1)} s${note ? `  ${note}` : ''}`);
  } finally {
    progress.end();
  }
  fs.mkdirSync(stampsDir, { recursive: true });
  // The inputs as they were before: what was edited meanwhile is not in what was made.
  fs.writeFileSync(`${stamp}.${process.pid}`, inputs);
  fs.renameSync(`${stamp}.${process.pid}`, stamp);
  return true;
}

/** @param {string[]} parts */
function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}

/** @param {string} file */
export function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The hash of every file below a folder, or of one file; for inputs.
 *
 * @param {string} place
 * @param {(name: string) => boolean} [counts]
 */
export function contentOf(place, counts = () => true) {
  const hash = createHash('sha256');
  const names = fs.statSync(place).isDirectory()
    ? fs
        .readdirSync(place, { recursive: true, encoding: 'utf8' })
        .filter((name) => counts(name) && fs.statSync(path.join(place, name)).isFile())
        .toSorted()
    : [''];
  for (const name of names)
    hash
      .update(name)
      .update('\0')
      .update(fs.readFileSync(path.join(place, name)));
  return hash.digest('hex');
}

/** @param {string} file */
export function sha256OfFile(file) {
  const hash = createHash('sha256');
  const handle = fs.openSync(file, 'r');
  const buffer = Buffer.alloc(1 << 20);
  try {
    for (let read = fs.readSync(handle, buffer); read > 0; read = fs.readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    fs.closeSync(handle);
  }
  return hash.digest('hex');
}
