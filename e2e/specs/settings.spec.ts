import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { resize } from '../pages/resize.ts';

const openSettings = async (loci: Loci) => {
  await loci.page.keyboard.press('ControlOrMeta+,');
  await expect(loci.page.getByRole('heading', { level: 1 })).toHaveText('Settings');
};
const part = (loci: Loci, name: string) =>
  loci.page.locator('.section').filter({ has: loci.page.getByRole('heading', { name, exact: true }) });

test('what was chosen holds after the next start, and what is damaged is as it comes, which is said', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  await loci.ready();
  await openSettings(loci);
  await part(loci, 'Appearance').getByRole('button', { name: 'Larger' }).click();
  await expect(part(loci, 'Appearance').getByText('110%')).toBeVisible();
  await part(loci, 'In the background').getByLabel('Tell me when something long is over').click();
  await expect.poll(() => ask(loci, 'settings.get')).toMatchObject({ 'jobs.notify': false });
  await loci.quit();

  const again = await launch();
  await again.ready();
  expect(await ask(again, 'settings.get')).toMatchObject({
    'appearance.textSize': 110,
    'jobs.notify': false,
  });
  await behindTheApp(dataDir, [`update setting set value = '"enormous"' where key = 'appearance.textSize'`]);
  await again.quit();

  const damaged = await launch();
  await damaged.ready();
  expect(await ask(damaged, 'settings.get')).toMatchObject({
    'appearance.textSize': 100,
    'jobs.notify': false,
  });
  await openSettings(damaged);
  const notice = damaged.page.getByRole('status').filter({ hasText: 'A setting could not be read' });
  await expect(notice).toContainText('appearance.textSize');
  await notice.getByRole('button', { name: 'All right' }).click();
  await expect(notice).toHaveCount(0);
  await damaged.page.getByRole('button', { name: 'Reset In the background' }).click();
  await expect.poll(() => ask(damaged, 'settings.get')).toMatchObject({ 'jobs.notify': true });
});

test('however long the settings are, the window itself cannot be scrolled', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await resize(loci, 900, 600);
  await openSettings(loci);
  await part(loci, 'About Loci').scrollIntoViewIfNeeded();
  const hidden = await loci.page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return [scrollHeight - clientHeight, document.body.scrollHeight - clientHeight];
  });
  expect(hidden).toEqual([0, 0]);
});

test('what search goes by is changed before one’s eyes', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  await ask(loci, 'memories.create', { content: 'The valve for the water is behind the shed' });
  await ask(loci, 'memories.create', { content: 'Watering the beds takes half an hour' });
  await expect.poll(() => ask(loci, 'embeddings.progress')).toMatchObject({ pending: 0, ready: 2 });
  await openSettings(loci);
  const { page } = loci;
  await page.getByRole('textbox', { name: 'Try it' }).fill('valve');
  await expect(page.getByRole('region', { name: 'Try it' }).getByRole('link').first()).toHaveText(
    /The valve/,
  );
  await page.getByRole('slider', { name: 'Goes by' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => ask(loci, 'settings.get')).toMatchObject({ 'search.leaning': -1 });
  await expect
    .poll(async () => ask(loci, 'search.query', { text: 'valve' }))
    .toMatchObject({ wordWeight: 1 });
  await page.getByRole('button', { name: 'Reset Search', exact: true }).click();
  await expect.poll(() => ask(loci, 'settings.get')).toMatchObject({ 'search.leaning': 0 });
});

test('the library is checked, its indexes are made anew, and it is moved and found there at the next start', async ({
  launch,
  dataDir,
}) => {
  // Three starts, and a library copied and compared.
  test.slow();
  const loci = await launch();
  await loci.ready();
  await ask(loci, 'memories.create', { content: 'The valve is behind the shed' });
  const draft = { of: 'new', memory: { content: 'Half a thought' } };
  await ask(loci, 'drafts.keep', draft);
  const config = path.join('base-models', 'mine', 'config.json');
  fs.mkdirSync(path.dirname(path.join(dataDir, config)), { recursive: true });
  fs.writeFileSync(path.join(dataDir, config), '{}');
  await openSettings(loci);
  const { page } = loci;
  await page.getByRole('button', { name: 'Check the library' }).click();
  await expect(page.getByText(/^Everything is whole: \d+ rows were read/)).toBeVisible();
  await page.getByRole('button', { name: 'Make the indexes anew' }).click();
  await expect(page.getByText(/^Made anew on/)).toBeVisible();

  const chooses = (folder: string) =>
    loci.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, folder);
  // Where something of that name lies already nothing is moved, and everything goes on.
  const taken = path.join(dataDir, 'taken');
  fs.mkdirSync(path.join(taken, 'Loci library'), { recursive: true });
  await chooses(taken);
  await page.getByRole('button', { name: 'Move to another folder…' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The library was not moved' })).toBeVisible();
  expect(fs.existsSync(path.join(dataDir, 'library', 'postgres'))).toBe(true);
  expect(fs.existsSync(path.join(dataDir, config))).toBe(true);
  expect(await ask(loci, 'memories.count', {})).toBe(1);

  const elsewhere = path.join(dataDir, 'elsewhere');
  fs.mkdirSync(elsewhere);
  await chooses(elsewhere);
  await page.getByRole('button', { name: 'Move to another folder…' }).click();
  await expect(page.getByText('The library was moved')).toBeVisible();
  await expect(page.getByText(path.join(elsewhere, 'Loci library')).first()).toBeVisible();
  // With all that belongs to it.
  expect(
    ['library', 'drafts', 'base-models'].filter((name) => fs.existsSync(path.join(dataDir, name))),
  ).toEqual([]);
  expect(fs.existsSync(path.join(elsewhere, 'Loci library', config))).toBe(true);
  expect(await ask(loci, 'memories.count', {})).toBe(1);
  expect(await ask(loci, 'drafts.list')).toMatchObject([{ draft }]);
  await loci.quit();

  const again = await launch();
  await again.ready();
  expect(await ask(again, 'memories.count', {})).toBe(1);
  expect(await ask(again, 'drafts.list')).toMatchObject([{ draft }]);
  await again.quit();
  // A disk that is not there is no reason to begin a new library.
  fs.renameSync(elsewhere, `${elsewhere} unplugged`);
  const without = await launch();
  await expect(without.page.getByRole('alert')).toContainText('Your library is not there');
  expect(fs.existsSync(path.join(dataDir, 'library'))).toBe(false);
});

test('settings, help and what is going on are accessible', async ({ launch }) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  const { page } = loci;
  await openSettings(loci);
  await expect(page.getByText('The database itself')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Licences…' }).click();
  await expect(page.getByText(/PostgreSQL 17/).first()).toBeVisible();
  await expectAccessible(page, '.dialog');
  await page.keyboard.press('Escape');
  await expect(page.locator('.dialog')).toHaveCount(0);
  await page.keyboard.press('F1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Help');
  await expectAccessible(page);
  await page.keyboard.press('ControlOrMeta+j');
  await expect(page.getByRole('dialog', { name: 'What is going on' })).toBeVisible();
  await expectAccessible(page, '.jobs');
});
