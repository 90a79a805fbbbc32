import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildDir } from '../places.mjs';
import { markOf } from './process-mark.mjs';

/** One file for each program that set-up is running, named by its number, with its mark inside. */
const notesDir = path.join(buildDir, 'set-up.running');

/**
 * @param {number | undefined} pid
 * @param {boolean} mustFinish
 */
export function remember(pid, mustFinish) {
  if (pid === undefined) return;
  fs.mkdirSync(notesDir, { recursive: true });
  fs.writeFileSync(path.join(notesDir, String(pid)), JSON.stringify({ mark: markOf(pid), mustFinish }));
}

/** @param {number | undefined} pid */
export function forget(pid) {
  if (pid !== undefined) fs.rmSync(path.join(notesDir, String(pid)), { force: true });
}

/**
 * A set-up that was killed leaves the program it had started running, an `npm ci` say, and a second
 * one at its side would spoil both. So what is left is ended first; but a package manager of the
 * system is let finish.
 *
 * @param {(line: string) => void} [say]
 */
export async function endLeftovers(say = console.error) {
  const names = fs.existsSync(notesDir) ? fs.readdirSync(notesDir) : [];
  for (const name of names) {
    const pid = Number(name);
    const { mark, mustFinish } = readNote(path.join(notesDir, name));
    // Never by the number alone: it may be somebody else's by now.
    const isLeft = () => mark !== '' && mark !== '?' && markOf(pid) === mark;
    if (isLeft()) {
      say(`• ${mustFinish ? 'Waiting for' : 'Ending'} what an interrupted set-up left running`);
      if (!mustFinish) process.kill(pid, 'SIGKILL');
    }
    while (isLeft()) await wait(100);
    forget(pid);
  }
}

/**
 * @param {string} file
 * @returns {{ mark: string, mustFinish: boolean }}
 */
function readNote(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // Killed while it wrote: what it had just started is not known.
    return { mark: '', mustFinish: false };
  }
}
