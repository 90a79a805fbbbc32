import fs from 'node:fs';
import path from 'node:path';
import {
  safetensors,
  gguf,
  ggufTensors,
  llama8B,
  peftTensors,
  writeFolder,
  writePeft,
} from '../../main/adapters/testing.ts';
import { root } from '../../scripts/places.mjs';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { SpecializationsPage } from '../pages/specializations-page.ts';

/** Small enough to be written, and of the shapes of a real model. */
const garden = { model: llama8B, targets: ['q_proj', 'v_proj'], rank: 2, dtype: 'F16', seed: 1 };

async function remember(loci: Loci, contents: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const content of contents) {
    const { memory } = (await ask(loci, 'memories.create', { content })) as { memory: { id: string } };
    ids.push(memory.id);
  }
  return ids;
}

async function addFrom(page: SpecializationsPage, place: string): Promise<void> {
  await page.willChoose(place);
  await page.button('Add').click();
  await page.menuItem(fs.statSync(place).isDirectory() ? 'Choose a folder…' : 'Choose a file…').click();
}

test('an adapter is dropped, looked at, tied to memories, found by what they mean, used, lost and found again', async ({
  launch,
  dataDir,
}) => {
  test.slow();
  const loci = await launch();
  await loci.searchByMeaningReady();
  const library = new SpecializationsPage(loci);
  const files = path.join(dataDir, 'files');
  const place = writePeft(path.join(files, 'gl-v2'), garden, { r: 2, lora_alpha: 4 });
  await remember(loci, [
    'Tomatoes want water in the early morning, never on their leaves.',
    'Prune the roses in February, before the buds swell.',
    'The dentist moved my appointment to Thursday.',
  ]);

  // Dropped: it says what it is before anything is kept.
  await library.open();
  await expect(library.library.getByText('What you have taught a model')).toBeVisible();
  await library.drop(place);
  await expect(library.dialog).toContainText('Fits Llama');
  await expect(library.dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('gl-v2');
  await library.button('Add it').click();

  // Looked at.
  await expect(library.pane.getByRole('textbox', { name: 'Name' })).toHaveValue('gl-v2');
  await expect(library.section('Verdict')).toContainText('Fits Llama-3.1-8B');
  await expect(library.section('Verdict')).toContainText('All that it says of itself agrees');
  await expect(library.map).toHaveAccessibleName(/64 modules of rank 2: .*q_proj.* in each of 32 layers/);
  await expect(library.dialog).toBeHidden();
  await library.map.focus();
  await library.press('ArrowRight', 'End');
  await expect(library.section('Where it reaches').locator('figcaption')).toContainText(
    /q_proj, layer 31: rank 2/,
  );
  await expect(library.section('Integrity').locator('code')).toHaveText([/^[0-9a-f]{64}$/, /^[0-9a-f]{64}$/]);
  await library.button(/^Check the weights/).click();
  await expect(library.section('Integrity')).toContainText('All 128 tensors are sound');

  // Tied to memories: two by hand.
  await library.part('Memories').click();
  await library.button('Link memories…').click();
  await library.dialog.getByRole('checkbox', { name: /Tomatoes/ }).check();
  await library.dialog.getByRole('checkbox', { name: /roses/ }).check();
  await library.button('Link 2 memories').click();
  await library.news('Linked 2 memories to “gl-v2”').waitFor();
  await expect(library.pane.getByRole('list', { name: 'Linked memories' }).getByRole('listitem')).toHaveCount(
    2,
  );

  // Found by a sentence that shares no word with its name, nor with anything else it says of itself.
  await expect
    .poll(async () => {
      const found = (await ask(loci, 'specializations.search', {
        text: 'when should I care for my plants',
      })) as {
        relevant: number;
      };
      return found.relevant;
    })
    .toBe(1);
  await library.search.fill('when should I care for my plants');
  await expect(library.row('gl-v2')).toContainText('its memories are about this', { ignoreCase: true });
  await library.list.focus();
  await library.press('Home', ' ');
  await expect(loci.page.getByRole('dialog', { name: 'Why it is here' })).toContainText(
    /Its memories are about this \(0\.\d\d\).*Meaning/s,
  );
  await library.press('Escape');
  await expect(library.list).toBeFocused();
  await library.search.fill('ba');
  await library.suggestions.getByRole('option', { name: /^base:/ }).click();
  await library.suggestions.getByRole('option', { name: /Llama-3\.1-8B/ }).click();
  await expect(library.search).toHaveValue(/^base:Llama-3\.1-8B\S* $/);
  await expect(library.rows).toHaveCount(1);

  // Used.
  await library.part('Use').click();
  await library.pane.getByRole('combobox', { name: 'With' }).selectOption('ollama');
  const recipe = library.section('Recipes').locator('pre').first();
  await expect(recipe).toContainText('FROM ');
  await expect(recipe).toContainText('ADAPTER ');
  await expect(recipe).toContainText(place);
  await library.section('Training set').getByRole('combobox', { name: 'As' }).selectOption('Plain text');
  await expect(library.section('Training set').getByRole('status')).toContainText('2 examples');
  const examples = path.join(files, 'examples.jsonl');
  await library.willSaveAs(examples);
  await library.button('Export 2 examples…').click();
  await expect(library.section('Training set')).toContainText('The training set is written');
  const lines = fs.readFileSync(examples, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { text: string }).text).toSorted()).toEqual([
    'Prune the roses in February, before the buds swell.',
    'Tomatoes want water in the early morning, never on their leaves.',
  ]);

  // Lost, because it was moved, and found again.
  const moved = path.join(files, 'elsewhere');
  fs.renameSync(place, moved);
  await library.button('Clear the search').click();
  await library.button('View and actions').click();
  await library.menuItem('Look for missing files').click();
  await library.news('1 missing').waitFor();
  await expect(library.row('gl-v2')).toContainText('File missing');
  await expect(library.pane.getByRole('alert')).toContainText('Its file is missing');
  await library.willChoose(moved);
  await library.button('Locate its folder…').click();
  await expect(library.pane.getByRole('alert')).toBeHidden();
  await expect(library.row('gl-v2')).not.toContainText('File missing');
});

