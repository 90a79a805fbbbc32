import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { addManyMemories } from '../pages/many-memories.ts';
import { resize } from '../pages/resize.ts';

const texts = ['Basil wants shade.', 'Prune in February.', 'The valve is behind the shed.'] as const;

/** One a day, the last of them today. */
async function addMemories(loci: Loci, contents: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, content] of contents.entries()) {
    const daysAgo = contents.length - 1 - index;
    const occurredAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
    const { memory } = (await ask(loci, 'memories.create', { content, occurredAt })) as {
      memory: { id: string };
    };
    ids.push(memory.id);
  }
  return ids;
}

test('memories stand by day, and are walked through, opened and left by keyboard', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await expect(loci.page.getByText('Your library is ready')).toBeVisible();
  await addMemories(loci, texts);
  await expect(browse.rows).toHaveText([/The valve/, /Prune/, /Basil/]);
  await expect(loci.page.getByRole('group', { name: 'Today' })).toContainText('The valve');
  await expect(loci.page.getByRole('group', { name: 'Yesterday' })).toContainText('Prune');
  await expect(browse.link('All memories')).toContainText('3');

  await browse.list.focus();
  await browse.press('ArrowDown', 'Enter');
  await expect(browse.memory).toContainText('The valve is behind the shed.');
  await browse.press('ArrowDown');
  await expect(browse.memory).toContainText('Prune in February.');
  await browse.press('End');
  await expect(browse.memory).toContainText('Basil wants shade.');
  await browse.press('Escape');
  await expect(browse.memory).toBeHidden();
  await expect(browse.list).toBeFocused();
});

test('the name of a day stands above its memories, wherever one has scrolled to', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addMemories(
    loci,
    Array.from({ length: 30 }, (_, index) => `Note ${index}`),
  );
  await expect(browse.link('All memories')).toContainText('30');
  await browse.list.evaluate((list) => list.scrollTo({ top: 1000 }));
  await expect(browse.list.getByText('Note 19', { exact: true })).toBeVisible();
  const shifts = await browse.list.evaluate((list) =>
    [...list.querySelectorAll('[role="group"]')]
      .map((day) => ({
        top: day.getBoundingClientRect().top,
        heading: day.firstElementChild?.getBoundingClientRect().top ?? 0,
      }))
      .filter(({ top }) => top > list.getBoundingClientRect().top)
      .map(({ top, heading }) => heading - top),
  );
  expect(shifts.length).toBeGreaterThan(2);
  expect(shifts.filter((shift) => shift !== 0)).toEqual([]);
});

test('back and forward lead through what was looked at, and the next start begins where one was', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  const [first] = await addMemories(loci, texts);
  await ask(loci, 'memories.setPinned', { ids: [first], pinned: true });
  await browse.link('Pinned').click();
  await browse.row('Basil').click();
  await expect(browse.memory).toContainText('Basil wants shade.');
  await browse.link('All memories').click();
  await expect(browse.rows).toHaveCount(3);

  await browse.press('Alt+ArrowLeft');
  await expect(browse.title).toHaveText('Pinned');
  await expect(browse.memory).toContainText('Basil wants shade.');
  await expect(browse.selected).toHaveText(/Basil/);
  await browse.button('Forward').click();
  await expect(browse.title).toHaveText('All memories');
  await browse.button('Back').click();
  await expect(browse.title).toHaveText('Pinned');
  await loci.quit();

  const again = await launch();
  await again.ready();
  await expect(new BrowsePage(again.page).title).toHaveText('Pinned');
});

test('a thousand memories get a tag in one go, and lose it again by Ctrl+Z', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addManyMemories(loci, 1000, '2026-06-01');
  await expect(browse.link('All memories')).toContainText('1,000');
  await browse.list.focus();
  await browse.press('ControlOrMeta+a');
  await expect(browse.bulkBar).toContainText('1,000 selected');
  await browse.press('t');
  await loci.page.getByRole('combobox', { name: 'Tag' }).fill('garden');
  await loci.page.getByRole('option', { name: 'Make “garden”' }).click();
  await expect(browse.news('Tagged 1,000 memories with “garden”')).toBeVisible();
  await expect(browse.link('garden')).toContainText('1,000');
  await expect(browse.rows.first()).toContainText('garden');

  await browse.list.focus();
  await browse.press('ControlOrMeta+z');
  await expect(browse.news(/^Undone/)).toBeVisible();
  // It was made for them, and goes with what was done.
  await expect(browse.link('garden')).toHaveCount(0);
  await expect(browse.rows.first()).not.toContainText('garden');
});

