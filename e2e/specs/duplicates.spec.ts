import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { DuplicatesPage } from '../pages/duplicates-page.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { resize } from '../pages/resize.ts';

const boiler =
  'The plumber repaired the boiler on Monday and charged 85 pounds. The kitchen is dry again, and the heating works.';
const boilerAgain =
  'The plumber repaired the old boiler on Monday and charged 85 pounds. The kitchen is dry again and the heating works!';
const lamps =
  'At the harbour the lamps were lit before six, and we had tea with Mrs Okafor and her two dogs.';
const lampsAgain =
  'At the harbour the lamps were lit before six and we had some tea with Mrs Okafor and her two dogs.';
const key = 'The spare key of the cellar hangs behind the blue jacket in the hall.';

/** A library with two pairs that are nearly the same, found by the way as they come in. */
async function withPairs(loci: Loci) {
  await loci.searchByMeaningReady();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const ids = {
    old: (
      await memory.create({
        content: boiler,
        tags: ['house'],
        importance: 0.75,
        occurredAt: '2024-03-02T10:00:00.000Z',
      })
    ).id,
    later: (await memory.create({ content: boilerAgain, title: 'Boiler repaired', tags: ['bills'] })).id,
    lamps: (await memory.create({ content: lamps })).id,
    lampsAgain: (await memory.create({ content: lampsAgain })).id,
  };
  const duplicates = new DuplicatesPage(page);
  // By itself, once they are known by meaning; it is in the sidebar from then on.
  await expect(duplicates.link).toHaveText(/2$/, { timeout: 30_000 });
  return { page, memory, duplicates, browse: new BrowsePage(page), ids };
}

const tagsOf = ({ tags }: { tags: readonly { readonly name: string }[] }) => tags.map(({ name }) => name);

test('what was written down twice is found, merged, and parted again', async ({ launch }) => {
  const loci = await launch();
  const { page, memory, duplicates, browse, ids } = await withPairs(loci);
  await duplicates.open();
  await expect(duplicates.rows).toHaveCount(2);
  const row = duplicates.rows.filter({ hasText: 'plumber' });
  await expect(row).toContainText(/word/i);
  await row.click();
  await expect(page).toHaveURL(new RegExp(`pair=(${ids.old},${ids.later}|${ids.later},${ids.old})$`));

  // What only one of them has is marked.
  await expect(duplicates.left.locator('.pair-side__text mark')).toHaveText([',', '.']);
  await expect(duplicates.right.locator('.pair-side__text mark')).toHaveText(['old', '!']);
  await expect(duplicates.right.locator('h2 mark')).toHaveText('Boiler repaired');
  await expect(page.getByText(/the tags of both, the earlier date \(2 March 2024\)/)).toBeVisible();

  await duplicates.button(/^Keep right/).click();
  await expect(browse.news('Kept one of the two')).toBeVisible();
  // The next pair follows by itself.
  await expect(duplicates.left).toContainText('Mrs Okafor');
  const kept = (await memory.read(ids.later)) as Awaited<ReturnType<typeof memory.read>> & {
    importance: number;
    occurredAt: string;
  };
  expect(kept).toMatchObject({
    title: 'Boiler repaired',
    content: boilerAgain,
    importance: 0.75,
    occurredAt: '2024-03-02T10:00:00.000Z',
  });
  expect(tagsOf(kept)).toEqual(['bills', 'house']);
  await expect(duplicates.link).toHaveText(/1$/, { timeout: 15_000 });
  // Its history is that of both.
  const versions = (await ask(loci, 'memories.versions', { id: ids.later })) as { merged: boolean }[];
  expect(versions.some(({ merged }) => merged)).toBe(true);

  await browse.news('Kept one of the two').getByRole('button', { name: 'Undo' }).click();
  await expect(browse.news('Undone')).toBeVisible();
  expect(tagsOf(await memory.read(ids.later))).toEqual(['bills']);
  await expect(duplicates.link).toHaveText(/2$/, { timeout: 15_000 });
});