test('what is no adapter is refused, with what it is and what to do', async ({ launch, dataDir }) => {
  const loci = await launch();
  await loci.ready();
  const library = new SpecializationsPage(loci);
  await library.open();
  const files = path.join(dataDir, 'files');
  writeFolder(files, {
    'adapter_model.bin': Buffer.concat([Buffer.from('80027d7100', 'hex'), Buffer.alloc(100)]),
    'cut-off.safetensors': safetensors(peftTensors({ seed: 1 })).subarray(0, 900),
    'notes.txt': 'Nothing to see here.',
  });
  const model = fs
    .readdirSync(path.join(root, 'build', 'model'), { recursive: true, encoding: 'utf8' })
    .find((name) => name.endsWith('.onnx'));
  const refusals: readonly (readonly [string, RegExp, RegExp])[] = [
    ['adapter_model.bin', /This file could run programs/, /never opens such files/],
    ['cut-off.safetensors', /cut off/, /Download or copy it again/],
    ['notes.txt', /not an adapter/, /Choose a \.safetensors or \.gguf file/],
  ];
  for (const [name, title, advice] of refusals) {
    await addFrom(library, path.join(files, name));
    await expect(library.dialog.getByRole('heading')).toHaveText(title);
    await expect(library.dialog).toContainText(advice);
    await library.dialog.getByRole('button', { name: 'Close' }).click();
    await library.dialog.waitFor({ state: 'hidden' });
  }
  expect(model).toBeDefined();
  await addFrom(library, path.join(root, 'build', 'model', model ?? ''));
  await expect(library.dialog.getByRole('heading')).toHaveText(/This is (a whole model|not an adapter)/);
  await library.dialog.getByRole('button', { name: 'Close' }).click();
  await library.dialog.waitFor({ state: 'hidden' });
  await expect(library.library.getByText('What you have taught a model')).toBeVisible();
});

test('a folder with many is looked through, and all or some of them are added', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  const library = new SpecializationsPage(loci);
  await library.open();
  const files = path.join(dataDir, 'many');
  writePeft(path.join(files, 'letters'), { seed: 1 });
  writePeft(path.join(files, 'more', 'recipes_lora'), { seed: 2 });
  writeFolder(files, {
    'tax.gguf': gguf(ggufTensors({ seed: 3 })),
    'broken.safetensors': safetensors(peftTensors({ seed: 4 })).subarray(0, 500),
  });
  await library.drop(files);
  await expect(library.dialog.getByRole('heading')).toHaveText(
    /There (is no adapter|are several adapters) in this folder/,
  );
  await library.button('Look through this folder').click();
  await expect(library.dialog.getByRole('checkbox')).toHaveCount(3);
  await expect(library.dialog).toContainText('1 cannot be added');
  await library.dialog.getByRole('checkbox', { name: /tax/ }).uncheck();
  await library.dialog.getByRole('radio', { name: 'Copy into the library' }).check();
  await library.button('Add 2 specializations').click();
  await library.news('Added 2 specializations').waitFor();
  await expect(library.rows).toHaveCount(2);
  await expect(library.row('recipes lora')).toContainText('Copied into the library');
  // A copy needs nothing of what it was made from.
  fs.rmSync(files, { recursive: true });
  await library.button('View and actions').click();
  await library.menuItem('Look for missing files').click();
  await library.news('all where they were').waitFor();
});

