import fs from 'node:fs';
import path from 'node:path';
import { root } from '../places.mjs';
import { run } from './command.mjs';
import { megabytes } from './progress.mjs';

/** Where npm writes a download until it is whole, if npm itself started us and so said where. */
const incomingDir = () => {
  const cache = process.env['npm_config_cache'];
  return cache && path.join(cache, '_cacache', 'tmp');
};

/**
 * Runs the npm of this machine, never one below node_modules, which npm ci takes away under it.
 *
 * @param {string[]} args
 * @param {{ cwd: string, what: string, advice: string }} options
 */
export function npm(args, { cwd, ...texts }) {
  const modules = path.join(root, 'node_modules');
  const dirs = (process.env['PATH'] ?? '').split(path.delimiter).filter((dir) => !dir.startsWith(modules));
  const env = { ...process.env, PATH: dirs.join(path.delimiter) };
  const all = [...args, '--loglevel=error', '--no-audit', '--no-fund'];
  const script = process.env['npm_execpath'] ?? '';
  const node = process.env['npm_node_execpath'] ?? '';
  // Other package managers set the variable too.
  if (path.basename(script) === 'npm-cli.js' && fs.existsSync(script) && !node.startsWith(modules) && node) {
    return run(node, [script, ...all], { cwd, env, ...texts });
  }
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', all, { cwd, env, shell: windows, ...texts });
}

/**
 * npm downloads without a word; what it has so far can be seen in its cache.
 *
 * @template T
 * @param {number} totalBytes
 * @param {import('./progress.mjs').Progress} progress
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function showingDownload(totalBytes, progress, work) {
  const dir = incomingDir();
  const total = megabytes(totalBytes);
  progress.detail(`downloading ${total} from the npm registry`);
  const timer = setInterval(() => {
    const received = dir ? newestSize(dir) : 0;
    if (received > 0)
      progress.detail(`downloading, ${Math.floor((100 * received) / totalBytes)} % of ${total}`);
  }, 500);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} dir */
function newestSize(dir) {
  try {
    const files = fs.readdirSync(dir).map((name) => fs.statSync(path.join(dir, name)));
    return files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)[0]?.size ?? 0;
  } catch {
    // Gone between the two calls: the download is whole.
    return 0;
  }
}
