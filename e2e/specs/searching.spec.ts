import fs from 'node:fs';
import path from 'node:path';
import { copyApp, expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { MemoryPage } from '../pages/memory-page.ts';
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

test('what was found by its meaning is changed where it is read, and brought back from its history', async ({
  launch,
}) => {
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  const memory = new MemoryPage(loci);
  await fill(loci);
  // Before there is any answer: Enter waits for it.
  await search.search('recipe for a loaf');
  await search.press('Enter');
  await expect(search.memory).toContainText('Grandmother bakes her bread');

  await memory.edit();
  await page.keyboard.type(' Never in a tin.');
  await expect(memory.saved).toBeVisible();
  await search.press('Escape');
  await expect(memory.button('Edit')).toBeVisible();
  await expect(search.memory).toContainText('overnight. Never in a tin.');
  await search.press('h');
  await expect(memory.pane.locator('ins')).toHaveText(' Never in a tin.');
  await search.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await search.press('Escape');
  await expect(memory.pane.locator('.markdown')).toHaveText(texts[1][0]);

  // The search is still there, and finds it as it is again.
  await expect(search.field).toHaveValue('recipe for a loaf');
  await expect(search.hits.first()).toContainText('rye flour');
});

test('operators, tags and sessions are offered while one types, and taken by keyboard', async ({
  launch,
}) => {
  const loci = await launch();
  const search = new SearchPage(loci.page);
  await fill(loci);
  const session = (await ask(loci, 'sessions.start', { title: 'On the allotment' })) as { id: string };
  await ask(loci, 'memories.create', { content: 'The compost is warm.', sessionId: session.id });
  await expect(search.link('.*On the allotment')).toBeVisible();

  await search.search('ta');
  await search.take('tag:');
  await expect(search.field).toHaveValue('tag:');
  await expect(search.suggestions.getByRole('option')).toHaveText([/garden/, /kitchen/]);
  await search.take('kitchen');
  await expect(search.field).toHaveValue('tag:kitchen ');
  await expect(search.suggestions).toBeHidden();
  await expect(search.hits).toHaveText([/rye flour/]);

  await search.search('session:al');
  await expect(search.suggestions.getByRole('option')).toHaveText([/On the allotment/]);
  await search.take('On the allotment');
  await expect(search.field).toHaveValue('session:"On the allotment" ');
  await expect(search.chips).toHaveText(['Session: On the allotment']);
  await expect(search.hits).toHaveText([/compost/]);

  await search.search('is:');
  await expect(search.suggestions.getByRole('option')).toHaveText([/pinned/, /untagged/]);
  // The field keeps what was typed when they are sent away.
  await search.press('Escape');
  await expect(search.suggestions).toBeHidden();
  await expect(search.field).toHaveValue('is:');
});

test('what was found is counted and timed, and put in the order of time', async ({ launch }) => {
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  await fill(loci);
  await search.search('tag:garden tap ');
  await expect(search.hits.first()).toContainText('hose');
  await expect(page.getByText(/^\d+ memor(?:y|ies)$/)).toBeVisible();
  await expect(page.getByText(/^\d+ ms$/)).toBeVisible();

  await search.search('tag:garden ');
  await expect(page.getByText('2 memories', { exact: true })).toBeVisible();
  await search.button('Order: Best first').click();
  await page.getByRole('menuitemradio', { name: 'Oldest first' }).click();
  await expect(search.hits).toHaveText([/Roses/, /hose/]);
  await search.button('Order: Oldest first').click();
  await page.getByRole('menuitemradio', { name: 'Newest first' }).click();
  await expect(search.hits).toHaveText([/hose/, /Roses/]);
});

test('words alone find what is not yet read for its meaning, and it is said how much that is', async ({
  launch,
}) => {
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  await fill(loci);
  await ask(loci, 'embeddings.pause');
  await ask(loci, 'memories.create', { content: 'A heron stands in the reeds.' });
  await ask(loci, 'memories.create', { content: 'The otter came back to the river.' });
  // How many wait is known half a second later.
  const answer = () => ask(loci, 'search.query', { text: 'heron', caret: null });
  await expect.poll(answer).toMatchObject({ meaning: { pending: 2 } });
  await search.search('heron ');
  await expect(search.hits.first()).toContainText('A heron stands');
  await expect(page.getByText('2 memories can’t be found by meaning yet.')).toBeVisible();
  await ask(loci, 'embeddings.resume');
  await expect(page.getByText('can’t be found by meaning yet')).toBeHidden();
});

test('without a model there is search by words, and it is said why', async ({ launch, dataDir }) => {
  const appDir = copyApp(dataDir, ['model']);
  const model = path.join(appDir, 'build', 'model');
  const onnx = fs
    .readdirSync(model, { recursive: true, encoding: 'utf8' })
    .find((name) => name.endsWith('.onnx'));
  fs.rmSync(path.join(model, onnx ?? 'no model found'));
  const loci = await launch({ appDir });
  await loci.ready();
  const search = new SearchPage(loci.page);
  for (const [content, tags] of texts) await ask(loci, 'memories.create', { content, tags });
  await search.search('rye bread ');
  await expect(search.hits.first()).toContainText('rye flour');
  await expect(loci.page.getByText(/^Found by words alone\. \S/)).toBeVisible();
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

  await search.openMenuOf(search.link('In the garden'));
  await search.menuItem('Rename…').click();
  await search.dialog.getByRole('textbox', { name: 'Name' }).fill('Out in the garden');
  await search.press('Enter');
  await expect(search.title).toHaveText('Out in the garden');
  await expect(search.dialog).toBeHidden();

  await search.search('tag:kitchen ');
  await expect(search.hits).toHaveCount(1);
  await search.button('Save the search').click();
  await search.menuItem('Change “Out in the garden” to this').click();
  await search.link('All memories').click();
  await search.link('Out in the garden').click();
  await expect(search.field).toHaveValue('tag:kitchen');

  await search.button('Order: Best first').click();
  await search.menuItem('Delete saved search').click();
  await expect(search.link('Out in the garden')).toHaveCount(0);
  await search.news('Deleted the saved search').getByRole('button', { name: 'Undo' }).click();
  await expect(search.link('Out in the garden')).toHaveCount(1);
});

test('searching in all its states is accessible', async ({ launch }) => {
  test.slow();
  const loci = await launch();
  const { page } = loci;
  const search = new SearchPage(page);
  await fill(loci);
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

test('Escape, pressed quickly, leads out of the search and no step further back', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const search = new SearchPage(page);
  for (const [content, tags] of texts) await ask(loci, 'memories.create', { content, tags });
  await search.link('Pinned').click();
  await search.link('All memories').click();
  await expect(search.rows).toHaveCount(texts.length);
  await search.search('rye bread ');
  await expect(search.hits.first()).toContainText('rye flour');
  await search.press('Escape', 'Escape', 'Escape');
  await expect(search.field).not.toBeFocused();
  await expect(search.title).toHaveText('All memories');
  await expect(search.rows).toHaveCount(texts.length);

  await search.press('ControlOrMeta+k');
  await expect(search.suggestions).toBeVisible();
  await search.press('Escape');
  await expect(search.suggestions).toBeHidden();
  await search.press('ControlOrMeta+k');
  await expect(search.suggestions).toBeVisible();

  await search.press('Escape');
  await page.keyboard.type('rye ');
  await expect(search.hits.first()).toContainText('rye flour');
  // Whoever goes back sees what is there, and is offered what to look for again on asking.
  await search.press('Alt+ArrowLeft');
  await expect(search.rows).toHaveCount(texts.length);
  await expect(search.field).toBeFocused();
  await expect(search.suggestions).toBeHidden();
  await search.press('ArrowDown');
  await expect(search.suggestions).toBeVisible();
  await search.press('Escape');
  await expect(search.suggestions).toBeHidden();
  await search.field.click();
  await expect(search.suggestions).toBeVisible();
});