test('the library is sorted, filtered, gone through by keyboard, and cleared out and back', async ({
  launch,
  dataDir,
}) => {
  test.slow();
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const library = new SpecializationsPage(loci);
  await library.open();
  for (const [name, rank, format] of [
    ['Garden', 16, 'safetensors'],
    ['Attic', 4, 'gguf'],
    ['Letters', 64, 'safetensors'],
  ] as const) {
    const place =
      format === 'gguf'
        ? path.join(
            writeFolder(path.join(dataDir, 'files'), {
              [`${name}.gguf`]: gguf(ggufTensors({ rank, seed: rank })),
            }),
            `${name}.gguf`,
          )
        : writePeft(path.join(dataDir, 'files', name), { rank, seed: rank }, { r: rank });
    await addFrom(library, place);
    await library.button('Add it').click();
    await library.pane.waitFor();
    await library.pane.getByRole('button', { name: 'Close' }).click();
    await expect(library.row(name)).toBeVisible();
  }

  const names = () => library.rows.locator('bdi.adapter-row__name').allTextContents();
  await library.list.getByRole('columnheader', { name: 'Rank' }).getByRole('button').click();
  await expect.poll(names).toEqual(['Letters', 'Garden', 'Attic']);
  await library.list.getByRole('columnheader', { name: 'Rank' }).getByRole('button').click();
  await expect.poll(names).toEqual(['Attic', 'Garden', 'Letters']);

  await library.button('Show as cards').click();
  await library.list.focus();
  await library.press('Home', 'ArrowRight');
  await expect(library.selected).toContainText('Garden');
  await library.button('Show as a table').click();

  await library.button('Filter').click();
  await library.menuItem(/^GGUF/).click();
  await expect(library.search).toHaveValue('format:gguf');
  await expect(library.rows).toHaveCount(1);
  await library.search.fill('rank:>=16');
  await expect(library.rows).toHaveCount(2);
  await library.search.fill('rank:many');
  await expect(library.library.getByRole('status')).not.toBeEmpty();
  await library.search.press('Escape');
  await expect(library.rows).toHaveCount(3);

  await library.list.focus();
  await library.press('Home', 'Shift+ArrowDown', 'c');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Side by side');
  await expect(page.getByRole('table').getByRole('row', { name: /^Rank / })).toContainText(/4.*16|16.*4/);
  await library.press('Escape');
  await library.list.focus();
  await library.press('ControlOrMeta+a', 'Delete');
  await library.news('Moved 3 specializations to the trash').waitFor();
  await expect(library.library.getByText('What you have taught a model')).toBeVisible();
  await library.press('ControlOrMeta+z');
  await expect(library.rows).toHaveCount(3);
  await library.row('Garden').click();
  await expect(library.pane.getByRole('textbox', { name: 'Name' })).toHaveValue('Garden');
  await library.pane.getByRole('textbox', { name: 'Name' }).fill('Garden and orchard');
  await library.press('Enter');
  await expect(library.row('Garden and orchard')).toBeVisible();
  await library.pane.getByRole('textbox', { name: 'Name' }).fill('Attic');
  await library.press('Enter');
  await expect(library.pane.getByRole('alert')).toContainText('There is a specialization “Attic” already');
});

test('a library of 5,000 opens at once, to its very end', async ({ launch, dataDir }) => {
  test.slow();
  const loci = await launch();
  await loci.ready();
  const library = new SpecializationsPage(loci);
  await behindTheApp(dataDir, [
    `insert into specialization (id, user_id, name, domain, format, base_model, rank, status)
     select uuid_v7(), (select id from app_user limit 1), 'Adapter ' || lpad(n::text, 4, '0'), 'Domain ' || n % 40,
       'safetensors', 'meta-llama/Llama-3.1-8B', 8, 'ready'
     from generate_series(1, 5000) n`,
  ]);
  await library.open();
  await expect(library.library.getByText('5,000 specializations')).toBeVisible();
  await expect(library.rows.first()).toBeVisible();
  await library.list.focus();
  await library.list.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await library.list.focus();
  await library.press('End');
  await expect(library.row('Adapter 5000')).toBeVisible();
  await library.press('Home');
  await expect(library.row('Adapter 0001')).toBeVisible();
  expect(await library.rows.count()).toBeLessThan(80);
});
