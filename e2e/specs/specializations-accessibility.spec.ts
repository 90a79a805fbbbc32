import path from 'node:path';
import { llama8B, writeFolder, writePeft } from '../../main/adapters/testing.ts';
import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { resize } from '../pages/resize.ts';
import { SpecializationsPage } from '../pages/specializations-page.ts';

test('the library of adapters and all that can be done with it are accessible', async ({
  launch,
  dataDir,
}) => {
  test.slow();
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const library = new SpecializationsPage(loci);
  await library.open();
  await library.library.getByText('What you have taught a model').waitFor();
  await expectAccessible(page);

  const files = path.join(dataDir, 'files');
  const place = writePeft(
    path.join(files, 'garden'),
    { model: llama8B, rank: 2, dtype: 'F16', seed: 1, rankOf: (_, layer) => (layer % 2 === 0 ? 2 : 4) },
    { r: 2 },
  );
  writeFolder(files, { 'weights.bin': Buffer.from('80027d71002e', 'hex') });
  await library.drop(path.join(files, 'weights.bin'));
  await library.dialog.waitFor();
  await expectAccessible(page);
  await library.press('Escape');
  await library.dialog.waitFor({ state: 'hidden' });
  await library.drop(place);
  await library.button('Add it').waitFor();
  await expectAccessible(page);
  await library.button('Add it').click();
  await library.map.waitFor();
  await expectAccessible(page);

  const { memory } = (await ask(loci, 'memories.create', { content: 'Prune the roses in February.' })) as {
    memory: { id: string };
  };
  await library.part('Memories').click();
  await library.button('Link memories…').click();
  await library.dialog.getByRole('checkbox').first().check();
  await expectAccessible(page);
  await library.button('Link 1 memory').click();
  await library.pane.getByRole('list', { name: 'Linked memories' }).getByRole('listitem').waitFor();
  await expectAccessible(page);
  await library.part('Use').click();
  await library.section('Recipes').locator('pre').first().waitFor();
  await expectAccessible(page);
  await library.part('History').click();
  await library.section('What was done').getByRole('listitem').first().waitFor();
  await expectAccessible(page);
  await library.press('Escape');
  await library.press('Escape');

  await ask(loci, 'specializations.create', { name: 'Letters', domain: 'Letters to friends' });
  await library.row('Letters').waitFor();
  await expectAccessible(page);
  await library.button('Show as cards').click();
  await expectAccessible(page);
  await library.list.focus();
  await library.press('ControlOrMeta+a');
  await library.bulkBar.waitFor();
  await expectAccessible(page);
  await library.button('Compare').click();
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  await page.getByRole('table').waitFor();
  await expectAccessible(page);

  await page.evaluate(() => {
    window.location.hash = '#/coverage';
  });
  await page.getByRole('heading', { level: 1, name: 'Coverage' }).waitFor();
  await expectAccessible(page);
  await page.evaluate((id) => {
    window.location.hash = `#/memories?open=${id}`;
  }, memory.id);
  await expect(page.getByRole('region', { name: 'Specializations', exact: true })).toContainText('garden');
  await expectAccessible(page);
  await resize(loci, 620, 600);
  await page.evaluate(() => {
    window.location.hash = '#/specializations';
  });
  await library.row('Letters').click();
  await library.pane.waitFor();
  await expectAccessible(page);
});
