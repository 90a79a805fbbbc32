import { expect, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { SearchPage } from '../pages/search-page.ts';
import { goTo, inEveryForm, take } from './camera.ts';

/** A search: what is offered while one types, why something was found, and all that can be said of what was not. */
export async function takeSearches(loci: Loci): Promise<void> {
  const { page } = loci;
  const search = new SearchPage(page);
  const look = async (text: string) => {
    await goTo(loci, '#/memories');
    await search.rows.first().waitFor();
    await search.search(text);
  };

  await inEveryForm(loci, async (form) => {
    await goTo(loci, '#/memories');
    await search.rows.first().waitFor();
    await search.press('ControlOrMeta+k');
    await search.suggestions.waitFor();
    await take(loci, `search-begun-${form}`);
    await page.keyboard.type('garden tag:');
    await search.suggestions.getByRole('option', { name: 'garden' }).first().waitFor();
    await take(loci, `search-suggestions-${form}`);
    // Away with what is offered, with what was typed, and out of the field.
    await search.press('Escape', 'Escape', 'Escape');
  });
  await inEveryForm(loci, async (form) => {
    await look('who repaired our heating');
    // Among those of the first words alone nobody could stay.
    await search.answered('who repaired our heating');
    await search.hitsUnder('About this').first().waitFor();
    await search.press('ArrowDown', 'Space');
    await search.reason.getByRole('button', { name: 'More' }).waitFor();
    await take(loci, `search-why-${form}`);
    await search.reason.getByRole('button', { name: 'More' }).click();
    await search.reason.getByText('It is number').waitFor();
    await take(loci, `search-why-all-${form}`);
    await search.press('Escape');
  });
  await look('tag:gardn importance:huge after:someday roses ');
  await page.getByText('There is no tag').waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-not-understood-${form}`));
  await look('washng machine ');
  await page.getByText('Did you mean').waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-misspelt-${form}`));
  await look('as-of:"last month" garlic ');
  await page.getByText('The library as it was before').waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-as-of-${form}`));
  await look('tag:garden -tomato ');
  await search.hits.first().waitFor();
  await inEveryForm(loci, async (form) => {
    await search.button(/^Order:/).click();
    await page.getByRole('menu').waitFor();
    await take(loci, `search-order-${form}`);
    await search.press('Escape');
  });
  await inEveryForm(loci, async (form) => {
    await search.button('Save this search').click();
    await search.dialog.getByRole('textbox', { name: 'Name' }).waitFor();
    await take(loci, `search-save-${form}`);
    await search.press('Escape');
  });
  const { id } = (await ask(loci, 'savedSearches.create', {
    name: 'Things to do in the garden',
    query: 'tag:garden jobs for the weekend',
  })) as { id: string };
  await goTo(loci, `#/saved/${id}`);
  await expect(search.title).toHaveText('Things to do in the garden');
  await search.hits.first().waitFor();
  await inEveryForm(loci, (form) => take(loci, `saved-search-${form}`));
  await look('is:pinned tag:travel importance:<0.1 ');
  await page.getByText('Nothing passes these filters').waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-filtered-away-${form}`));

  await ask(loci, 'embeddings.pause');
  for (const content of ['A heron stands in the reeds.', 'The otter came back to the river.'])
    await ask(loci, 'memories.create', { content });
  await look('heron ');
  await page.getByText('can’t be found by meaning yet').waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-pending-${form}`));
  await ask(loci, 'embeddings.resume');
}
