import fs from 'node:fs';
import path from 'node:path';
import { isAlive } from '../processes.ts';
import { copyApp, expect, test, type Loci } from '../fixtures.ts';

/** Every way a person, the desktop or the system ends an app. */
const waysOut: Record<string, (loci: Loci) => void> = {
  'closing the window': (loci) =>
    loci.ask(({ BrowserWindow }) => setImmediate(() => BrowserWindow.getAllWindows()[0]?.close())),
  'the menu': (loci) =>
    loci.ask(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []);
      setImmediate(() => items?.find((item) => item.id === 'app.quit')?.click());
    }),
  'a polite signal': (loci) => void process.kill(loci.mainPid, 'SIGTERM'),
  'Ctrl+C': (loci) => void process.kill(loci.mainPid, 'SIGINT'),
  'the terminal closing': (loci) => void process.kill(loci.mainPid, 'SIGHUP'),
  'quitting twice at once': (loci) => {
    process.kill(loci.mainPid, 'SIGTERM');
    loci.ask(({ app }) => {
      app.quit();
      app.quit();
    });
  },
};

for (const [way, leave] of Object.entries(waysOut)) {
  test(`${way} leaves no process behind and the server shut down`, async ({ launch }) => {
    const loci = await launch();
    await loci.ready();
    const processes = loci.processes();
    expect(processes.some(({ command }) => command.includes('postgres'))).toBe(true);
    leave(loci);
    await expect.poll(() => processes.filter(isAlive)).toEqual([]);
    expect(loci.log()).toMatch(/"message":"Closed"/);

    const again = await launch();
    await again.ready();
    expect(again.serverLog()).toContain('database system was shut down');
    expect(again.serverLog()).not.toContain('was interrupted');
  });
}

test.describe('at the first start', () => {
  test.use({ isFirstStart: true });

  test('quitting while the library is still being made leaves nothing half made', async ({
    launch,
    dataDir,
  }) => {
    // An initdb that has written everything and then never comes to an end.
    const appDir = copyApp(dataDir, ['postgres']);
    const initdb = path.join(appDir, 'build', 'postgres', 'bin', 'initdb');
    fs.renameSync(initdb, `${initdb}-itself`);
    fs.writeFileSync(initdb, '#!/bin/sh\n"$0-itself" "$@"\nexec sleep 600\n', { mode: 0o755 });
    const loci = await launch({ appDir });
    await expect.poll(() => loci.processes().some(({ command }) => command === 'sleep 600')).toBe(true);
    const processes = loci.processes();
    expect(await loci.call('app.status')).toMatchObject({ value: { phase: 'opening', stage: 'creating' } });
    await loci.quit();
    await expect.poll(() => processes.filter(isAlive)).toEqual([]);
    expect(loci.log()).not.toContain('Library open');
    expect(fs.readdirSync(path.join(dataDir, 'library')).filter((name) => name.includes('.tmp-'))).toEqual(
      [],
    );
    const again = await launch();
    await again.ready();
  });
});
