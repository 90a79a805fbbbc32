import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildDir } from '../places.mjs';
import { markOf } from './process-mark.mjs';

/** One file for each program that set-up is running, named by its number, with its mark inside. */
const notesDir = path.join(buildDir, 'set-up.running');

/** @param {number | undefined} pid */
export function remember(pid) {
  if (pid === undefined) return;
  fs.mkdirSync(notesDir, { recursive: true });
  fs.writeFileSync(path.join(notesDir, String(pid)), markOf(pid));
}

/** @param {number | undefined} pid */
export function forget(pid) {
  if (pid !== undefined) fs.rmSync(path.join(notesDir, String(pid)), { force: true });
}

/**
 * A set-up that was killed leaves the program it had started running, an `npm ci` say, and a second
 * one at its side would spoil both. So what is left is ended first.
 *
 * @param {(line: string) => void} [say]
 */
export async function endLeftovers(say = console.error) {
  const names = fs.existsSync(notesDir) ? fs.readdirSync(notesDir) : [];
  for (const name of names) {
    const pid = Number(name);
    const mark = fs.readFileSync(path.join(notesDir, name), 'utf8');
    // Never by the number alone: it may be somebody else's by now.
    const isLeft = () => mark !== '' && mark !== '?' && markOf(pid) === mark;
    if (isLeft()) {
      say('• Ending what an interrupted set-up left running');
      process.kill(pid, 'SIGTERM');
    }
    while (isLeft()) await wait(100);
    forget(pid);
  }
}
