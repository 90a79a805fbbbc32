import type { Page } from '@playwright/test';
import { de } from '../../shared/texts/de/index.ts';
import { en } from '../../shared/texts/en/index.ts';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { lookAtDialogs, screens, show } from '../pages/screens.ts';

/** What the catalogue says in English only: none of it may be read as it is. */
const german = new Set(sentences(de));
const english = new Set(sentences(en).filter((text) => !german.has(text)));
/** No German sentence has these, so that what the catalogue does not know of is noticed too. */
const englishWords =
  /\b(the|and|your|you|with|from|of|are|this|that|for|have|memory|memories|settings|library|which|when|what)\b/i;

function sentences(texts: object): string[] {
  return Object.values(texts).flatMap((text: unknown) => {
    if (typeof text === 'object' && text) return sentences(text);
    return typeof text === 'string' ? [text] : [];
  });
}

/** All that can be read or is read out, but for what people or machines wrote. */
const said = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const data = 'code, pre, kbd, textarea, [lang="en"], [translate="no"]';
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim();
      if (text && parent && !parent.closest(data) && parent.checkVisibility()) found.add(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'] as const) {
        const text = element.getAttribute(name)?.trim();
        if (text && !element.closest(data)) found.add(text);
      }
    return [...found];
  });

async function expectGerman(page: Page, place: string): Promise<void> {
  const left = (await said(page)).filter((text) => english.has(text) || englishWords.test(text));
  expect.soft(left, `what is English on ${place}`).toEqual([]);
}

async function furnish(loci: Loci): Promise<string> {
  const ids: string[] = [];
  for (const content of [
    'Das Ventil liegt hinter dem Schuppen.',
    'Das Ventil liegt hinter dem Schuppen!',
    'Fort',
  ]) {
    const { memory } = (await ask(loci, 'memories.create', { content, tags: ['Garten'] })) as {
      memory: { id: string };
    };
    ids.push(memory.id);
  }
  const [first = '', , last = ''] = ids;
  await ask(loci, 'memories.trash', { ids: [last] });
  await ask(loci, 'specializations.create', { name: 'Gießen', domain: 'Garten' });
  return first;
}

// What the app names by itself at the first start is named in German too.
test.use({ isFirstStart: true });

test('in German nothing English is left on any screen, and each is accessible', async ({ launch }) => {
  test.slow();
  const loci = await launch({ env: { LANGUAGE: 'de' } });
  const { page } = loci;
  await loci.searchByMeaningReady();
  const memory = await furnish(loci);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  for (const address of [...screens, `#/memories?open=${memory}`]) {
    await show(page, address);
    await expectGerman(page, address);
    await expectAccessible(page);
  }
});

test('what opens above the page is German too', async ({ launch }) => {
  const loci = await launch({ env: { LANGUAGE: 'de' } });
  const { page } = loci;
  await loci.searchByMeaningReady();
  await furnish(loci);
  await lookAtDialogs(page, (keys) => expectGerman(page, keys));
  await show(page, '#/memories');
  await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill('Ventil vor:gestern tag:');
  await expectGerman(page, 'a search');
});

test('days can be said in German words too, and those that are usual are offered', async ({ launch }) => {
  const loci = await launch({ env: { LANGUAGE: 'de' } });
  const { page } = loci;
  await loci.searchByMeaningReady();
  await furnish(loci);
  await show(page, '#/memories');
  const field = page.getByRole('combobox', { name: de.search.field.label, exact: true });
  await field.click();
  await page.keyboard.type('Ventil on:');
  const offered = page.getByRole('option', { name: de.query.dates.thisWeek, exact: true });
  await expect(offered).toBeVisible();
  await expectGerman(page, 'the days that are offered');
  await offered.click();
  await expect(field).toHaveValue('Ventil on:"diese Woche" ');
  const hits = page.getByRole('listbox', { name: de.search.results }).getByRole('option');
  await expect(hits.first()).toContainText('Ventil');
  await expect(page.locator('.search-problems')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Ventil before:"letzter Monat" ');
  await expect(page.getByText('Ventil liegt')).toHaveCount(0);
  await expect(page.locator('.search-problems')).toHaveCount(0);
});

test('another language is spoken at once, in the menus too, and stays', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const menu = () =>
    loci.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
  const all = loci.page.getByRole('link', { name: en.browse.titles.memories, exact: true });
  await expect(all).toBeVisible();
  const before = await menu();
  await ask(loci, 'memories.create', { content: 'Das Ventil liegt hinter dem Schuppen' });
  const browse = new BrowsePage(loci.page);
  await browse.rows.first().click({ modifiers: ['ControlOrMeta'] });
  await loci.page.keyboard.press('Delete');
  await expect(browse.news(en.browse.done.trash(1))).toBeVisible();
  await ask(loci, 'settings.set', { 'appearance.language': 'de' });
  // What was said a moment ago, too, and what is said of it from now on.
  await expect(browse.news(de.browse.done.trash(1))).toBeVisible();
  await loci.page.getByRole('button', { name: de.actions.undo, exact: true }).click();
  await expect(browse.news(de.undo.undone(de.browse.done.trash(1)))).toBeVisible();
  await expect(loci.page.getByRole('link', { name: de.browse.titles.memories, exact: true })).toBeVisible();
  await expect(loci.page.locator('html')).toHaveAttribute('lang', 'de');
  await expect.poll(menu).not.toEqual(before);
  const [capture] = await Promise.all([loci.app.waitForEvent('window'), ask(loci, 'capture.open')]);
  await expect.poll(() => capture.title()).toBe(de.capture.windowTitle);
  await loci.quit();

  const again = await launch();
  await expect(again.page.getByRole('heading', { name: de.browse.titles.memories, level: 1 })).toBeVisible();
  await ask(again, 'settings.set', { 'appearance.language': 'en' });
  await expect(again.page.getByRole('heading', { name: en.browse.titles.memories, level: 1 })).toBeVisible();
});
