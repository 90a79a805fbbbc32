import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';

test.use({ isFirstStart: true });

test('from the first start through the sample and the tour to a search, and back to one’s own library', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  const browse = new BrowsePage(page);
  await page.getByRole('button', { name: 'Open a sample library' }).click();
  await expect(page.getByText('This is a sample.')).toBeVisible();
  await expect(browse.link('All memories')).toContainText('60');
  await expect(browse.link('Specializations')).toContainText('2');
  await expect
    .poll(() => ask(loci, 'embeddings.progress'), { timeout: 30_000 })
    .toMatchObject({ pending: 0 });

  await page.getByRole('button', { name: 'Take the tour' }).click();
  const tour = page.getByRole('dialog', { name: /Say what you mean/ });
  await expect(tour).toBeVisible();
  await expectAccessible(page, '.tour');
  await expect(browse.row('Migraine again')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Why it was found' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // A hint is read once.
  const hint = page.getByRole('note', { name: 'Hint' });
  await hint.getByRole('button', { name: 'I have read this hint' }).click();
  await expect(hint).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Search' }).fill('heavy soil');
  await expect(browse.row('Never work the soil when it sticks')).toBeVisible();
  await expect(hint).toHaveCount(0);

  await page.getByRole('button', { name: 'Remove the sample' }).click();
  await expect(page.getByText('This is a sample.')).toHaveCount(0);
  await expect.poll(() => ask(loci, 'memories.count', {})).toBe(0);
  expect(await ask(loci, 'users.list')).toHaveLength(1);
});

test('the examples of the help are searches that can be pressed', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  await ask(loci, 'memories.create', { content: 'Garlic', tags: ['garden'] });
  await page.keyboard.press('F1');
  await page.getByRole('list', { name: 'Filters' }).getByRole('link', { name: 'tag:garden' }).click();
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('tag:garden');
  await expect(new BrowsePage(page).row('Garlic')).toBeVisible();
});

test('the diagnostics that are copied say how much there is, and nothing of it', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  await ask(loci, 'memories.create', { content: 'Garlic from Zebulon', title: 'Bulbs', tags: ['allotment'] });
  await ask(loci, 'sessions.start', { title: 'Digging' });
  await page.keyboard.press('F1');
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(new BrowsePage(page).news('Copied the diagnostics')).toBeVisible();
  const copied = await loci.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('Memories: 1');
  expect(copied).toContain('Sessions: 2');
  for (const own of ['Garlic', 'Zebulon', 'Bulbs', 'allotment', 'Digging', dataDir])
    expect(copied).not.toContain(own);
});
