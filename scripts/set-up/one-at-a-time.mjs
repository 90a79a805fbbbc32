import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { markOf } from './process-mark.mjs';

/**
 * Two set-ups of one checkout would trip over each other: the second waits for the first. A lock
 * whose process is gone is taken over.
 *
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [say]
 * @returns {Promise<T>}
 */
export async function oneAtATime(lockFile, work, say = console.error) {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true });
  for (let told = false; !tryLock(lockFile); told = true) {
    if (!told) say('• Waiting for another set-up of this folder to finish');
    await wait(300);
  }
  const release = () => fs.rmSync(lockFile, { force: true });
  // Also when an interruption ends the process from within.
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} lockFile
 * @returns {boolean}
 */
function tryLock(lockFile) {
  // Written beside and linked into place, so that a lock is never seen without its owner.
  const own = `${lockFile}.${process.pid}`;
  fs.writeFileSync(own, `${process.pid} ${markOf(process.pid)}`);
  try {
    fs.linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return removeIfAbandoned(lockFile) && tryLock(lockFile);
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/**
 * @param {string} lockFile
 * @returns {boolean} whether it may be free now
 */
function removeIfAbandoned(lockFile) {
  const owner = read(lockFile);
  const [pid = '', ...mark] = owner.split(' ');
  if (mark.length > 0 && markOf(Number(pid)) === mark.join(' ')) return false;
  // Moved aside before it goes: when two wait, the slower one may find the faster one's new lock here.
  const aside = `${lockFile}.${process.pid}.aside`;
  try {
    fs.renameSync(lockFile, aside);
    if (read(aside) !== owner) fs.linkSync(aside, lockFile);
  } catch {
    // The other one was faster.
  }
  fs.rmSync(aside, { force: true });
  return true;
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
