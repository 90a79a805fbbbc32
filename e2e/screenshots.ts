/**
 * `npm run screenshots`: every screen of the running app, in light and dark, wide and narrow, into
 * build/screenshots. What the README shows is copied from there by hand, after looking at it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, launchLoci, type Loci } from './fixtures.ts';
import { addAdapters } from './lived-adapters.ts';
import { addLookAlikes, fillWithLife } from './lived-library.ts';
import { ActivityPage } from './pages/activity-page.ts';
import { ask } from './pages/ask.ts';
import { behindTheApp } from './pages/behind-the-app.ts';
import { BrowsePage } from './pages/browse-page.ts';
import { DuplicatesPage } from './pages/duplicates-page.ts';
import { PeoplePage } from './pages/people-page.ts';
import { TimelinePage } from './pages/timeline-page.ts';
import { SpecializationsPage } from './pages/specializations-page.ts';
import { emptyOutDir, inEveryForm, outDir, take } from './pictures/camera.ts';
import { takeCaptures } from './pictures/captures.ts';
import { takeFull } from './pictures/full.ts';
import { takeEmptyLists, takeLists } from './pictures/lists.ts';
import { takeMemories } from './pictures/memories.ts';
import { takeSearches } from './pictures/searches.ts';
import { takeTroubles, takeWithoutModel } from './pictures/troubles.ts';
import { withDisplay } from '../scripts/display.mjs';

/** Each begins with a library of its own: `npm run screenshots -- lived failed` takes only these, beside the others. */
const groups: Readonly<Record<string, (dataDir: string) => Promise<void>>> = {
  ready: takeReady,
  lived: takeLived,
  'in-use': takeInUse,
  specializations: takeSpecializations,
  crowded: takeCrowded,
  troubled: takeTroubled,
  'without-model': takeWithoutModel,
  failed: takeFailed,
};

export async function run(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in groups));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}.`);
    return 2;
  }
  if (names.length === 0) emptyOutDir();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-'));
  const failed: string[] = [];
  await withDisplay(
    async () => {
      try {
        for (const [name, takeGroup] of Object.entries(groups)) {
          if (names.length > 0 && !names.includes(name)) continue;
          try {
            await takeGroup(path.join(scratch, name));
          } catch (error) {
            // The others are worth looking at all the same.
            failed.push(name);
            console.error(name, error);
          }
        }
      } finally {
        fs.rmSync(scratch, { recursive: true, force: true });
      }
    },
    { say: console.error },
  );
  console.log(`${fs.readdirSync(outDir).length} screenshots in ${path.relative(process.cwd(), outDir)}`);
  return failed.length > 0 ? 1 : 0;
}

async function takeReady(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  await inEveryForm(loci, async (form) => {
    for (const name of ['memories', 'settings', 'status']) {
      await loci.page.evaluate((view) => {
        window.location.hash = `#/${view}`;
      }, name);
      await loci.page.getByRole('heading', { level: 1 }).waitFor();
      if (name === 'status') await loci.page.getByText('Together').waitFor();
      await take(loci, `${name === 'memories' ? 'start' : name}-${form}`);
    }
  });
  await takeEmptyLists(loci);
  await loci.quit();
}

