import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { addManyMemories } from '../pages/many-memories.ts';
import { SearchPage } from '../pages/search-page.ts';

const many = 100_000;
const all = '100,001';

test('among a hundred thousand memories any place is reached, anything is found, and all can be chosen', async ({
  launch,
}) => {
  // Most of it is the making of so many.
  test.setTimeout(240_000);
  const loci = await launch();
  const search = new SearchPage(loci.page);
  await loci.searchByMeaningReady();
  // To read them for their meaning would take an hour.
  await ask(loci, 'embeddings.pause');
  await addManyMemories(loci, many, '2026-11-01T12:30:00Z');
  await ask(loci, 'memories.create', {
    content: 'A heron stands in the reeds.',
    occurredAt: '2021-05-05T10:00:00.000Z',
  });
  await expect(search.link('All memories')).toContainText(all);

  await search.list.focus();
  await search.press('Home');
  await expect(search.selected.getByText('Memory number 1', { exact: true })).toBeInViewport();
  await search.press('End');
  await expect(search.selected.getByText(`Memory number ${many}`, { exact: true })).toBeInViewport();
  for (const share of [0.5, 0.013, 0.87]) {
    await search.list.evaluate((list, part) => list.scrollTo(0, part * list.scrollHeight), share);
    const row = search.rows.filter({ hasText: /Memory number \d{4,5}/ }).nth(8);
    await expect(row).toBeInViewport();
    const place = Number(await row.getAttribute('aria-posinset'));
    expect(Math.abs(place - share * (many + 1))).toBeLessThan(1_000);
  }
  await search.press('Home', 'Shift+End');
  await expect(search.bulkBar).toContainText(all);
  await search.press('Escape');
  await expect(search.bulkBar).toBeHidden();

  await search.search('heron');
  await expect(search.hits.first()).toContainText('A heron stands in the reeds.');
  await search.search('"number 54321"');
  await expect(search.hits).toHaveCount(1);
  await expect(search.hits).toContainText('Memory number 54321');
  await search.search('before:2017 number ');
  await expect(search.hits.first()).toContainText('Memory number');
  await expect(search.hits.filter({ hasText: /20(1[789]|2\d), / })).toHaveCount(0);
});