test('what was deleted waits in the trash, comes back, or goes for good when that is confirmed', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addMemories(loci, texts);
  await browse.row('Prune').click();
  await browse.press('Delete');
  await expect(browse.rows).toHaveText([/The valve/, /Basil/]);
  // Its neighbour takes its place.
  await expect(browse.memory).toContainText('Basil wants shade.');
  await browse.news('Moved 1 memory to the trash').getByRole('button', { name: 'Undo' }).click();
  await expect(browse.rows).toHaveText([/The valve/, /Prune/, /Basil/]);

  await browse.row('Basil').click();
  await browse.row('Prune').click({ modifiers: ['Shift'] });
  await expect(browse.selected).toHaveCount(2);
  await browse.bulkBar.getByRole('button', { name: 'Move 2 to trash' }).click();
  await expect(browse.rows).toHaveText([/The valve/]);
  await browse.link('Trash').click();
  await expect(browse.rows).toHaveText([/30 days left/, /30 days left/]);

  await browse.openMenuOf(browse.row('Basil'));
  await browse.menuItem('Restore').click();
  await expect(browse.rows).toHaveText([/Prune/]);
  await browse.row('Prune').click();
  await browse.list.focus();
  await browse.press('Delete');
  await expect(browse.dialog).toContainText('This cannot be undone.');
  await browse.dialog.getByRole('button', { name: 'Keep in the trash' }).click();
  await expect(browse.dialog).toBeHidden();
  await expect(browse.rows).toHaveCount(1);
  await browse.button('Empty trash…').click();
  await browse.dialog.getByRole('button', { name: 'Delete 1 memory for good' }).click();
  await expect(loci.page.getByText('The trash is empty')).toBeVisible();
  await browse.link('All memories').click();
  await expect(browse.rows).toHaveText([/The valve/, /Basil/]);
});

test('many go for good only when somebody types how many', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  const ids = await addMemories(
    loci,
    Array.from({ length: 12 }, (_, index) => `Thought ${index}`),
  );
  await ask(loci, 'memories.trash', { ids });
  await browse.link('Trash').click();
  await browse.button('Empty trash…').click();
  const deed = browse.dialog.getByRole('button', { name: 'Delete 12 memories for good' });
  await expect(deed).toBeDisabled();
  await browse.dialog.getByRole('textbox').fill('11');
  await expect(deed).toBeDisabled();
  await browse.dialog.getByRole('textbox').fill('12');
  await deed.click();
  await expect(loci.page.getByText('The trash is empty')).toBeVisible();
  expect(await ask(loci, 'memories.count', { trashed: true })).toBe(0);
});

test('in a narrow window there is one pane at a time, and a way back', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addMemories(loci, texts);
  await resize(loci, 620, 600);
  await expect(browse.sidebar).toBeHidden();
  await browse.row('Prune').click();
  await expect(browse.memory).toContainText('Prune in February.');
  await expect(browse.list).toBeHidden();
  await browse.press('Alt+ArrowLeft');
  await expect(browse.selected).toHaveText(/Prune/);
  await browse.button('Show the sidebar').click();
  await browse.link('Pinned').click();
  await expect(browse.sidebar).toBeHidden();
  await expect(browse.title).toHaveText('Pinned');
});

test('what is being written goes on when the window becomes narrow, and wide again', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const browse = new BrowsePage(page);
  const { id } = await memory.create({ content: 'Roses want sun' });
  await resize(loci, 1280, 800);
  const divider = page.getByRole('separator', { name: 'Width of the sidebar' });
  await divider.focus();
  await browse.press('ArrowRight');
  const width = async () => (await browse.sidebar.boundingBox())?.width;
  const chosen = await width();
  await memory.open(id);
  await memory.edit();
  await page.keyboard.type(', and water');
  await resize(loci, 620, 600);
  await expect(browse.sidebar).toBeHidden();
  await expect(memory.editor).toBeFocused();
  await page.keyboard.type(' in the morning');
  await resize(loci, 1280, 800);
  await expect(browse.sidebar).toBeVisible();
  await expect(memory.editor).toBeFocused();
  await page.keyboard.type('.');
  await expect(memory.editor).toHaveText('Roses want sun, and water in the morning.');
  await expect.poll(width).toBe(chosen);
});

test('what comes from elsewhere shows at once, and what one looks at stays where it is', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addManyMemories(loci, 500, '2026-06-01');
  await expect(browse.rows.first()).toContainText('Memory number 1');
  await browse.list.evaluate((list) => list.scrollTo({ top: 20_000 }));
  const looked = browse.list.getByText('Memory number 200', { exact: true });
  await expect(looked).toBeVisible();
  const before = await looked.boundingBox();
  await addMemories(loci, ['Something new']);
  await expect(browse.link('All memories')).toContainText('501');
  await expect.poll(() => browse.rows.first().getAttribute('aria-setsize')).toBe('501');
  expect((await looked.boundingBox())?.y).toBe(before?.y);
  await browse.list.focus();
  await browse.press('Home');
  await expect(browse.rows.first()).toContainText('Something new');
});

