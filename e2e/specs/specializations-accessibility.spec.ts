import type { Page } from '@playwright/test';
import path from 'node:path';
import { llama8B, writeFolder, writePeft } from '../../main/adapters/testing.ts';
import { expect, test } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { resize } from '../pages/resize.ts';
import { SpecializationsPage } from '../pages/specializations-page.ts';

/** What is still coming or going is as pale as it is for a moment only. */
async function expectAccessibleAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((animation) => Number.isFinite(Number(animation.effect?.getComputedTiming().endTime)));
    await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)));
  });
  await expectAccessible(page);
}

for (const theme of ['light', 'dark'] as const) {
  test(`the library of adapters and all that can be done with it are accessible in ${theme}`, async ({
    launch,
    dataDir,
  }) => {
    test.slow();
    const loci = await launch();
    await loci.ready();
    const { page } = loci;
    const library = new SpecializationsPage(loci);
    await ask(loci, 'settings.set', { 'appearance.theme': theme });
    await library.open();
    await library.library.getByText('What you have taught a model').waitFor();
    await expectAccessibleAtRest(page);

    const files = path.join(dataDir, 'files');
    const place = writePeft(
      path.join(files, 'garden'),
      { model: llama8B, rank: 2, dtype: 'F16', seed: 1, rankOf: (_, layer) => (layer % 2 === 0 ? 2 : 4) },
      { r: 2 },
    );
    writeFolder(files, { 'weights.bin': Buffer.from('80027d71002e', 'hex') });
    await library.drop(path.join(files, 'weights.bin'));
    await library.dialog.waitFor();
    await expectAccessibleAtRest(page);
    await library.press('Escape');
    await library.dialog.waitFor({ state: 'hidden' });
    await library.drop(place);
    await library.button('Add it').waitFor();
    await expectAccessibleAtRest(page);
    await library.button('Add it').click();
    await library.map.waitFor();
    await expectAccessibleAtRest(page);

    const { memory } = (await ask(loci, 'memories.create', { content: 'Prune the roses in February.' })) as {
      memory: { id: string };
    };
    await library.part('Memories').click();
    await library.button('Link memories…').click();
    await library.dialog.getByRole('checkbox').first().check();
    await expectAccessibleAtRest(page);
    await library.button('Link 1 memory').click();
    await library.pane.getByRole('list', { name: 'Linked memories' }).getByRole('listitem').waitFor();
    await expectAccessibleAtRest(page);
    await library.part('Use').click();
    await library.section('Recipes').locator('pre').first().waitFor();
    await expectAccessibleAtRest(page);
    await library.part('History').click();
    await library.section('What was done').getByRole('listitem').first().waitFor();
    await expectAccessibleAtRest(page);
    await library.press('Escape');
    await library.press('Escape');

    await ask(loci, 'specializations.create', { name: 'Letters', domain: 'Letters to friends' });
    await library.row('Letters').waitFor();
    await expectAccessibleAtRest(page);
    await library.button('Show as cards').click();
    await expectAccessibleAtRest(page);
    await library.list.focus();
    await library.press('ControlOrMeta+a');
    await library.bulkBar.waitFor();
    await expectAccessibleAtRest(page);
    await library.button('Compare').click();
    await page.getByRole('heading', { name: 'Side by side' }).waitFor();
    await page.getByRole('table').waitFor();
    await expectAccessibleAtRest(page);

    await page.evaluate(() => {
      window.location.hash = '#/coverage';
    });
    await page.getByRole('heading', { level: 1, name: 'Coverage' }).waitFor();
    await expectAccessibleAtRest(page);
    await page.evaluate((id) => {
      window.location.hash = `#/memories?open=${id}`;
    }, memory.id);
    await expect(page.getByRole('region', { name: 'Specializations', exact: true })).toContainText('garden');
    await expectAccessibleAtRest(page);
    await resize(loci, 620, 600);
    await page.evaluate(() => {
      window.location.hash = '#/specializations';
    });
    await library.row('Letters').click();
    await library.pane.waitFor();
    await expectAccessibleAtRest(page);
  });
}
