import fs from 'node:fs';
import path from 'node:path';
import { copyApp, launchLoci, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { goTo, inEveryForm, take } from './camera.ts';

/** What is seen where the database does not answer as it should: nothing can be listed, read, found or saved. */
export async function takeTroubles(loci: Loci): Promise<void> {
  const { page, dataDir } = loci;
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({ title: 'Roses', content: 'Roses want sun.', tags: ['garden'] });
  const { id: other } = await memory.create({ content: 'Basil wants shade.' });
  await memory.open(id);
  await memory.edit();
  await behindTheApp(dataDir, ['alter table memory rename to memory_gone']);
  await page.keyboard.type(' And water.');
  // Beside the text and, more quietly, above it.
  const notSaved = memory.pane.getByText('Not saved yet', { exact: true });
  await notSaved.waitFor();
  await inEveryForm(loci, async (form) => {
    await notSaved.waitFor();
    await take(loci, `trouble-saving-${form}`);
  });
  for (const [address, name, words] of [
    ['#/pinned', 'listing', 'The list could not be read'],
    ['#/memories?q=roses', 'searching', 'The search did not work'],
    [`#/memories?open=${other}`, 'reading', 'This memory could not be read'],
  ] as const) {
    await goTo(loci, address);
    const said = page.getByText(words, { exact: true });
    await said.waitFor();
    await inEveryForm(loci, async (form) => {
      await said.waitFor();
      await take(loci, `trouble-${name}-${form}`);
    });
  }
  await behindTheApp(dataDir, ['alter table memory_gone rename to memory']);
}

/** Without the files of the model there are still the words. */
export async function takeWithoutModel(dataDir: string): Promise<void> {
  const appDir = copyApp(dataDir, ['model']);
  const model = path.join(appDir, 'build', 'model');
  for (const name of fs.readdirSync(model, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.onnx')) fs.rmSync(path.join(model, name));
  const loci = await launchLoci({ dataDir, appDir });
  await loci.ready();
  await ask(loci, 'memories.create', { content: 'Roses want sun, and water in the morning.' });
  await goTo(loci, '#/memories?q=roses');
  await loci.page.getByText(/^Found by words alone/).waitFor();
  await new BrowsePage(loci.page).button('Save this search').waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-without-model-${form}`));
  await goTo(loci, '#/status');
  await loci.page.getByRole('heading', { level: 1 }).waitFor();
  await inEveryForm(loci, (form) => take(loci, `status-without-model-${form}`));
  await loci.quit();
}