test('a session is started, named, filled by dragging, and ended', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addMemories(loci, texts);
  await browse.sidebar.getByText('Sessions', { exact: true }).hover();
  await browse.button('Start a session').click();
  await browse.dialog.getByRole('textbox').fill('Garden plans');
  await browse.dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(browse.title).toHaveText('Garden plans');
  await expect(browse.link('Current session ?Garden plans')).toBeVisible();

  await browse.link('All memories').click();
  await browse.row('Prune').dragTo(browse.link('Current session ?Garden plans'));
  await expect(browse.news('Moved 1 memory to “Garden plans”')).toBeVisible();
  await browse.link('Current session ?Garden plans').click();
  await expect(browse.rows).toHaveText([/Prune/]);

  await browse.button('View and actions').click();
  await browse.menuItem('Rename…').click();
  await browse.dialog.getByRole('textbox').fill('The garden in spring');
  await browse.dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(browse.title).toHaveText('The garden in spring');
  await browse.button('View and actions').click();
  await browse.menuItem('End session').click();
  await expect(loci.page.getByText(/ended today at/)).toBeVisible();
});

test('memories move to any session, to a new one, or out of theirs, found by a few letters', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  await addMemories(loci, texts);
  // More than the sidebar names, beside the one that began with the library.
  for (const title of ['Cellar', 'Roof', 'Garden plans', 'Attic', 'Kitchen', 'Shed', 'Car'])
    await ask(loci, 'sessions.start', { title });
  await expect(browse.link('All sessions')).toContainText('8');
  const find = loci.page.getByRole('combobox', { name: 'Session' });
  await browse.openMenuOf(browse.row('Prune'));
  await browse.menuItem('Move to session…').click();
  await expect(find).toBeFocused();
  await find.fill('cell');
  await expect(loci.page.getByRole('option', { name: /^Cellar/ })).toBeVisible();
  await browse.press('Enter');
  await expect(browse.news('Moved 1 memory to “Cellar”')).toBeVisible();

  await browse.list.focus();
  await browse.press('ControlOrMeta+a');
  await browse.bulkBar.getByRole('button', { name: 'Move to session' }).click();
  await expect(browse.dialog).toContainText('Move 3 memories to a session');
  await expect(find).toBeFocused();
  await find.fill('Balcony');
  await loci.page.getByRole('option', { name: 'Start “Balcony”' }).click();
  await expect(browse.news('Moved 3 memories to “Balcony”')).toBeVisible();
  await expect(browse.link('Current session ?Balcony')).toContainText('3');

  await browse.openMenuOf(browse.row('Prune'));
  await browse.menuItem('Move to session…').click();
  await expect(find).toBeFocused();
  await find.fill('no sess');
  await browse.press('Enter');
  await expect(browse.news(/^Took 3 memories out of their session/)).toBeVisible();
});

test('tags are coloured, renamed, merged and deleted, each of it to be taken back', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  const ids = await addMemories(loci, texts);
  await ask(loci, 'memories.tag', { ids: ids.slice(0, 2), names: ['garden'] });
  await ask(loci, 'memories.tag', { ids: ids.slice(1), names: ['gardening'] });
  await browse.link('gardening').click({ button: 'right' });
  await browse.menuItem('Merge into…').click();
  await browse.dialog.getByRole('button', { name: 'Merge tags' }).click();
  await expect(browse.news('Merged “gardening” into “garden”')).toBeVisible();
  await expect(browse.link('garden')).toContainText('3');
  await expect(browse.link('gardening')).toBeHidden();
  await browse.list.focus();
  await browse.press('ControlOrMeta+z');
  await expect(browse.link('gardening')).toContainText('2');

  await browse.link('gardening').click();
  await browse.button('View and actions').click();
  await browse.menuItem('Rename…').click();
  await browse.dialog.getByRole('textbox').fill('Garden');
  await browse.dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(browse.dialog).toContainText('There is a tag “garden” already');
  await browse.dialog.getByRole('textbox').fill('outdoors');
  await browse.dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(browse.title).toHaveText('outdoors');
  await browse.button('View and actions').click();
  await browse.menuItem('Delete tag').click();
  await expect(browse.title).toHaveText('All memories');
  await expect(browse.link('outdoors')).toBeHidden();
});

test('a list that cannot be read says so, and can be asked for again', async ({ launch, dataDir }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new BrowsePage(loci.page);
  const ids = await addMemories(loci, texts);
  await ask(loci, 'memories.update', { id: ids[0], version: 1, pinned: true });
  await expect(browse.rows).toHaveCount(texts.length);
  await behindTheApp(dataDir, ['alter table memory rename to memory_gone']);
  await browse.link('Pinned').click();
  await expect(loci.page.getByRole('alert')).toContainText('The list could not be read');
  await behindTheApp(dataDir, ['alter table memory_gone rename to memory']);
  await browse.button('Try again').click();
  await expect(browse.rows).toHaveText([/Basil/]);
  await expect(loci.page.getByText('The list could not be read')).toBeHidden();
});
