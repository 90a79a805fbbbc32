import { expect } from '@playwright/test';
import { MemoryPage } from '../pages/memory-page.ts';
import { SearchPage } from '../pages/search-page.ts';
import { SpecializationsPage } from '../pages/specializations-page.ts';
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
  // Where one was at the end, one is at the next start, and searches there.
  await search.link('All memories').click();
  await search.search('recipe for a loaf');
  await expect(search.hits.first()).toContainText('rye flour');
}

/** Drops an adapter on the window and ties it to what was written. @param place of its folder, as Loci sees it */
export async function addAdapter(loci: PackagedLoci, place: string): Promise<void> {
  const library = new SpecializationsPage(loci);
  await library.open();
  await library.drop(place);
  await expect(library.dialog).toContainText('Fits Llama');
  await library.button('Add it').click();
  await expect(library.section('Verdict')).toContainText('All that it says of itself agrees');
  await library.part('Memories').click();
  await library.button('Link memories…').click();
  await library.dialog.getByRole('checkbox', { name: /rye flour/ }).check();
  await library.button('Link 1 memory').click();
  await library.news('Linked 1 memory').waitFor();
}

/** By what its memories mean, in words that none of them holds. */
export async function findAdapter(loci: PackagedLoci, name: string): Promise<void> {
  const library = new SpecializationsPage(loci);
  await library.open();
  await library.search.fill('recipe for a loaf');
  await expect(library.row(name)).toContainText('its memories are about this', { ignoreCase: true });
  await library.row(name).click();
  await expect(library.section('Verdict')).toContainText('Fits Llama-3.1-8B');
}
