import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs something that opens windows. Where there is no screen it gets a virtual one of its own,
 * taken down afterwards.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [say]
 * @returns {Promise<T>}
 */
export async function withDisplay(work, say = () => {}) {
  const { env } = process;
  if (process.platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return work();
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Ctrl+C is for the app; the screen goes when the app has gone.
    detached: true,
  });
  try {
    const number = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    const [display] = await Promise.race([
      once(number, 'data'),
      once(server, 'exit').then(() => Promise.reject(new Error('The virtual screen (Xvfb) did not start.'))),
    ]);
    env['DISPLAY'] = `:${String(display).trim()}`;
    say(`There is no screen here: the window is on a virtual one, DISPLAY=${env['DISPLAY']}`);
    return await work();
  } finally {
    delete env['DISPLAY'];
    server.kill();
  }
}
