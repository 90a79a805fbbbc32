import { isAlive, type ProcessMark } from '../processes.ts';
import { expect, test, type Loci } from '../fixtures.ts';

function find(loci: Loci, what: RegExp): ProcessMark {
  const found = loci.processes().find(({ command }) => what.test(command));
  if (!found)
    throw new Error(
      `No process matches ${what}: ${loci
        .processes()
        .map(({ command }) => command)
        .join('\n')}`,
    );
  return found;
}

/** Not the watchdog shell, whose arguments hold the same command. */
const postmaster = /^\S*bin\/postgres -D/;
const modelProcess = /node\.mojom\.NodeService/;
const graphicsProcess = /--type=gpu-process/;

async function setTheme(loci: Loci, theme: string): Promise<void> {
  expect(await loci.call('settings.set', { 'appearance.theme': theme })).toMatchObject({ ok: true });
}

const themeOf = (loci: Loci) => loci.call('settings.get');

test('kill -9 of the app: no process survives it and the next start needs no recovery', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  await setTheme(loci, 'dark');
  const processes = loci.processes();
  process.kill(loci.mainPid, 'SIGKILL');
  await expect.poll(() => processes.filter(isAlive)).toEqual([]);

  const again = await launch();
  await again.ready();
  expect(await themeOf(again)).toMatchObject({ value: { 'appearance.theme': 'dark' } });
  expect(again.serverLog()).not.toContain('was interrupted');
});

test('kill -9 of app and server together: the next start recovers what was saved', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await setTheme(loci, 'dark');
  const processes = loci.processes();
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Died with its parent.
    }
  }
  await expect.poll(() => processes.filter(isAlive)).toEqual([]);

  const again = await launch();
  await again.ready();
  expect(await themeOf(again)).toMatchObject({ value: { 'appearance.theme': 'dark' } });
});

test('kill -9 of the server: the app brings it back by itself', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await setTheme(loci, 'dark');
  const server = find(loci, postmaster);
  process.kill(server.pid, 'SIGKILL');
  await expect.poll(() => isAlive(server)).toBe(false);
  await expect.poll(() => themeOf(loci)).toMatchObject({ ok: true, value: { 'appearance.theme': 'dark' } });
  await loci.ready();
  expect(find(loci, postmaster).pid).not.toBe(server.pid);
});

test('kill -9 of the model: search by meaning comes back by itself', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const model = find(loci, modelProcess);
  process.kill(model.pid, 'SIGKILL');
  await expect
    .poll(() => loci.processes().some(({ pid, command }) => modelProcess.test(command) && pid !== model.pid))
    .toBe(true);
  await loci.searchByMeaningReady();
});

test('kill -9 of the graphics process and of the page: the window comes back', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const graphics = find(loci, graphicsProcess);
  process.kill(graphics.pid, 'SIGKILL');
  await expect.poll(() => isAlive(graphics)).toBe(false);
  await expect.poll(() => loci.processes().some(({ command }) => graphicsProcess.test(command))).toBe(true);

  // Asked of the window itself: Electron keeps a spare process for pages, which nobody would miss.
  const pagePid = () =>
    loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  const before = await pagePid();
  if (!before) throw new Error('The window has no process');
  process.kill(before, 'SIGKILL');
  await expect.poll(() => loci.log()).toContain('The page crashed');
  await expect.poll(async () => ![0, before, undefined].includes(await pagePid())).toBe(true);
  // Read from main, because Playwright's page object is gone with its process.
  const text = () =>
    loci.app
      .evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
      )
      .catch(() => '');
  await expect.poll(text).toContain('Your library is ready');
});

test('a page that falls asleep before it begins is opened anew', async ({ launch }) => {
  const loci = await launch({
    first: ({ app }) => {
      app.once('web-contents-created', (_event, contents) => {
        contents.once('did-navigate', () => process.kill(contents.getOSProcessId(), 'SIGSTOP'));
      });
    },
  });
  await loci.ready();
  expect(loci.log()).toContain('The page did not begin');
  expect(await loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
