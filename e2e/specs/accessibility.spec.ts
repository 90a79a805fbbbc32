import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';

test('the first screen and the status are accessible', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  await expect(loci.page.getByRole('heading', { level: 2 })).toHaveText('Your library is ready');
  await expectAccessible(loci.page);
  await loci.page.getByRole('link', { name: 'Status' }).click();
  await expect(loci.page.getByText('Together')).toBeVisible();
  await expectAccessible(loci.page);
});

test('a library that cannot be opened is explained where a screen reader finds it', async ({
  launch,
  dataDir,
}) => {
  const data = path.join(dataDir, 'library', 'postgres');
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(data, 'PG_VERSION'), '16\n');
  const loci = await launch();
  await expect(loci.page.getByRole('alert')).toBeVisible();
  await expectAccessible(loci.page);
});

test('everything can be reached and used by keyboard alone', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'All memories' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'Pinned' })).toBeFocused();
  await page.getByRole('link', { name: 'Status' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Status');
  // What the report tells comes a little later than the page.
  await expect(page.getByRole('button', { name: 'Copy location' })).toBeVisible();
  const seen = new Set<string>();
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press('Tab');
    seen.add(
      await page.evaluate(() => {
        const focused = document.activeElement;
        return (focused?.closest('label') ?? focused)?.textContent?.trim() ?? '';
      }),
    );
  }
  expect([...seen]).toEqual(
    expect.arrayContaining(['Copy location', 'Show library folder', 'Show log files']),
  );
});
