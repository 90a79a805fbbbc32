import fs from 'node:fs';
import path from 'node:path';
import { electronDir } from './places.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';
import { readIfThere } from './set-up/step.mjs';

/**
 * Where an ordinary user may not make namespaces of their own (Ubuntu since 23.10), Chromium's
 * sandbox needs its helper to belong to root, and Chromium ends at once without it. Better said here.
 */
export function requireSandbox() {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  const kernel = (/** @type {string} */ name) => readIfThere(path.join('/proc/sys', name)).trim();
  const forbidden =
    kernel('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    kernel('kernel/unprivileged_userns_clone') === '0' ||
    kernel('user/max_user_namespaces') === '0';
  const helper = path.join(electronDir, 'chrome-sandbox');
  if (!forbidden || isSetUidRoot(helper)) return;
  throw new SetUpError(
    'Loci was not opened.',
    "This system does not let programs build a sandbox of their own, and Chromium's helper for that has not been given the rights.",
    `Run this once, then try again:  sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/** @param {string} file */
function isSetUidRoot(file) {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats?.uid === 0 && (stats.mode & 0o4001) === 0o4001;
}