test('all of it by keyboard: through the pairs, merged by hand, said to be different, taken back', async ({
  launch,
}) => {
  const loci = await launch();
  const { page, duplicates, browse, ids } = await withPairs(loci);
  await duplicates.link.focus();
  await page.keyboard.press('Enter');
  await duplicates.rows.nth(1).waitFor();
  await duplicates.rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(duplicates.rows.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 2')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('1 of 2')).toBeVisible();
  // One step back, however many pairs were looked through.
  await page.keyboard.press('Escape');
  await expect(duplicates.rows.first()).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(duplicates.left).toBeVisible();
  if (!(await duplicates.left.textContent())?.includes('plumber')) await page.keyboard.press('j');
  await expect(duplicates.left).toContainText('plumber');
  // While the next two are read, nothing can be decided about those that still stand there.
  await expect(page.locator('[data-waiting]')).toHaveCount(0);

  await page.keyboard.press('m');
  await expect(duplicates.editor).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('The boiler was repaired');
  await page.keyboard.press('Escape');
  await expect(duplicates.editor).toBeHidden();
  // What was begun is still there, and letters in it are no commands.
  await page.keyboard.press('m');
  await expect(duplicates.editor).toHaveText('The boiler was repaired');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' for 85 pounds, d1j');
  await page.keyboard.press('Control+Enter');
  await expect(browse.news('Merged the two into one')).toBeVisible();
  await expect(duplicates.left).toContainText('Mrs Okafor');
  const texts = async () =>
    ((await ask(loci, 'memories.read', { ids: [ids.old, ids.later] })) as { content: string }[]).map(
      ({ content }) => content,
    );
  expect(await texts()).toContain('The boiler was repaired for 85 pounds, d1j');

  await page.keyboard.press('d');
  await expect(browse.news('Noted that the two are different')).toBeVisible();
  await expect(duplicates.none).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(duplicates.rows).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect.poll(texts).toEqual([boiler, boilerAgain]);
  await expect(duplicates.rows).toHaveCount(2, { timeout: 30_000 });
});

test('two that were being merged by hand when the app was killed are taken up again', async ({ launch }) => {
  const loci = await launch();
  const { page, memory, duplicates } = await withPairs(loci);
  await duplicates.open();
  await duplicates.rows.filter({ hasText: 'plumber' }).click();
  await expect(duplicates.left).toContainText('plumber');
  // While the next two are read, nothing can be decided about those that still stand there.
  await expect(page.locator('[data-waiting]')).toHaveCount(0);
  await page.keyboard.press('m');
  await expect(duplicates.editor).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('The boiler was repaired');
  await expect.poll(() => memory.drafts()).toContain('The boiler was repaired');
  process.kill(loci.mainPid, 'SIGKILL');

  const again = await launch();
  await again.ready();
  const after = new DuplicatesPage(again.page);
  await again.page.getByRole('button', { name: 'Go on merging' }).click();
  await expect(after.editor).toHaveText('The boiler was repaired');
  await after.editor.press('Control+Enter');
  await expect(new BrowsePage(again.page).news('Merged the two into one')).toBeVisible();
  await expect.poll(() => new MemoryPage(again).drafts()).toBe('[]');
});

test('of many copies one is kept in one go, and everything is compared again when asked for', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  for (let n = 0; n < 4; n++) await memory.create({ content: key });
  const duplicates = new DuplicatesPage(page);
  await duplicates.open();
  await expect(duplicates.rows).toHaveText([/4 of them/]);
  await duplicates.rows.click();
  await expect(duplicates.heading).toHaveText('Word for word the same, 4 of them');
  await expect(page.getByText('1 of 3')).toBeVisible();
  await page.keyboard.press('a');
  await expect(duplicates.none).toBeVisible();
  expect(await ask(loci, 'memories.count', {})).toBe(1);
  await duplicates.button('Compare everything again').click();
  await expect(page.getByText('Compared 1 memory.')).toBeVisible();
});

test('how far a long search is can be seen, and it can be stopped', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  await page.evaluate(() => {
    window.location.hash = '#/duplicates';
  });
  const duplicates = new DuplicatesPage(page);
  await duplicates.none.waitFor();
  // As main tells of one that takes its time.
  const job = {
    id: '019aa4c0-0000-7000-8000-000000000001',
    kind: 'duplicates.find',
    status: 'running',
    progress: 1200,
    total: 4000,
    result: null,
    error: null,
    createdAt: '2026-11-21T10:00:00.000Z',
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: null,
  };
  const say = (change: object) =>
    loci.app.evaluate(
      ({ BrowserWindow }, told) => BrowserWindow.getAllWindows()[0]?.webContents.send('job:changed', told),
      { ...job, ...change },
    );
  await say({});
  await expect(page.getByText('Compared 1,200 of 4,000 memories')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Comparing' })).toHaveAttribute('value', '1200');
  await expect(duplicates.button('Cancel')).toBeVisible();
  await expectAccessible(page);
  await say({ status: 'cancelled' });
  await expect(page.getByText('Stopped after 1,200 memories; what was found stays.')).toBeVisible();
  await say({ status: 'failed', error: 'The disk is full.' });
  await expect(page.getByRole('alert')).toContainText('The disk is full.');
});

