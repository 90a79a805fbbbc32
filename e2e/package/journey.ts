import { expect } from '@playwright/test';
import { MemoryPage } from '../pages/memory-page.ts';
import { SearchPage } from '../pages/search-page.ts';
import type { PackagedLoci } from './packaged-loci.ts';

const written = [
  'The plumber comes on Tuesday to mend the leaking tap in the bathroom.',
  'Grandmother bakes her bread with rye flour and lets it rest overnight.',
  'The night train to Vienna leaves at nine from platform four.',
];

/** What everyone does first: writes something down. */
export async function writeDown(loci: PackagedLoci): Promise<void> {
  await loci.searchByMeaningReady();
  const memory = new MemoryPage(loci);
  for (const text of written) {
    await memory.compose(text);
    await loci.page.keyboard.press('Control+Enter');
    await expect
      .poll(() =>
        memory.newest().then(
          ({ content }) => content,
          // There is none yet.
          () => '',
        ),
      )
      .toBe(text);
  }
  await expect
    .poll(() => loci.call('embeddings.progress'), { timeout: 60_000 })
    .toMatchObject({ value: { ready: written.length, pending: 0 } });
}

/** By words that stand nowhere in it. */
export async function findByMeaning(loci: PackagedLoci): Promise<void> {
  await loci.searchByMeaningReady();
  const search = new SearchPage(loci.page);
  await search.search('recipe for a loaf');
  await expect(search.hits.first()).toContainText('rye flour');
}
