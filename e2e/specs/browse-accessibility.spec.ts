import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { resize } from '../pages/resize.ts';

test('lists and all that can be done with them are accessible', async ({ launch }) => {
  test.slow();
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const browse = new BrowsePage(page);
  await page.getByText('Your library is ready').waitFor();
  await expectAccessible(page);

  const ids: string[] = [];
  for (const content of ['Basil wants shade.', 'Prune in February.', 'The valve is behind the shed.']) {
    const { memory } = (await ask(loci, 'memories.create', { content, tags: ['garden'] })) as {
      memory: { id: string };
    };
    ids.push(memory.id);
  }
  await ask(loci, 'memories.setImportance', { ids, importance: 0.9 });
  await ask(loci, 'memories.setPinned', { ids: ids.slice(1), pinned: true });
  await ask(loci, 'savedSearches.create', { name: 'Basil', query: 'basil' });
  await browse.row('Basil').click();
  await browse.memory.getByText('Basil').first().waitFor();
  await expectAccessible(page);

  await browse.press('ControlOrMeta+a');
  await browse.bulkBar.waitFor();
  await expectAccessible(page);
  await browse.press('t');
  await browse.dialog.waitFor();
  await expectAccessible(page);
  await browse.press('Escape');
  await browse.dialog.waitFor({ state: 'hidden' });
  await browse.openMenuOf(browse.row('Prune'));
  await expectAccessible(page);
  await browse.press('Escape');
  await expect(browse.list).toBeFocused();
  await browse.press('Escape', 'Delete');
  await browse.news('Moved 1 memory').waitFor();
  await expectAccessible(page);
  await browse.link('Trash').click();
  await browse.button('Empty trash…').click();
  await browse.dialog.waitFor();
  await expectAccessible(page);
  await browse.press('Escape');
  await browse.dialog.waitFor({ state: 'hidden' });
  await browse.link('Basil').click();
  await browse.rows.first().waitFor();
  await expectAccessible(page);

  for (const name of ['All tags', 'Settings']) {
    await browse.link(name).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
  }
  await page.evaluate(() => {
    window.location.hash = '#/sessions';
  });
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await expectAccessible(page);

  await resize(loci, 620, 600);
  await browse.button('Show the sidebar').click();
  await browse.sidebar.waitFor();
  await expectAccessible(page);
});
