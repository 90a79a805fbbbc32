import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { resize } from '../pages/resize.ts';
import { furnish, lookAtDialogs, screens, show } from '../pages/screens.ts';
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
  await lookAtDialogs(page, async (keys) => {
    const amiss = await outOfReach(page);
    if (amiss.length > 0) found[keys] = amiss;
  });
  expect(found).toEqual({});
});

/** Where the focus is and nothing shows it, walking through all that can be reached there by Tab. */
async function unseenFocus(page: Page): Promise<string[]> {
  const unseen = new Set<string>();
  const walked = new Set<string>();
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  for (;;) {
    await page.keyboard.press('Tab');
    const { key, isSeen } = await page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const all = [...document.querySelectorAll('*')];
      const isRinged = (element: Element | null | undefined) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      };
      // A field has its ring around all of it, a list around the row one is at, what parts two panes is a line.
      const around = [
        focused.parentElement,
        focused.parentElement?.parentElement,
        focused.closest('.search-field'),
      ];
      const at = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
      const places = [focused, ...around, focused.nextElementSibling, at];
      const line = getComputedStyle(focused, '::after').backgroundColor;
      const isLine = focused.getAttribute('role') === 'separator' && line !== 'rgba(0, 0, 0, 0)';
      return {
        key: `${all.indexOf(focused)} ${focused.tagName.toLowerCase()}.${focused.className}`,
        isSeen: focused === document.body || places.some(isRinged) || isLine,
      };
    });
    if (walked.has(key)) return [...unseen];
    walked.add(key);
    if (!isSeen) unseen.add(key);
  }
}

/** Signs and parts of drawings that have the colour of what they lie on. */
const unseenSigns = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isClear = (colour: string) => /^rgba\(.*, 0\)$/.test(colour);
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    const below = (start: Element) => {
      for (let at: Element | null = start; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!isClear(backgroundColor)) return backgroundColor;
      }
      return paper;
    };
    const found: string[] = [];
    const note = (element: Element, colour: string) =>
      found.push(`${element.parentElement?.outerHTML.slice(0, 120)} is ${colour} on ${colour}`);
    for (const sign of document.querySelectorAll('svg.lucide')) {
      const { color } = getComputedStyle(sign);
      if (sign.checkVisibility({ visibilityProperty: true }) && color === below(sign)) note(sign, color);
    }
    for (const part of document.querySelectorAll('.reason-bar__part, .tag-spot, .swatch')) {
      const { borderTopColor, borderTopStyle } = getComputedStyle(part);
      const colour = part.parentElement ? below(part.parentElement) : paper;
      if (borderTopStyle === 'none' || borderTopColor === colour) note(part, borderTopColor);
    }
    return found;
  });

/** What tells an element from others like it without its words. */
const lookOf = (element: Locator): Promise<string> =>
  element.evaluate((seen) => {
    const { backgroundColor, borderBlockEndColor, outlineStyle } = getComputedStyle(seen);
    return [backgroundColor, borderBlockEndColor, outlineStyle].join(' ');
  });

test('with high contrast one sees where one is, what is chosen, and every sign', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  const search = new SearchPage(page);
  const open = await furnish(loci);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  for (const address of [...screens, `#/memories?open=${open}`]) {
    await show(page, address);
    expect.soft(await unseenSigns(page), `signs on ${address}`).toEqual([]);
  }
  for (const address of ['#/memories', '#/tags', '#/settings']) {
    await show(page, address);
    expect.soft(await unseenFocus(page), `the focus on ${address}`).toEqual([]);
  }
  const theme = page.getByRole('group', { name: 'Theme' });
  const [light, dark] = ['Light', 'Dark'].map((name) => theme.locator('label').filter({ hasText: name }));
  if (!light || !dark) throw new Error('No theme can be chosen');
  await light.click();
  expect(await lookOf(light)).not.toBe(await lookOf(dark));

  await show(page, '#/memories');
  expect(await lookOf(search.link('All memories'))).not.toBe(await lookOf(search.link('Trash')));
  await search.list.focus();
  await search.press('Home', 'Shift+ArrowDown');
  await expect(search.selected).toHaveCount(2);
  expect(await lookOf(search.rows.nth(0))).not.toBe(await lookOf(search.rows.nth(2)));
  // Of the two, one sees at which one is.
  expect(await lookOf(search.rows.nth(0))).not.toBe(await lookOf(search.rows.nth(1)));

  await search.search('where is the valve');
  await expect(search.hits.first()).toContainText('valve');
  await expect(page.locator('.reason-bar__part').first()).toBeVisible();
  expect(await unseenSigns(page)).toEqual([]);
  await expectAccessible(page);
});

/** Everything that takes its time to change, by how many seconds. */
const lasting = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const longest = (durations: string) => Math.max(...durations.split(',').map(Number.parseFloat));
    const found = new Set<string>();
    for (const element of document.querySelectorAll('*'))
      for (const part of ['', '::before', '::after']) {
        const style = getComputedStyle(element, part || null);
        const animated = style.animationName === 'none' ? 0 : longest(style.animationDuration);
        const seconds = Math.max(animated, longest(style.transitionDuration));
        if (seconds > 0)
          found.add(`${element.tagName.toLowerCase()}.${element.className}${part}: ${seconds}`);
      }
    return [...found];
  });

test('whoever wants no motion sees none', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const browse = new BrowsePage(page);
  const open = await furnish(loci);
  await show(page, '#/memories');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await lasting(page)).not.toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });

  const noneMoves = async (place: string) => {
    expect.soft(await lasting(page), place).toEqual([]);
    expect.soft(await page.evaluate(() => document.getAnimations().length), place).toBe(0);
  };
  for (const address of [...screens, `#/memories?open=${open}`, '#/memories?q=valve']) {
    await show(page, address);
    await noneMoves(address);
  }
  await lookAtDialogs(page, noneMoves);
  await browse.list.focus();
  await browse.press('Home', 'p');
  await expect(page.locator('.toast')).toBeVisible();
  await noneMoves('what is said in passing');
  await browse.rows.first().click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await noneMoves('a menu');
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
  // Gone, it gives the focus back to where it was.
  await expect(search.dialog).toBeHidden();
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
