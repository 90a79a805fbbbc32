import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { SetUpError } from './set-up/set-up-error.mjs';
import { onPath } from './set-up/system.mjs';

/**
 * Runs a program until our end of its standard input closes, which the kernel sees to even after a
 * kill -9. Then removes the folder of its key, which is this script's name for itself.
 */
const untilWeAreGone =
  '"$@" & child=$!; exec 3>&-; trap "" INT TERM HUP; cat >/dev/null; kill $child; wait $child; rm -rf "$0"';

/**
 * Runs something that opens windows. Where there is no screen, or if a person's screen is to be left
 * alone, it gets a virtual one of its own, taken down afterwards.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @param {{ say?: (line: string) => void, evenIfThereIsOne?: boolean, forEveryone?: boolean }} [options]
 *   forEveryone: other users of this machine may use the screen too
 * @returns {Promise<T>}
 */
export async function withDisplay(
  work,
  { say = () => {}, evenIfThereIsOne = false, forEveryone = false } = {},
) {
  const { env } = process;
  const hasScreen = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  // A desktop need not have Xvfb; its own screen then does as well.
  const takesThatOne = hasScreen && !(evenIfThereIsOne && onPath('Xvfb'));
  if (process.platform !== 'linux' || takesThatOne) return work();
  const keyDir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-display-'));
  const key = path.join(keyDir, 'key');
  const program = ['Xvfb', '-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
  if (!forEveryone) {
    fs.writeFileSync(key, newKey(), { mode: 0o600 });
    program.push('-auth', key);
  }
  const server = spawn('sh', ['-c', untilWeAreGone, keyDir, ...program], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    // Ctrl+C is for the app; the screen goes when the app has gone.
    detached: true,
  });
  const before = Object.fromEntries(
    ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY'].map((name) => [name, env[name]]),
  );
  try {
    env['DISPLAY'] = `:${await displayNumber(server)}`;
    delete env['WAYLAND_DISPLAY'];
    if (!forEveryone) env['XAUTHORITY'] = key;
    say(`• There is no screen here: the window is on a virtual one, DISPLAY=${env['DISPLAY']}`);
    return await work();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
    const gone = once(server, 'exit');
    server.stdin?.end();
    await gone;
  }
}

/**
 * The X server takes the first number that is free and says which.
 *
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
async function displayNumber(server) {
  const said = server.stdio[3];
  if (!(said instanceof Readable)) throw new Error('The X server has no way to say its number');
  let number = '';
  for await (const data of said) {
    number += String(data);
    if (number.endsWith('\n')) return Number(number);
  }
  throw new SetUpError(
    'The virtual screen did not start.',
    'Xvfb ended at once, or is not installed.',
    'Run  Xvfb -displayfd 1  to see what it says. The package is called xvfb on Debian and Ubuntu, xorg-x11-server-Xvfb on Fedora.',
  );
}

/** A key file in the form of xauth: the secret that opens the screen, for any host and number. */
function newKey() {
  const anyHost = Buffer.from([0xff, 0xff]);
  const field = (/** @type {Buffer} */ value) => Buffer.concat([Buffer.from([0, value.length]), value]);
  const nothing = Buffer.alloc(0);
  return Buffer.concat([
    anyHost,
    field(nothing),
    field(nothing),
    field(Buffer.from('MIT-MAGIC-COOKIE-1')),
    field(randomBytes(16)),
  ]);
}
