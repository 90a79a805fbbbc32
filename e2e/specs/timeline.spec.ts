import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { resize } from '../pages/resize.ts';
import { addThreeYears, TimelinePage } from '../pages/timeline-page.ts';

test('dragging over the times narrows the list, an edge changes it, one bar is pointed at, and all come back', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new TimelinePage(loci.page);
  await addThreeYears(loci);
  await browse.hover('March 2023');
  await expect(loci.page.locator('.timeline__said')).toHaveText('March 2023 · 1 memory');

  await browse.drag('March 2023', 'June 2023');
  await expect(browse.period).toHaveText('Mar – May 2023 · 3 memories');
  await expect(browse.rows).toHaveText([/2023-05/, /2023-04/, /2023-03/]);
  await expect(browse.chosenBars).toHaveCount(3);
  await browse.dragEdge('end', 'August 2023');
  await expect(browse.period).toHaveText('Mar – Jul 2023 · 5 memories');
  await browse.dragEdge('begin', 'February 2023');
  await expect(browse.period).toHaveText('Feb – Jul 2023 · 6 memories');
  await expect(browse.rows).toHaveCount(6);

  await browse.pointAt('December 2024');
  await expect(browse.period).toHaveText('December 2024 · 1 memory');
  await expect(browse.rows).toHaveText([/2024-12/]);
  // What is open stays so beside memories of another time.
  await browse.rows.first().click();
  await expect(browse.memory).toContainText('Valve of 2024-12.');
  await browse.pointAt('January 2022');
  await expect(browse.rows).toHaveText([/2022-01/]);
  await expect(browse.memory).toContainText('Valve of 2024-12.');

  await browse.pointAt('May 2022', { times: 2 });
  await expect(browse.period).toBeHidden();
  await expect(browse.rows.first()).toHaveText(/2024-12/);
  await browse.pointAt('May 2022');
  await browse.button('Show memories of all times').click();
  await expect(browse.period).toBeHidden();
  await expect(browse.chosenBars).toHaveCount(0);
});

test('the keyboard moves from bar to bar, is told each time, picks one, and takes in what is beside it', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new TimelinePage(loci.page);
  await addThreeYears(loci);
  await browse.list.focus();
  await browse.press('Shift+Tab');
  await expect(browse.timeline).toBeFocused();
  expect(await browse.spoken()).toBe('December 2024 · 1 memory');
  await browse.press('ArrowLeft', 'ArrowLeft');
  expect(await browse.spoken()).toBe('October 2024 · 1 memory');
  await browse.press('PageUp');
  // The last of them is there a moment after all others.
  await expect.poll(() => browse.spoken()).toBe('October 2023 · 2 memories');
  await expect(browse.period).toBeHidden();
  await browse.press('Enter');
  await expect(browse.period).toHaveText('October 2023 · 2 memories');
  await browse.press('Shift+ArrowRight', 'Shift+ArrowRight');
  await expect(browse.period).toHaveText('Oct – Dec 2023 · 4 memories');
  await expect(browse.rows).toHaveCount(4);
  // The picked bar is one step back, what was taken in with it another, however many presses that was.
  await browse.press('Alt+ArrowLeft');
  await expect(browse.period).toHaveText('October 2023 · 2 memories');
  await browse.press('Alt+ArrowRight');
  await expect(browse.period).toHaveText('Oct – Dec 2023 · 4 memories');

  await browse.press('Escape');
  await expect(browse.period).toBeHidden();
  await expect(browse.timeline).toBeFocused();
  await browse.press('Enter', 'ArrowDown');
  await expect(browse.list).toBeFocused();
  await expect(browse.selected).toHaveText(/2023-12/);
  await browse.press('Escape', 'Escape');
  await expect(browse.period).toBeHidden();
});

test('back and forward lead through times as through lists, and the next start has the last one', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new TimelinePage(loci.page);
  await addThreeYears(loci);
  await browse.link('garden').click();
  await expect(browse.title).toHaveText('garden');
  await browse.link('All memories').click();
  // Further down, to come back to.
  await browse.list.focus();
  await browse.press('End');
  await expect(browse.rows.last()).toHaveText(/2022-01/);
  await browse.pointAt('March 2023');
  await browse.pointAt('July 2024');
  await expect(browse.rows).toHaveText([/2024-07/]);
  await browse.press('Alt+ArrowLeft');
  await expect(browse.period).toHaveText('March 2023 · 1 memory');
  await browse.press('Alt+ArrowLeft');
  await expect(browse.period).toBeHidden();
  await expect(browse.row('2022-01')).toBeInViewport();
  await browse.press('Alt+ArrowLeft');
  await expect(browse.title).toHaveText('garden');
  await browse.press('Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+ArrowRight');
  await expect(browse.period).toHaveText('July 2024 · 1 memory');
  // It is still that list.
  await expect(browse.link('All memories')).toHaveAttribute('aria-current', 'page');
  await loci.quit();

  const again = await launch();
  await again.ready();
  const after = new TimelinePage(again.page);
  await expect(after.period).toHaveText('July 2024 · 1 memory');
  await expect(after.rows).toHaveText([/2024-07/]);
  await after.link('All memories').click();
  await expect(after.period).toBeHidden();
});

