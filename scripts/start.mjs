import { spawn } from 'node:child_process';
import { withDisplay } from './display.mjs';
import { electronExecutable, root } from './places.mjs';

/**
 * Opens the app and stays until it is closed.
 *
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export function run(args) {
  return withDisplay(async () => {
    const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    if (rootArgs.length > 0)
      console.error('• Running as root: Chromium cannot use its sandbox. Start Loci as yourself to have it.');
    console.error('• Opening Loci');
    const app = spawn(electronExecutable, [...rootArgs, root, ...args], {
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    // The system bus and graphics driver of a bare machine make Chromium chatty about nothing a person can act on.
    app.stderr.on('data', (data) => {
      for (const line of String(data).split('\n'))
        if (line && !/:(ERROR|WARNING):/.test(line)) console.error(line);
    });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => app.kill(signal));
    /** @type {number} */
    const code = await new Promise((resolve, reject) => {
      app.once('error', reject);
      app.once('exit', (status, signal) => resolve(signal ? 1 : (status ?? 1)));
    });
    console.error(code === 0 ? '✓ Loci was closed.' : `✗ Loci ended with ${code}.`);
    return code;
  }, console.error);
}
