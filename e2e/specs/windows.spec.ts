import type { Page } from '@playwright/test';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { addManyMemories } from '../pages/many-memories.ts';

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

test('a list and a page are as they were left, by the way back and after the next start', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addManyMemories(loci, 200, '2026-06-01');
  await browse.link('All memories').click();
  await expect(browse.link('All memories')).toContainText('200');
  await browse.list.focus();
  await browse.press('PageDown', 'PageDown', 'PageDown', 'ArrowDown', 'ArrowDown');
  const offset = (page: Page, part: string) => page.locator(part).evaluate(({ scrollTop }) => scrollTop);
  // A row that is scrolled to is read a moment later.
  await expect(browse.selected).toContainText('Memory number');
  const chosen = await browse.selected.innerText();
  const listOffset = await offset(loci.page, '.memory-list');
  expect(listOffset).toBeGreaterThan(500);

  await loci.page.keyboard.press('ControlOrMeta+,');
  const about = loci.page.getByRole('heading', { name: 'About Loci' });
  await about.scrollIntoViewIfNeeded();
  const pageOffset = await offset(loci.page, 'main');
  expect(pageOffset).toBeGreaterThan(500);
  await loci.page.keyboard.press('F1');
  await expect(loci.page.getByRole('heading', { level: 1 })).toHaveText('Help');
  expect(await offset(loci.page, 'main')).toBe(0);
  await browse.press('Alt+ArrowLeft');
  await expect(about).toBeInViewport();
  await browse.press('Alt+ArrowLeft');
  await expect(browse.selected).toHaveText(chosen, { useInnerText: true });
  await expect.poll(() => offset(loci.page, '.memory-list')).toBe(listOffset);
  await expect
    .poll(() => loci.page.evaluate(() => localStorage.getItem('loci.lists')))
    .toContain(String(Math.round(listOffset)));
  await loci.quit();

  const again = await launch();
  await again.ready();
  await expect(new BrowsePage(again.page).selected).toHaveText(chosen, { useInnerText: true });
  await expect.poll(() => offset(again.page, '.memory-list')).toBe(listOffset);
});
