import path from 'node:path';

const windows = process.platform === 'win32';

/**
 * Where a server in this folder looks for loadable modules.
 *
 * @param {string} dir
 */
export const moduleDir = (dir) => (windows ? path.join(dir, 'lib') : path.join(dir, 'lib', 'postgresql'));

/**
 * Where it looks for extensions, time zones and dictionaries.
 *
 * @param {string} dir
 */
export const shareDir = (dir) => (windows ? path.join(dir, 'share') : path.join(dir, 'share', 'postgresql'));
