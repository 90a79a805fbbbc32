import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { resize } from '../pages/resize.ts';
import { furnish, screens, show } from '../pages/screens.ts';
import { SearchPage } from '../pages/search-page.ts';

/** What one could not read or press there, even by scrolling up and down. */
async function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`;
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the window scrolls sideways by ${scrollWidth - clientWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const style = getComputedStyle(element);
      const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll';
      // What is as wide as it is, a table or a line of code, may scroll within itself.
      if (
        scrolls &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.matches('pre, .wide, [role="grid"]')
      )
        found.push(`${name(element)} scrolls sideways by ${element.scrollWidth - element.clientWidth}`);
      if (!element.matches('a, button, input, select, textarea, h1, h2, h3, p, dt, dd, li, label')) continue;
      if (element.closest('.only-read-out, [aria-hidden="true"]')) continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width <= 1 || height <= 1) continue;
      const isWide = element.parentElement?.closest('pre, .wide, [role="grid"]');
      if (!isWide && (left < -1 || right > innerWidth + 1)) found.push(`${name(element)} is cut off`);
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
      if (hides && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
        found.push(`${name(element)} is cut off within itself`);
    }
    return found;
  });
}

test('at twice the size nothing is cut off on any screen, and nothing scrolls sideways', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const open = await furnish(loci);
  await resize(loci, 1280, 800);
  await ask(loci, 'settings.set', { 'appearance.textSize': 200 });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640);
  const found: Record<string, string[]> = {};
  for (const address of [...screens, `#/memories?open=${open}`, '#/memories?q=valve']) {
    await show(page, address);
    const amiss = await outOfReach(page);
    if (amiss.length > 0) found[address] = amiss;
  }
  for (const keys of ['Control+n', 'Control+Shift+p', 'Control+j']) {
    await page.keyboard.press(keys);
    await page.locator('[role="dialog"]:visible, .composer-window:visible').first().waitFor();
    const amiss = await outOfReach(page);
    if (amiss.length > 0) found[keys] = amiss;
    await page.keyboard.press('Escape');
    await expect(page.locator('[role="dialog"]:visible')).toHaveCount(0);
  }
  expect(found).toEqual({});
});

test('from the first thought to the trash and back by keyboard alone', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  const search = new SearchPage(page);
  const memory = new MemoryPage(loci);
  const keep = async (text: string) => {
    await memory.compose(text);
    await search.press('ControlOrMeta+Enter');
    await expect(memory.composer).toHaveCount(0);
  };
  await keep('Grandmother bakes her bread from rye flour.');
  await keep('The valve is behind the shed.');
  await expect.poll(() => ask(loci, 'embeddings.progress')).toMatchObject({ pending: 0, ready: 2 });

  // Searched for, opened, changed.
  await search.search('recipe for a loaf');
  await expect(search.hits.first()).toContainText('rye flour');
  await search.press('Enter');
  await expect(search.results).toBeFocused();
  await search.press('e');
  await expect(memory.editor).toBeFocused();
  await search.press('Control+End');
  await page.keyboard.type(' Overnight.');
  await expect(memory.saved).toBeVisible();
  await search.press('Escape');
  await expect(search.memory).toContainText('flour. Overnight.');

  // Tagged by the list of commands, and found under its tag by letters in the sidebar.
  await search.press('ControlOrMeta+1');
  await expect(search.title).toHaveText('All memories');
  await search.press('F6');
  await search.list.focus();
  await search.press('Home', 'ControlOrMeta+Shift+p');
  await page.keyboard.type('tag…');
  await search.press('Enter');
  await expect(search.dialog).toBeVisible();
  await page.keyboard.type('house');
  await expect(page.getByRole('option', { name: 'Make “house”' })).toBeVisible();
  await search.press('Enter');
  await expect(search.link('house')).toBeVisible();
  await search.press('Escape');
  await search.link('All memories').focus();
  await page.keyboard.type('hou');
  await expect(search.link('house')).toBeFocused();
  await search.press('Enter');
  await expect(search.title).toHaveText('house');
  await expect(search.rows).toHaveCount(1);

  // Thrown away, and taken back.
  await search.list.focus();
  await search.press('Home', 'Delete');
  await expect(search.rows).toHaveCount(0);
  await search.press('ControlOrMeta+z');
  await expect(search.rows).toHaveCount(1);
  await search.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await search.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
});