test('in a search the time stands in the text, and what was chosen before it goes along', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const browse = new TimelinePage(loci.page);
  await addThreeYears(loci);
  await browse.search('"basil of"');
  await expect(browse.bar('March 2023')).toHaveAccessibleName('March 2023 · 1 found');
  await expect(browse.bar('April 2023')).toHaveAccessibleName('April 2023 · nothing found');

  await browse.drag('March 2023', 'August 2023');
  await expect(browse.field).toHaveValue('after:2023-03-01 before:2023-08-01 "basil of"');
  await expect(browse.chips).toHaveText(['After: 2023-03-01', 'Before: 2023-08-01']);
  await expect(browse.hits).toHaveCount(3);
  await browse.search('"basil of" on:2022');
  await expect(browse.chosenBars).toHaveCount(12);
  await expect(browse.hits).toHaveCount(6);
  await browse.timeline.focus();
  await browse.press('Escape');
  await expect(browse.field).toHaveValue('"basil of"');
  await expect(browse.bar('March 2023')).toHaveAccessibleName('March 2023 · 1 found');
  await browse.press('ControlOrMeta+k', 'Escape');

  await browse.drag('January 2024', 'April 2024');
  await expect(browse.period).toHaveText('Jan – Mar 2024 · 3 memories');
  await browse.search('"basil of"');
  await expect(browse.chips).toHaveText(['Jan – Mar 2024']);
  await expect(browse.hits).toHaveCount(2);
  await expect(browse.chosenBars).toHaveCount(3);
  await browse.press('Escape');
  await expect(browse.period).toHaveText('Jan – Mar 2024 · 3 memories');
  await browse.search('"basil of"');
  await browse.button(/not only in Jan – Mar 2024/).click();
  await expect(browse.chosenBars).toHaveCount(0);
  await expect(browse.bar('March 2023')).toHaveAccessibleName('March 2023 · 1 found');
});

test('it is there in a narrow window, and stays away where it was put away', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const browse = new TimelinePage(loci.page);
  await addThreeYears(loci);
  await resize(loci, 620, 560);
  await browse.drag('March 2023', 'June 2023');
  await expect(browse.rows).toHaveCount(3);
  await browse.rows.first().click();
  await expect(browse.memory).toContainText('2023-05');
  await expect(browse.timeline).toBeHidden();
  await browse.press('Alt+ArrowLeft');
  await expect(browse.period).toHaveText('Mar – May 2023 · 3 memories');

  await browse.button('View and actions').click();
  await browse.menuItem('Hide the timeline').click();
  await expect(browse.timeline).toBeHidden();
  // What narrows the list is said all the same.
  await expect(browse.period).toBeVisible();
  await browse.list.focus();
  // First of what is chosen there, then of the time.
  await browse.press('Escape', 'Escape');
  await expect(browse.period).toBeHidden();
  await loci.quit();

  const again = await launch();
  await again.ready();
  const after = new TimelinePage(again.page);
  await expect(after.rows.first()).toBeVisible();
  await expect(after.timeline).toBeHidden();
  await after.button('View and actions').click();
  await after.menuItem('Show the timeline').click();
  await expect(after.timeline).toBeVisible();
  await resize(again, 1280, 800);
  await after.link('Trash').click();
  await expect(after.timeline).toBeHidden();
});

test('the times and what they narrow are accessible', async ({ launch }) => {
  test.slow();
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const browse = new TimelinePage(page);
  await addThreeYears(loci);
  await expectAccessible(page);
  await browse.drag('March 2023', 'June 2023');
  await expect(browse.period).toBeVisible();
  await expectAccessible(page);
  await browse.timeline.focus();
  await browse.press('ArrowRight');
  await expectAccessible(page);
  await browse.rows.first().click();
  await browse.memory.getByText('2023-05').first().waitFor();
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page);
  await browse.search('basil');
  await expect(browse.chips).toHaveCount(1);
  await browse.hits.first().waitFor();
  await expectAccessible(page);
  await resize(loci, 620, 560);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page);
});
