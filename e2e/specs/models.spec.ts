import fs from 'node:fs';
import path from 'node:path';
import { makeOtherModel } from '../../main/embedding/other-models.ts';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { addManyMemories } from '../pages/many-memories.ts';
import { ModelsPage } from '../pages/models-page.ts';
import { resize } from '../pages/resize.ts';
import { SearchPage } from '../pages/search-page.ts';

const other = makeOtherModel('other-model', 256);
test.afterAll(() => other[Symbol.dispose]());

const texts = [
  'The plumber comes on Tuesday to mend the leaking tap in the bathroom.',
  'Grandmother bakes her bread with rye flour and lets it rest overnight.',
  'The night train to Vienna leaves at nine from platform four.',
];

async function fill(loci: Loci, more = 0): Promise<void> {
  await loci.searchByMeaningReady();
  for (const content of texts) await ask(loci, 'memories.create', { content });
  if (more > 0) await addManyMemories(loci, more, '2026-01-01');
  await expect
    .poll(() => loci.call('embeddings.progress'), { timeout: 60_000 })
    .toMatchObject({ value: { ready: texts.length + more, pending: 0 } });
}

async function expectFound(loci: Loci): Promise<void> {
  const search = new SearchPage(loci.page);
  await search.search('recipe for a loaf');
  await expect(search.hitsUnder('About this').first()).toContainText('rye flour');
  await search.press('Escape', 'Escape');
}

test('another model is prepared while search stays as it is, takes over, can be left by one click, and removed', async ({
  launch,
  dataDir,
}) => {
  test.slow();
  const loci = await launch();
  const models = new ModelsPage(loci);
  await fill(loci, 600);
  await models.open();
  await expect(models.inUse).toContainText('all-MiniLM-L6-v2');
  await expect(models.inUse).toContainText('384 numbers for each of 603 pieces of text · 24 MB of files');
  await expect(models.read).toContainText(/ready\s*603\s*waiting\s*0\s*failed\s*0/);
  await expect(models.read).toContainText('Every memory can be found by meaning.');

  await models.add(other.folder);
  await expect(models.dialog).toContainText('256 numbers');
  await expect(models.dialog).toContainText('reads 603 memories with it');
  await models.press('Enter');
  const row = models.other('other-model');
  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row).toContainText('Paused');
  await expect(row.getByRole('button', { name: 'Go on' })).toBeFocused();
  await expect(models.inUse).toContainText(
    'Search stays on all-MiniLM-L6-v2 while other-model is being prepared',
  );
  await expectFound(loci);

  await models.open();
  await row.getByRole('button', { name: 'Go on' }).click();
  const back = models.inUse.getByRole('button', { name: 'Go back to all-MiniLM-L6-v2' });
  await back.waitFor({ timeout: 60_000 });
  await expect(models.inUse).toContainText('256 numbers');
  await expect(models.read).toContainText(/ready\s*603\s*waiting\s*0/);
  expect(await ask(loci, 'models.list')).toMatchObject([
    { dimension: 384, inUse: false },
    { dimension: 256, inUse: true, ready: 603, pending: 0 },
  ]);
  await expectFound(loci);

  await models.open();
  await back.click();
  await expect(models.inUse).toContainText('384 numbers');
  await expect(models.inUse.getByRole('button', { name: 'Go back to other-model' })).toBeVisible();
  await expectFound(loci);

  await models.open();
  const kept = path.join(dataDir, 'models');
  expect(fs.readdirSync(kept)).toHaveLength(1);
  await row.getByRole('button', { name: 'Remove…' }).click();
  await expect(models.dialog).toContainText(/frees about [\d.]+ [kM]B in the library/);
  await expect(models.dialog).toContainText('24 MB of files on this computer');
  await models.dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect(models.dialog).toBeHidden();
  await expect(row).toHaveCount(0);
  await expect(models.button('Add a model…')).toBeFocused();
  await expect.poll(() => fs.readdirSync(kept)).toEqual([]);
  await expectFound(loci);
});

test('what is being prepared can be stopped, outlives the app, and is taken up again', async ({ launch }) => {
  test.slow();
  const first = await launch();
  const before = new ModelsPage(first);
  await fill(first, 600);
  await before.open();
  await before.add(other.folder);
  await before.dialog.getByRole('button', { name: 'Prepare it' }).click();
  await before.other('other-model').getByRole('button', { name: 'Cancel' }).click();
  await expect(before.other('other-model')).toContainText('Stopped');
  await before.other('other-model').getByRole('button', { name: 'Go on' }).click();
  await before.other('other-model').getByRole('button', { name: 'Pause' }).click();
  await expect(before.other('other-model')).toContainText('Paused');
  await first.quit();

  const second = await launch();
  await second.searchByMeaningReady();
  const after = new ModelsPage(second);
  await after.open();
  await expect(after.inUse).toContainText('384 numbers');
  await after.other('other-model').getByRole('button', { name: 'Go on' }).click();
  await expect(after.inUse).toContainText('256 numbers', { timeout: 60_000 });
});

