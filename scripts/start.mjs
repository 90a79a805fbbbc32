import { spawn } from 'node:child_process';
import os from 'node:os';
import { withDisplay } from './display.mjs';
import { electronExecutable, root } from './places.mjs';
import { requireSandbox } from './sandbox.mjs';

/** @type {NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Opens the app and stays until it is closed.
 *
 * @param {string[]} args
 * @returns {Promise<number>} Electron's own exit code
 */
export function run(args) {
  return withDisplay(
    async () => {
      const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      if (rootArgs.length > 0)
        console.error(
          '• Running as root: Chromium cannot use its sandbox. Start Loci as yourself to have it.',
        );
      requireSandbox();
      console.error('• Opening Loci');
      const app = spawn(electronExecutable, [...rootArgs, root, ...args], {
        stdio: ['ignore', 'inherit', 'pipe'],
      });
      // The system bus and graphics driver of a bare machine make Chromium chatty about nothing a person can act on.
      app.stderr.on('data', (data) => {
        for (const line of String(data).split('\n'))
          if (line && !/:(ERROR|WARNING):/.test(line)) console.error(line);
      });
      const forward = (/** @type {NodeJS.Signals} */ signal) => void app.kill(signal);
      for (const signal of endings) process.on(signal, forward);
      const code = await new Promise((resolve, reject) => {
        app.once('error', reject);
        app.once('exit', (status, signal) =>
          resolve(status ?? 128 + os.constants.signals[signal ?? 'SIGTERM']),
        );
      });
      for (const signal of endings) process.off(signal, forward);
      console.error(code === 0 ? '✓ Loci was closed.' : `✗ Loci ended with ${code}.`);
      return code;
    },
    { say: console.error },
  );
}
