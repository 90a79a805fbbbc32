import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { SearchPage } from '../pages/search-page.ts';

const texts = [
  ['The plumber comes on Tuesday to mend the leaking tap in the bathroom.', []],
  ['Grandmother bakes her bread with rye flour and lets it rest overnight.', ['kitchen']],
  ['The night train to Vienna leaves at nine from platform four.', []],
  ['Roses want to be cut back in March, before the new shoots come.', ['garden']],
  ['The garden hose drips at the tap behind the shed.', ['garden']],
] as const;

async function fill(loci: Loci): Promise<void> {
  await loci.searchByMeaningReady();
  for (const [content, tags] of texts) await ask(loci, 'memories.create', { content, tags });
  await expect
    .poll(() => loci.call('embeddings.progress'), { timeout: 30_000 })
    .toMatchObject({ value: { ready: texts.length, pending: 0 } });
}

test('what shares no word with a search is found by what it means, opened, and left by the way back', async ({
  launch,
}) => {
  const loci = await launch();
  const search = new SearchPage(loci.page);
  await fill(loci);
  await search.search('recipe for a loaf');
  await expect(search.hitsUnder('About this').first()).toContainText('rye flour');

  await search.press('Enter');
  await expect(search.memory).toContainText('Grandmother bakes her bread');
  await expect(search.results).toBeFocused();
  await search.press('Space');
  await expect(search.reason).toContainText('Close in meaning');
  await search.reason.getByRole('button', { name: 'More' }).click();
  await expect(search.reason).toContainText('It is number 1');
  await search.press('Escape');
  await expect(search.reason).toBeHidden();
  await expect(search.results).toBeFocused();

  await search.press('Alt+ArrowLeft');
  await expect(search.memory).toBeHidden();
  await expect(search.field).toHaveValue('recipe for a loaf');
  await search.press('Alt+ArrowLeft');
  await expect(search.title).toHaveText('All memories');
  await expect(search.field).toHaveValue('');
  await search.press('Alt+ArrowRight');
  await expect(search.field).toHaveValue('recipe for a loaf');
  await expect(search.hits.first()).toContainText('rye flour');
});

test('phrases, words to leave out and filters hold, and each filter is a chip that can be taken away', async ({
  launch,
}) => {
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  await fill(loci);
  await search.search('"leaking tap" ');
  await expect(search.hits).toHaveText([/leaking tap/]);
  await expect(page.locator('mark', { hasText: 'leaking tap' }).first()).toBeVisible();
  await search.search('tap -shed ');
  await expect(search.hits.first()).toContainText('plumber');
  await expect(search.hits.filter({ hasText: 'shed' })).toHaveCount(0);

  await search.search('tag:ga');
  await expect(search.suggestions).toContainText('garden');
  await search.press('ArrowDown', 'Enter');
  await expect(search.field).toHaveValue('tag:garden ');
  await expect(search.chips).toHaveText(['Tag: garden']);
  await expect(search.hits).toHaveCount(2);
  await page.keyboard.type('march');
  await expect(search.hits.first()).toContainText('Roses');
  await page.getByRole('button', { name: 'Remove the filter Tag: garden' }).click();
  await expect(search.field).toHaveValue('march');
  await expect(search.chips).toHaveCount(0);

  await search.search('tag:gardn ');
  await page.getByRole('search').getByRole('button', { name: 'garden' }).click();
  await expect(search.field).toHaveValue('tag:garden ');
  await expect(search.hits).toHaveCount(2);

  await search.press('Escape');
  await expect(search.field).toHaveValue('');
  await search.link('.*garden').first().click();
  await search.search('march ');
  await expect(search.chips).toHaveText(['Tag: garden']);
  await page.getByRole('button', { name: 'Search everywhere' }).click();
  await expect(search.field).toHaveValue('march ');
  await expect(search.chips).toHaveCount(0);
});

test('a slip of the keyboard is asked about, and what the library knows nothing of is said', async ({
  launch,
}) => {
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  await fill(loci);
  await search.search('platfrm ');
  await page.getByRole('button', { name: 'platform' }).click();
  await expect(search.field).toHaveValue('platform ');
  await expect(search.hits.first()).toContainText('Vienna');

  await search.search('quarterly tax return of the subsidiary ');
  await expect(page.getByText('Nothing in your library is about this')).toBeVisible();
  await expect(search.hitsUnder('The nearest there is').first()).toBeVisible();
});

test('a search is saved, opened from the sidebar, changed, deleted and brought back', async ({ launch }) => {
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  await fill(loci);
  await search.search('tag:garden ');
  await search.button('Save this search').click();
  await search.dialog.getByRole('textbox', { name: 'Name' }).fill('In the garden');
  await search.press('Enter');
  await expect(search.title).toHaveText('In the garden');
  await search.link('All memories').click();
  await search.link('In the garden').click();
  await expect(search.field).toHaveValue('tag:garden');
  await expect(search.hits).toHaveCount(2);

  await search.search('tag:kitchen ');
  await expect(search.hits).toHaveCount(1);
  await search.button('Save the search').click();
  await search.menuItem('Change “In the garden” to this').click();
  await search.link('All memories').click();
  await search.link('In the garden').click();
  await expect(search.field).toHaveValue('tag:kitchen');

  await search.button('Order: Best first').click();
  await search.menuItem('Delete saved search').click();
  await expect(search.link('In the garden')).toHaveCount(0);
  await search.news('Deleted the saved search').getByRole('button', { name: 'Undo' }).click();
  await expect(search.link('In the garden')).toHaveCount(1);
});

for (const theme of ['light', 'dark'] as const) {
  test(`searching in all its states is accessible in ${theme}`, async ({ launch }) => {
    test.slow();
    const loci = await launch();
    const { page } = loci;
    const search = new SearchPage(page);
    await fill(loci);
    await ask(loci, 'settings.set', { 'appearance.theme': theme });
    await search.press('/');
    await expect(search.field).toBeFocused();
    await expect(search.suggestions).toBeVisible();
    await expectAccessible(page, '[role="search"]');
    await expectAccessible(page, '.search-suggestions');
    await search.search('garden tap');
    await expect(page.locator('mark').first()).toBeVisible();
    await expectAccessible(page);
    await search.press('Enter', 'Space');
    await search.reason.getByRole('button', { name: 'More' }).click();
    await expect(search.reason).toContainText('It is number');
    await expectAccessible(page);
    await search.press('Escape');
    await search.search('tag:gardn roses ');
    await expect(page.getByText('There is no tag')).toBeVisible();
    await expectAccessible(page);
    await search.search('quarterly tax return of the subsidiary ');
    await expect(page.getByText('Nothing in your library is about this')).toBeVisible();
    await expectAccessible(page);
  });
}
