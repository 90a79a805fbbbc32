import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * When a process began, in the words of its system: tells it apart from a later one that was given
 * the same number. Empty when it is gone; `?` where the system does not say.
 *
 * @param {number} pid
 * @returns {string}
 */
export function markOf(pid) {
  if (process.platform === 'linux') return linuxMark(pid);
  if (!answers(pid)) return '';
  // macOS; not yet run there.
  if (process.platform === 'darwin') {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  }
  return '?';
}

/** @param {number} pid */
function linuxMark(pid) {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The program's name stands in parentheses and may hold anything; the fields after it are numbered from 3.
    const [state, ...fields] = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // A zombie has ended; its parent has not noticed.
    return state === 'Z' ? '' : `${boot} ${fields[18]}`;
  } catch {
    return '';
  }
}

/** @param {number} pid */
function answers(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
