import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ask } from '../pages/ask.ts';
import { dropFiles } from '../pages/drop-files.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { startAgain } from '../pages/start-again.ts';
import { expect, test, type Loci } from '../fixtures.ts';
import type { Page } from '@playwright/test';

async function openCapture(loci: Loci): Promise<Page> {
  const [window] = await Promise.all([
    loci.app.waitForEvent('window'),
    // As the shortcut does it.
    ask(loci, 'capture.open'),
  ]);
  await expect(textIn(window)).toBeFocused();
  return window;
}

const textIn = (window: Page) => window.getByRole('textbox', { name: 'Text', exact: true });

const isShown = (loci: Loci) =>
  loci.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(
      (window) => window.webContents.getURL().endsWith('capture.html') && window.isVisible(),
    ),
  );

test('a thought is written down over other programs and is in the list', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const window = await openCapture(loci);
  expect(await isShown(loci)).toBe(true);
  await window.keyboard.type('A rain barrel under the shed roof');
  await expectAccessible(window);
  // Put away and opened again: the same text.
  await window.keyboard.press('Escape');
  await expect.poll(() => isShown(loci)).toBe(false);
  await ask(loci, 'capture.open');
  await expect.poll(() => isShown(loci)).toBe(true);
  await expect(textIn(window)).toHaveValue('A rain barrel under the shed roof');
  await window.keyboard.press('Control+Enter');
  await expect.poll(() => isShown(loci)).toBe(false);
  const memory = new MemoryPage(loci);
  expect(await memory.newest()).toMatchObject({ content: 'A rain barrel under the shed roof' });
  await expect.poll(() => memory.drafts()).toBe('[]');
  // It is ready for the next one.
  await ask(loci, 'capture.open');
  await expect(textIn(window)).toHaveValue('');
});

test('begins with the clipboard where the person wants that', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await loci.app.evaluate(({ clipboard }) => clipboard.writeText('Copied elsewhere'));
  await ask(loci, 'settings.set', { 'capture.fromClipboard': true });
  const window = await openCapture(loci);
  await expect(textIn(window)).toHaveValue('Copied elsewhere');
});

test('a link from elsewhere only asks; what it brings is kept when the person keeps it', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  const text = '<img src=x onerror="window.hacked = 1"> from a page';
  const call = (address: string) => startAgain([], { LOCI_DATA_DIR: dataDir }, [address]);
  const opened = loci.app.waitForEvent('window');
  await call(`loci://capture?text=${encodeURIComponent(text)}`);
  const window = await opened;
  await expect(window.getByText('A link wants to add this text')).toBeVisible();
  await expect(window.getByText(text)).toBeVisible();
  await expect(textIn(window)).toHaveValue('');
  await expectAccessible(window);
  const memory = new MemoryPage(loci);
  expect(await ask(loci, 'memories.count', {})).toBe(0);
  await window.getByRole('button', { name: 'Add it' }).click();
  await expect(textIn(window)).toHaveValue(text);
  await window.getByRole('button', { name: 'Keep' }).click();
  await expect.poll(() => ask(loci, 'memories.count', {})).toBe(1);
  expect(await memory.newest()).toMatchObject({ content: text });

  // One that brings nothing opens nothing.
  await call('loci://capture?text=%20');
  await expect.poll(() => loci.log()).toContain('A link brought nothing that can be kept');
  expect(await isShown(loci)).toBe(false);
});

test('a shortcut that cannot be had is said, and another one works', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await loci.app.evaluate(({ globalShortcut }) => {
    const register = globalShortcut.register.bind(globalShortcut);
    globalShortcut.register = (keys, press) => keys !== 'Alt+Shift+F9' && register(keys, press);
  });
  await ask(loci, 'settings.set', { 'capture.shortcut': 'Alt+Shift+F9' });
  expect(await ask(loci, 'capture.shortcut')).toEqual({ accelerator: 'Alt+Shift+F9', state: 'taken' });
  await ask(loci, 'settings.set', { 'capture.shortcut': 'Alt+Shift+F10' });
  expect(await ask(loci, 'capture.shortcut')).toEqual({ accelerator: 'Alt+Shift+F10', state: 'working' });
  const isHeld = () =>
    loci.app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Alt+Shift+F10'));
  expect(await isHeld()).toBe(true);
  await ask(loci, 'settings.set', { 'capture.shortcut': null });
  expect(await isHeld()).toBe(false);
});

test('closing the main window ends the app, though the small one waits unseen', async ({ launch }) => {
  test.skip(process.platform === 'darwin', 'An app stays open there.');
  const loci = await launch();
  await loci.ready();
  const window = await openCapture(loci);
  await window.keyboard.press('Escape');
  const gone = new Promise((resolve) => loci.process.once('exit', resolve));
  loci.ask(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((each) => !each.webContents.getURL().endsWith('capture.html'))
      ?.close(),
  );
  await gone;
});

test('text files that are dropped on the window become memories', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  await dropFiles(page, [{ name: 'Rain barrel.md', text: 'Under the shed roof, 200 litres' }]);
  const composer = page.getByRole('dialog', { name: 'New memory' });
  await expect(composer.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue(
    'Under the shed roof, 200 litres',
  );
  await page.keyboard.press('Control+Enter');
  await expect(composer).toBeHidden();
  const memory = new MemoryPage(loci);
  expect(await memory.newest()).toMatchObject({
    title: 'Rain barrel',
    content: 'Under the shed roof, 200 litres',
  });

  await dropFiles(page, [
    { name: 'One.txt', text: 'The first' },
    { name: 'Two.txt', text: 'The second' },
    { name: 'picture.png', text: 'PNG' },
  ]);
  const news = page.getByRole('region', { name: 'Notifications' });
  await expect(news.getByText('“picture.png” is no text file.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep 2 memories' }).click();
  await expect(news.getByText('Kept 2 memories')).toBeVisible();
  expect(await memory.newest()).toMatchObject({ title: 'Two', content: 'The second' });
  await page.keyboard.press('Control+z');
  await expect(news.getByText('Undone: kept 2 memories')).toBeVisible();
  expect(await memory.newest()).toMatchObject({ title: 'Rain barrel' });
});

test('what was being written over other programs when the app was killed is there again', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const window = await openCapture(loci);
  await window.keyboard.type('The spare key is with the neighbours');
  const memory = new MemoryPage(loci);
  await expect.poll(() => memory.drafts()).toContain('with the neighbours');
  process.kill(loci.mainPid, 'SIGKILL');

  const again = await launch();
  await again.ready();
  await expect(textIn(await openCapture(again))).toHaveValue('The spare key is with the neighbours');
});

test('text files that are opened with Loci wait for the person to keep them', async ({ launch, dataDir }) => {
  const file = path.join(dataDir, 'A letter to Ada.md');
  await writeFile(file, 'The engine weaves algebraic patterns');
  const loci = await launch();
  await loci.ready();
  await startAgain([], { LOCI_DATA_DIR: dataDir }, [file]);
  const composer = loci.page.getByRole('dialog', { name: 'New memory' });
  await expect(composer.getByRole('textbox', { name: 'Title' })).toHaveValue('A letter to Ada');
  await expect(composer.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue(
    'The engine weaves algebraic patterns',
  );
});
