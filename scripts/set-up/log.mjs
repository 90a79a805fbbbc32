import fs from 'node:fs';
import path from 'node:path';
import { buildDir } from '../places.mjs';

/** All that the programs set-up starts have printed: too much for the screen, needed when something fails. */
export const logFile = path.join(buildDir, 'set-up.log');

/** The log of some full set-ups; older ones help nobody. */
const longestBytes = 1_000_000;

/** @param {string} text */
export function log(text) {
  fs.mkdirSync(buildDir, { recursive: true });
  const size = fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longestBytes) fs.renameSync(logFile, `${logFile}.old`);
  fs.appendFileSync(logFile, `${new Date().toISOString()} ${text.trimEnd()}\n`);
}