test('a folder that is no model is refused, with what it lacks and what to do', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  const models = new ModelsPage(loci);
  await loci.searchByMeaningReady();
  await fill(loci);
  await models.open();
  const folder = path.join(dataDir, 'not-a-model');
  fs.mkdirSync(folder);
  await models.add(folder);
  await expect(models.refusal).toHaveText(
    'There is no model in this folder. Choose one that holds config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (or onnx/model_quantized.onnx).',
  );
  fs.cpSync(other.folder, folder, { recursive: true });
  fs.rmSync(path.join(folder, 'tokenizer.json'));
  await models.add(folder);
  await expect(models.refusal).toContainText('This folder lacks tokenizer.json.');
  await models.add(path.join(other.folder, 'onnx'));
  await expect(models.refusal).toContainText('The folder “other-model” around it holds one: choose that.');
  fs.writeFileSync(path.join(folder, 'tokenizer.json'), '{}');
  fs.writeFileSync(path.join(folder, 'tokenizer_config.json'), '{"tokenizer_class":"T5Tokenizer"}');
  await models.add(folder);
  await expect(models.refusal).toContainText('Its tokenizer, T5Tokenizer, is of a kind that Loci cannot use');
  await expect(models.others.getByRole('listitem')).toHaveCount(0);
  await expectFound(loci);
});

test('what waits and what failed is counted to the memory, wherever it is told, and can be tried again', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  const models = new ModelsPage(loci);
  await fill(loci);
  await models.open();
  await models.read.getByRole('button', { name: 'Pause reading' }).click();
  await expect(models.read).toContainText('Paused until you resume it');
  await ask(loci, 'memories.create', { content: 'Written while reading is paused.' });
  await expect(models.read).toContainText(/ready\s*3\s*waiting\s*1\s*failed\s*0/);
  await expect(models.sidebar).toContainText('Reading is paused: 1 memory waiting');
  await behindTheApp(dataDir, [
    `delete from chunk_embedding where memory_id = (select id from memory where content like '%plumber%')`,
    `update memory_chunk set status = 'failed', attempts = 1, error = 'It was too odd.', retry_at = now() + interval '1 day'
     where memory_id = (select id from memory where content like '%plumber%')`,
  ]);
  await models.read.getByRole('button', { name: 'Resume reading' }).click();
  await expect(models.read).toContainText(/ready\s*3\s*waiting\s*0\s*failed\s*1/);
  await expect(models.read).toContainText('Why some failed: It was too odd.');
  await models.sidebar.getByRole('link', { name: 'Could not read 1 memory' }).waitFor();
  await models.link('Status').click();
  const status = loci.page.getByRole('main').or(loci.page.locator('.page')).first();
  await expect(status).toContainText(/Memories ready\s*3\s*Waiting\s*0\s*Failed\s*1\. It was too odd\./);
  await loci.page.getByRole('link', { name: 'Change the model in Settings' }).click();
  await models.read.getByRole('button', { name: 'Try failed ones again' }).click();
  await expect(models.read).toContainText(/ready\s*4\s*waiting\s*0\s*failed\s*0/);
  await expect(models.sidebar.getByText('Could not read')).toHaveCount(0);
});

test('changing the model is accessible', async ({ launch, dataDir }) => {
  test.slow();
  const loci = await launch();
  const models = new ModelsPage(loci);
  await fill(loci);
  await models.open();
  await models.add(dataDir);
  await models.refusal.waitFor();
  await expectAccessible(loci.page);
  await models.add(other.folder);
  await models.dialog.waitFor();
  await expectAccessible(loci.page);
  const row = models.other('other-model');
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  // Somebody holds on to the table: it goes no further, as with a library of millions.
  const holding = behindTheApp(
    dataDir,
    ['begin', 'lock table chunk_embedding in exclusive mode'],
    async () => {
      held.resolve();
      await release.promise;
    },
  );
  await held.promise;
  await models.dialog.getByRole('button', { name: 'Prepare it' }).click();
  await expect(row).toContainText('0 of 3 memories read');
  await expectAccessible(loci.page);
  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row).toContainText('Paused');
  release.resolve();
  await holding;
  await row.getByRole('button', { name: 'Cancel' }).click();
  await expect(row).toContainText('Stopped');
  await row.getByRole('button', { name: 'Remove…' }).click();
  await models.dialog.waitFor();
  await expectAccessible(loci.page);
  await models.press('Escape');
  await models.dialog.waitFor({ state: 'hidden' });
  await resize(loci, 620, 600);
  await expectAccessible(loci.page);
});
