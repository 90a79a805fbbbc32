import { expect, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { goTo, inEveryForm, take } from './camera.ts';

/** One memory: while it is written, what it was before, what is known of it, and changed in two places at once. */
export async function takeMemories(loci: Loci, id: string): Promise<void> {
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const browse = new BrowsePage(page);

  await inEveryForm(loci, async (form) => {
    await memory.open(id);
    await memory.button('Edit').click();
    await memory.editor.waitFor();
    await take(loci, `memory-writing-${form}`);
    await page.keyboard.press('Escape');
  });
  await inEveryForm(loci, async (form) => {
    await memory.open(id);
    await memory.pane.focus();
    await page.keyboard.press('h');
    await memory.pane.locator('ins').first().waitFor();
    await take(loci, `memory-history-${form}`);
    await page.keyboard.press('h');
    await memory.button('Edit').waitFor();
  });
  await inEveryForm(loci, async (form) => {
    await memory.open(id);
    await memory.pane.focus();
    await page.keyboard.press('t');
    await page.keyboard.type('ki');
    await page.getByRole('option', { name: 'kitchen' }).waitFor();
    await take(loci, `memory-tagging-${form}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });
  await inEveryForm(loci, async (form) => {
    await memory.open(id);
    await memory.pane.getByRole('button', { name: /^Date:/ }).click();
    await page.getByLabel('When it was').waitFor();
    await take(loci, `memory-date-${form}`);
    await page.keyboard.press('Escape');
  });

  const { id: both } = await memory.create({
    title: 'What to sow in March',
    content: 'Broad beans, spinach and the first radishes, under fleece.',
    tags: ['garden'],
  });
  await memory.open(both);
  await memory.edit();
  await page.keyboard.type(' Leeks on the window sill.');
  await ask(loci, 'memories.update', {
    id: both,
    version: 1,
    content: 'Broad beans, spinach and the first lettuce, under glass.',
  });
  await memory.pane.getByText('This was changed elsewhere').waitFor();
  await inEveryForm(loci, async (form) => {
    await memory.pane.getByText('This was changed elsewhere').waitFor();
    await take(loci, `memory-conflict-${form}`);
  });
  await memory.button('Keep mine').click();
  await expect.poll(async () => (await memory.read(both)).content).toContain('Leeks');
  await ask(loci, 'memories.trash', { ids: [both] });
  await goTo(loci, `#/trash?open=${both}`);
  await memory.pane.getByText(/^Moved to the trash/).waitFor();
  await inEveryForm(loci, (form) => take(loci, `memory-in-trash-${form}`));
  await goTo(loci, '#/memories?open=00000000-0000-7000-8000-000000000000');
  await memory.pane.getByText('no longer in the library').waitFor();
  await inEveryForm(loci, (form) => take(loci, `memory-missing-${form}`));
  await goTo(loci, '#/memories');
  await browse.rows.first().waitFor();
}
