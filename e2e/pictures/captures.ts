import type { Page } from '@playwright/test';
import type { Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { dropFiles } from '../pages/drop-files.ts';
import { inEveryForm, inEveryTheme, take, takeOf } from './camera.ts';

const textIn = (window: Page) => window.getByRole('textbox', { name: 'Text', exact: true });

/** The small window over other programs, and several files that were dropped. */
export async function takeCaptures(loci: Loci): Promise<void> {
  const { page } = loci;
  await inEveryForm(loci, async (form) => {
    await dropFiles(page, [
      {
        name: 'Minutes of the allotment society, with what was said about the hedge.md',
        text: 'The hedge stays.',
      },
      { name: 'Seeds.txt', text: 'Beans, leeks, marigolds\n'.repeat(40) },
    ]);
    await page.getByRole('button', { name: 'Keep 2 memories' }).waitFor();
    await take(loci, `keep-files-${form}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.dialog').waitFor({ state: 'hidden' });
  });

  const [window] = await Promise.all([loci.app.waitForEvent('window'), ask(loci, 'capture.open')]);
  await textIn(window).waitFor();
  await inEveryTheme(loci, (theme) => takeOf(window, `capture-${theme}`));
  await window.keyboard.type('The ferry to the island runs every hour, the last one back at ten past eight.');
  await inEveryTheme(loci, (theme) => takeOf(window, `capture-written-${theme}`));
  await window.getByRole('button', { name: 'Clear' }).click();
  await window.keyboard.press('Escape');
}
