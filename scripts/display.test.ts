import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { makeCheckout, startModule } from './set-up/testing.ts';

const showing = (options: string) => `
  import fs from 'node:fs';
  import { withDisplay } from './scripts/display.mjs';
  await withDisplay(async () => {
    fs.writeFileSync('screen', JSON.stringify({ number: process.env.DISPLAY.slice(1), key: process.env.XAUTHORITY }));
    console.log('showing');
    await new Promise((resolve) => { const stay = setTimeout(resolve, 600_000); process.once('SIGTERM', () => { clearTimeout(stay); resolve(); }); });
  }, ${options});
  console.log('DISPLAY is', process.env.DISPLAY || 'none', 'and its key', process.env.XAUTHORITY || 'none');
`;

async function showScreen(options = '{}') {
  const checkout = makeCheckout();
  const started = startModule(checkout, showing(options), {
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    XAUTHORITY: '',
  });
  await started.said('showing');
  const screen: unknown = JSON.parse(fs.readFileSync(path.join(checkout, 'screen'), 'utf8'));
  const { number, key } = z.object({ number: z.string(), key: z.string() }).parse(screen);
  return { ...started, number, servers: () => processesNaming('Xvfb', key) };
}

function processesNaming(...words: string[]): string[] {
  return fs.readdirSync('/proc').filter((pid) => {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return command[0] === words[0] && words.every((word) => command.includes(word));
    } catch {
      // Not a process, or gone by now.
      return false;
    }
  });
}

/** Greets an X server without a key; it answers 1 for welcome and 0 for refused. */
function greet(display: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(`/tmp/.X11-unix/X${display}`);
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer[0]);
    });
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  });
}

describe.runIf(process.platform === 'linux')('where there is no screen', () => {
  test('the work gets a virtual one, which is gone afterwards', async () => {
    const { child, ended, servers } = await showScreen();
    expect(servers()).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, output: 'showing\nDISPLAY is none and its key none\n' });
    expect(servers()).toEqual([]);
  });

  test('a kill -9 leaves no screen behind', async () => {
    const { child, ended, servers } = await showScreen();
    expect(servers()).toHaveLength(1);
    child.kill('SIGKILL');
    await ended;
    await vi.waitFor(() => expect(servers()).toEqual([]), { timeout: 10_000 });
  });

  test('nobody else can look at it, unless it is for everyone', async () => {
    expect(await greet((await showScreen()).number)).toBe(0);
    expect(await greet((await showScreen('{ forEveryone: true }')).number)).toBe(1);
  });
});
