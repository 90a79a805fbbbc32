import { AxeBuilder } from '@axe-core/playwright';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type Loci } from '../fixtures.ts';

async function expectNoViolations({ page }: Loci): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

for (const theme of ['light', 'dark'] as const) {
  test(`start and status are accessible in ${theme}`, async ({ launch }) => {
    const loci = await launch();
    await loci.searchByMeaningReady();
    await loci.call('settings.set', { 'appearance.theme': theme });
    await expect(loci.page.getByRole('heading', { level: 1 })).toHaveText('Your library is ready');
    await expectNoViolations(loci);
    await loci.page.getByRole('link', { name: 'Status' }).click();
    await expect(loci.page.getByText('Together')).toBeVisible();
    await expectNoViolations(loci);
  });
}

test('a library that cannot be opened is explained where a screen reader finds it', async ({
  launch,
  dataDir,
}) => {
  const data = path.join(dataDir, 'library', 'postgres');
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(data, 'PG_VERSION'), '16\n');
  const loci = await launch();
  await expect(loci.page.getByRole('alert')).toBeVisible();
  await expectNoViolations(loci);
});

test('everything can be reached and used by keyboard alone', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Start' })).toBeFocused();
  await page.keyboard.press('Tab');
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
    expect.arrayContaining(['Copy location', 'Show library folder', 'Show log files', 'System']),
  );
});
