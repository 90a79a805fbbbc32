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
    const { DISPLAY, XAUTHORITY, WAYLAND_DISPLAY } = process.env;
    fs.writeFileSync('screen', JSON.stringify({ number: DISPLAY.slice(1), key: XAUTHORITY, wayland: WAYLAND_DISPLAY }));
    console.log('showing');
    await new Promise((resolve) => { const stay = setTimeout(resolve, 600_000); process.once('SIGTERM', () => { clearTimeout(stay); resolve(); }); });
  }, ${options});
  console.log('DISPLAY is', process.env.DISPLAY || 'none', 'and its key', process.env.XAUTHORITY || 'none');
`;

const noScreen = { DISPLAY: '', WAYLAND_DISPLAY: '', XAUTHORITY: '' };

async function showScreen(options = '{}', env = noScreen) {
  const checkout = makeCheckout();
  const started = startModule(checkout, showing(options), env);
  await started.said('showing');
  const screen: unknown = JSON.parse(fs.readFileSync(path.join(checkout, 'screen'), 'utf8'));
  const { key, ...seen } = z
    .object({ number: z.string(), key: z.string(), wayland: z.string().optional() })
    .parse(screen);
  return { ...started, ...seen, servers: () => processesNaming('Xvfb', key) };
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

test.runIf(process.platform === 'linux')(
  'a person who has a screen keeps it to themselves if the work is to have one of its own',
  async () => {
    const own = { DISPLAY: ':4711', WAYLAND_DISPLAY: 'wayland-0', XAUTHORITY: '/their/key' };
    const { child, ended, number, wayland, servers } = await showScreen('{ evenIfThereIsOne: true }', own);
    expect(servers()).toHaveLength(1);
    expect({ number, wayland }).toEqual({ number: expect.not.stringMatching('4711'), wayland: undefined });
    child.kill('SIGTERM');
    expect((await ended).output).toContain('DISPLAY is :4711 and its key /their/key');
  },
);