/** What a person sees day by day: two years of notes, looked through, read and searched. */
async function takeLived(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  const { page } = loci;
  const { id } = await fillWithLife(loci);
  await expect
    .poll(() => ask(loci, 'embeddings.progress'), { timeout: 120_000 })
    .toMatchObject({ pending: 0, failed: 0 });
  const go = (address: string) =>
    page.evaluate((hash) => {
      window.location.hash = hash;
    }, address);
  const browse = new BrowsePage(page);
  const searchFor = async (text: string, answer: RegExp) => {
    await go(`#/memories?q=${encodeURIComponent(text)}`);
    await browse.list.getByText(answer).first().waitFor();
  };

  await go(`#/memories?open=${id}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await inEveryForm(loci, (form) => take(loci, `memory-${form}`));
  await go('#/memories');
  await browse.rows.first().waitFor();
  await inEveryForm(loci, (form) => take(loci, `memories-${form}`));
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  await go(`#/memories?after=${dayAgo(300)}&before=${dayAgo(120)}`);
  await new TimelinePage(page).chosenBars.first().waitFor();
  await inEveryForm(loci, (form) => take(loci, `time-chosen-${form}`));
  await searchFor('who repaired our heating', /boiler/);
  await inEveryForm(loci, (form) => take(loci, `search-hint-${form}`));
  await page.getByRole('button', { name: 'I have read this hint' }).click();
  await inEveryForm(loci, (form) => take(loci, `search-${form}`));
  await searchFor('tag:garden when to harvest', /garlic/);
  await inEveryForm(loci, (form) => take(loci, `search-filter-${form}`));
  await go('#/memories?q=quantum%20chromodynamics%20lattice');
  await page.getByText(/Nothing in your library is about this/).waitFor();
  await inEveryForm(loci, (form) => take(loci, `search-nothing-${form}`));
  await go('#/tags');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await inEveryForm(loci, (form) => take(loci, `tags-${form}`));
  await go('#/memories');
  // In a narrow window, a click alone would open it.
  await browse.rows.first().click({ modifiers: ['ControlOrMeta'] });
  await browse.rows.nth(3).click({ modifiers: ['Shift'] });
  await browse.bulkBar.waitFor();
  await inEveryForm(loci, (form) => take(loci, `chosen-${form}`));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+n');
  await page.getByRole('form', { name: 'New memory' }).waitFor();
  await page.keyboard.type('A rain barrel under the shed roof could feed the drip line.');
  await inEveryForm(loci, (form) => take(loci, `composer-${form}`));
  await page.keyboard.press('Escape');
  await takeLookAlikes(loci);
  await page.keyboard.press('Escape');
  await takeMemories(loci, id);
  await takeSearches(loci);
  await takeCaptures(loci);
  await takeLists(loci);
  await loci.quit();
}

async function takeCrowded(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  await takeFull(loci);
  await loci.quit();
}

async function takeTroubled(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  await takeTroubles(loci);
  await loci.quit();
}

/** The same written down again: nothing of it yet, all of it, two side by side, made one by hand, and while it is written. */
async function takeLookAlikes(loci: Loci): Promise<void> {
  const { page } = loci;
  await page.evaluate(() => {
    window.location.hash = '#/duplicates';
  });
  const duplicates = new DuplicatesPage(page);
  await page.getByText('Nothing here twice').waitFor();
  await inEveryForm(loci, (form) => take(loci, `look-alikes-none-${form}`));
  await addLookAlikes(loci);
  await duplicates.rows.nth(2).waitFor();
  await inEveryForm(loci, (form) => take(loci, `look-alikes-${form}`));
  await duplicates.rows.filter({ hasText: 'harbour' }).click();
  await inEveryForm(loci, async (form) => {
    await duplicates.right.waitFor();
    await take(loci, `look-alikes-pair-${form}`);
  });
  await duplicates.button(/^Merge by hand/).click();
  await duplicates.editor.waitFor();
  await inEveryForm(loci, async (form) => {
    await duplicates.editor.waitFor();
    await take(loci, `look-alikes-merge-${form}`);
  });
  await page.keyboard.press('Control+n');
  await page.getByRole('form', { name: 'New memory' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('The spare key of the cellar hangs behind the blue jacket in the hall.');
  await page.getByText('You already have this').waitFor();
  await inEveryForm(loci, (form) => take(loci, `composer-known-${form}`));
}

/** A library that somebody has worked in, with more than one person, and then with something amiss. */
async function takeInUse(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.ready();
  const { page } = loci;
  const ids: string[] = [];
  for (const content of ['The valve is behind the shed.', 'Basil wants shade.', 'Prune in February.']) {
    const { memory } = (await ask(loci, 'memories.create', { content, tags: ['garden'] })) as {
      memory: { id: string };
    };
    ids.push(memory.id);
  }
  await ask(loci, 'memories.setImportance', { ids, importance: 0.9 });
  await ask(loci, 'memories.trash', { ids: ids.slice(1) });
  await ask(loci, 'settings.set', { 'trash.keepDays': 60 });
  await ask(loci, 'users.create', { name: 'Work', email: 'work@example.org' });
  await ask(loci, 'users.create', { name: 'Family' });

  const activity = new ActivityPage(page);
  await activity.open();
  await activity.check.getByRole('button', { name: 'Check' }).click();
  await activity.check.getByText('Everything is as it was left').waitFor();
  await activity.lines.nth(1).click();
  await inEveryForm(loci, (form) => take(loci, `activity-${form}`));
  await behindTheApp(dataDir, [
    `update memory set content = 'The valve is in the cellar.' where id = '${ids[0]}'`,
  ]);
  await activity.check.getByRole('button', { name: 'Check again' }).click();
  await activity.check.getByText(/Loci last noted it/).waitFor();
  await inEveryForm(loci, (form) => take(loci, `activity-altered-${form}`));
  await activity.filter.selectOption('Documents');
  await page.getByText('Nothing was done').waitFor();
  await inEveryForm(loci, (form) => take(loci, `activity-empty-${form}`));

  const people = new PeoplePage(page);
  await people.open();
  await people.person('Family').waitFor();
  await inEveryForm(loci, (form) => take(loci, `people-${form}`));
  await inEveryForm(loci, async (form, isNarrow) => {
    if (isNarrow) await people.button('Show the sidebar').click();
    await people.switcher.click();
    await page.getByRole('menuitem', { name: 'Manage people' }).waitFor();
    await take(loci, `people-menu-${form}`);
    await page.keyboard.press('Escape');
    if (isNarrow) await page.keyboard.press('Escape');
  });
  await people.button('Remove Me').click();
  await people.field('To confirm').fill('Me');
  await inEveryForm(loci, (form) => take(loci, `people-remove-${form}`));
  await page.keyboard.press('Escape');
  await people.addButton.click();
  await people.field('Name').fill('Office');
  await people.field('E-mail address').fill('work@example.org');
  await people.button('Add person').click();
  await page.getByText('has this e-mail address already').waitFor();
  await inEveryForm(loci, (form) => take(loci, `people-add-${form}`));
  await loci.quit();
}

/** A library that cannot be opened: it claims to be of another database version. */
async function takeFailed(dataDir: string): Promise<void> {
  const data = path.join(dataDir, 'library', 'postgres');
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(data, 'PG_VERSION'), '16\n');
  const loci = await launchLoci({ dataDir });
  await loci.page.getByRole('alert').waitFor();
  await inEveryForm(loci, (form) => take(loci, `failure-${form}`));
  await loci.quit();
}

/** Adapters that somebody has gathered in the course of time, and the memories they belong to. */
async function takeSpecializations(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  const { page } = loci;
  const library = new SpecializationsPage(loci);
  await library.open();
  await library.library.getByText('What you have taught a model').waitFor();
  await inEveryForm(loci, (form) => take(loci, `adapters-none-${form}`));
  await fillWithLife(loci);
  const { ids, pickle, folder } = await addAdapters(loci, path.join(dataDir, 'files'));
  const [first = '', second = ''] = ids;
  await expect
    .poll(() => ask(loci, 'embeddings.progress'), { timeout: 120_000 })
    .toMatchObject({ pending: 0, failed: 0 });
  const go = (address: string) =>
    page.evaluate((hash) => {
      window.location.hash = hash;
    }, address);
  const show = async (address: string, name: string, seen: () => Promise<void>) => {
    await go(address);
    await inEveryForm(loci, async (form) => {
      await seen();
      await take(loci, `${name}-${form}`);
    });
  };

  await show('#/specializations', 'adapters', () => library.rows.first().waitFor());
  await library.button('Show as cards').click();
  await inEveryForm(loci, (form) => take(loci, `adapters-cards-${form}`));
  await library.button('Show as a table').click();
  await library.drop(pickle);
  await inEveryForm(loci, (form) => take(loci, `adapters-refused-${form}`));
  await library.press('Escape');
  await library.drop(folder);
  await library.button('Add it').waitFor();
  await inEveryForm(loci, (form) => take(loci, `adapters-add-${form}`));
  await library.press('Escape');
  await show(`#/specializations?open=${first}`, 'adapter', () => library.map.waitFor());
  for (const [part, seen] of [
    ['Memories', () => library.section('Linked memories').getByRole('listitem').first()],
    ['Use', () => library.section('Training set').getByRole('status')],
    ['History', () => library.section('What was done').getByRole('listitem').first()],
  ] as const) {
    await library.part(part).click();
    await seen().waitFor();
    await inEveryForm(loci, (form) => take(loci, `adapter-${part.toLowerCase()}-${form}`));
  }
  await library.part('Adapter').click();
  await show('#/specializations?q=missing:yes', 'adapters-missing', () => library.rows.first().waitFor());
  await show('#/specializations?q=when%20to%20cut%20and%20water%20plants', 'adapters-search', () =>
    library.rows.first().waitFor(),
  );
  await show(`#/specializations?pair=${first},${second}`, 'adapters-compare', () =>
    page.getByRole('table').waitFor(),
  );
  await show('#/coverage', 'coverage', () =>
    page.getByRole('list', { name: 'What is not covered' }).getByRole('listitem').first().waitFor(),
  );
  await loci.quit();
}
