import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';

const count = (loci: Loci) => loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('two windows on one library stay in step, and are both there at the next start', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const opening = loci.app.waitForEvent('window');
  await page.keyboard.press('ControlOrMeta+Shift+n');
  const other = await opening;
  await other.getByRole('heading', { level: 1 }).waitFor();
  await other.evaluate(() => {
    window.location.hash = '#/memories';
  });
  await ask(loci, 'memories.create', { content: 'Said in one window' });
  for (const each of [page, other])
    await expect(new BrowsePage(each).row('Said in one window')).toBeVisible();
  await ask(loci, 'settings.set', { 'appearance.theme': 'dark' });
  for (const each of [page, other])
    await expect.poll(() => each.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await other.evaluate(() => {
    window.location.hash = '#/trash';
  });
  await loci.quit();

  const again = await launch();
  await again.ready();
  await expect.poll(() => count(again)).toBe(2);
  await expect
    .poll(async () =>
      (await Promise.all(again.app.windows().map((each) => each.evaluate(() => location.hash)))).toSorted(),
    )
    .toEqual(['#/memories', '#/trash']);
});

test('with the setting, Loci goes on without a window and comes back to it', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await ask(loci, 'settings.set', { 'app.inBackground': true });
  const gone = loci.page.waitForEvent('close');
  loci.ask(({ BrowserWindow }) => setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()));
  await gone;
  await expect.poll(() => count(loci)).toBe(0);
  const opening = loci.app.waitForEvent('window');
  loci.ask(({ app }) => void app.emit('activate'));
  const page = await opening;
  await expect(new BrowsePage(page).title).toBeVisible();
});