test('a list that cannot be read says so, and can be asked for again', async ({ launch, dataDir }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  await behindTheApp(dataDir, ['alter table duplicate_pair rename to duplicate_pair_gone']);
  await page.evaluate(() => {
    window.location.hash = '#/duplicates';
  });
  await expect(page.getByRole('alert')).toContainText('The look-alikes could not be read');
  await behindTheApp(dataDir, ['alter table duplicate_pair_gone rename to duplicate_pair']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(new DuplicatesPage(page).none).toBeVisible();
});

test('what is decided elsewhere meanwhile is not decided again', async ({ launch }) => {
  const loci = await launch();
  const { page, duplicates, ids } = await withPairs(loci);
  await duplicates.open();
  await duplicates.rows.filter({ hasText: 'plumber' }).click();
  await duplicates.left.waitFor();
  await ask(loci, 'memories.trash', { ids: [ids.old] });
  await expect(page.getByText('This is settled')).toBeVisible();
  await duplicates.button('Go on').click();
  await expect(duplicates.left).toContainText('Mrs Okafor');
});

test('look-alikes are accessible, also in a narrow window', async ({ launch }) => {
  test.slow();
  const loci = await launch();
  const { page, duplicates } = await withPairs(loci);
  await duplicates.open();
  await duplicates.rows.nth(1).waitFor();
  await expectAccessible(page);
  await duplicates.rows.filter({ hasText: 'plumber' }).click();
  await duplicates.right.waitFor();
  await expectAccessible(page);

  await resize(loci, 620, 600);
  await duplicates.right.waitFor();
  const [upper, lower] = [await duplicates.left.boundingBox(), await duplicates.right.boundingBox()];
  expect(upper && lower && upper.y + upper.height <= lower.y).toBe(true);
  await expect(duplicates.button(/^Keep lower/)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(620);
  await expectAccessible(page);
  await page.keyboard.press('m');
  await duplicates.editor.waitFor();
  await expectAccessible(page);
  // Also in a wider window, what was begun goes on.
  await resize(loci, 1280, 800);
  await expect(duplicates.editor).toBeVisible();
  await expectAccessible(page);
});

test('while something is written that is there already, it is said quietly', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({ content: boiler, title: 'Boiler' });
  await memory.compose(boilerAgain);
  const text = memory.composer.getByRole('textbox', { name: 'Text', exact: true });
  const before = await memory.composer.boundingBox();
  const textBefore = await text.boundingBox();
  const notice = memory.composer.locator('.same-notice');
  await expect(notice).toHaveText('You have something very like this: BoilerOpen');
  expect([await memory.composer.boundingBox(), await text.boundingBox()]).toEqual([before, textBefore]);
  await expect(text).toBeFocused();
  await expectAccessible(page);
  // It goes with the text that it was about.
  await page.keyboard.type(' And then');
  await expect(notice).toHaveText('');
  await text.fill(boiler);
  await expect(notice).toHaveText('You already have this: BoilerOpen');
  await notice.getByRole('button', { name: 'Open' }).click();
  await expect(memory.pane).toContainText('The kitchen is dry again');
  await expect(page).toHaveURL(new RegExp(`open=${id}$`));
  // What was being written is kept.
  await expect.poll(() => memory.drafts()).toContain('charged 85 pounds');

  // Also where a memory is changed, and never about itself.
  const other = await memory.create({ content: 'Something else entirely: the swans are back.' });
  await memory.open(other.id);
  await memory.edit();
  await expect(memory.pane.locator('.same-notice')).toHaveText('');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(boiler);
  await expect(memory.pane.locator('.same-notice')).toHaveText('You already have this: BoilerOpen');
  await expect(memory.editor).toBeFocused();
});

test('beside a memory stands what else is about the same, and leads there and back', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const valve = await memory.create({
    title: 'Irrigation valve',
    content: 'The irrigation valve for the vegetable beds is behind the shed, under the grey lid.',
  });
  const drip = await memory.create({
    title: 'Drip line',
    content: 'The drip line of the vegetable beds leaks near the irrigation valve; replace the washer.',
  });
  const passport = await memory.create({ content: 'My passport expires in August 2029.' });
  await expect
    .poll(() => ask(loci, 'embeddings.progress'), { timeout: 30_000 })
    .toMatchObject({ pending: 0 });
  await memory.open(valve.id);
  const related = page.getByRole('region', { name: 'Related memories' });
  await expect(related.getByRole('button')).toHaveText([/Drip line.*irrigation/]);
  await expectAccessible(page);
  await related.getByRole('button').click();
  await expect(page).toHaveURL(new RegExp(`open=${drip.id}$`));
  await expect(memory.pane).toContainText('replace the washer');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(memory.pane).toContainText('under the grey lid');
  // Where there is nothing, nothing is said of it.
  await memory.open(passport.id);
  await expect(memory.pane).toContainText('My passport');
  await expect(related).toBeHidden();
});
