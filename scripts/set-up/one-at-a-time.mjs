import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

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
  try {
    return await work();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
function tryLock(lockFile) {
  // Written beside and linked into place, so that a lock is never seen without its owner's number.
  const own = `${lockFile}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    fs.linkSync(own, lockFile);
    return true;
  } catch {
    const holder = Number(fs.existsSync(lockFile) ? fs.readFileSync(lockFile, 'utf8') : 0);
    if (holder > 0 && !isAlive(holder)) fs.rmSync(lockFile, { force: true });
    return false;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
