import type { ElectronApplication, Page } from '@playwright/test';
import { commandIds, type CommandId } from '../../shared/commands/commands.ts';
import { textsIn } from '../../shared/texts/index.ts';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { CommandList } from '../pages/command-list.ts';
import { DuplicatesPage } from '../pages/duplicates-page.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';

const heading = (page: Page, name: string) =>
  expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
const hash = (page: Page) => page.evaluate(() => window.location.hash);
const to = async (page: Page, address: string) =>
  page.evaluate((next) => {
    window.location.hash = next;
  }, address);
const settingOf = async (loci: Loci, key: string) =>
  ((await ask(loci, 'settings.get')) as Record<string, unknown>)[key];
const windows = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

interface Scene {
  readonly loci: Loci;
  readonly page: Page;
  readonly browse: BrowsePage;
  readonly commands: CommandList;
}

/** What is there after a command was run; first, what has to be there before. */
interface Effect {
  readonly before?: (scene: Scene) => Promise<unknown>;
  readonly after: (scene: Scene) => Promise<unknown>;
}

async function chooseFirst({ page, browse }: Scene): Promise<void> {
  await to(page, '#/memories');
  await expect(browse.rows).not.toHaveCount(0);
  if ((await browse.selected.count()) !== 1)
    await browse.rows.first().click({ modifiers: ['ControlOrMeta'] });
  await expect(browse.selected).toHaveCount(1);
}
async function openFirst(scene: Scene): Promise<void> {
  await to(scene.page, '#/memories');
  await scene.browse.rows.first().click();
  await scene.browse.memory.waitFor();
}
async function chooseTrashed(scene: Scene): Promise<void> {
  const { memory } = (await ask(scene.loci, 'memories.create', { content: `Old ${Math.random()}` })) as {
    memory: { id: string };
  };
  await ask(scene.loci, 'memories.trash', { ids: [memory.id] });
  await to(scene.page, '#/trash');
  await scene.browse.rows.first().click({ modifiers: ['ControlOrMeta'] });
  await expect(scene.browse.selected).toHaveCount(1);
}
async function makeAdapter({ loci }: Scene): Promise<string> {
  const name = `Domain ${Math.random()}`;
  const made = await ask(loci, 'specializations.create', { name, description: '', domain: '', tags: [] });
  return (made as { id: string }).id;
}
async function chooseAdapters(scene: Scene, many: 1 | 2): Promise<void> {
  const { page } = scene;
  for (let n = 0; n < many; n++) await makeAdapter(scene);
  await to(page, '#/specializations');
  const list = page.locator('.adapter-list');
  await list.focus();
  await list.press('Home');
  if (many === 2) await list.press('Shift+ArrowDown');
  await expect(list.locator('[data-row][aria-selected="true"]')).toHaveCount(many);
}
async function chooseTrashedAdapter(scene: Scene): Promise<void> {
  const { loci, page } = scene;
  await ask(loci, 'specializations.trash', { ids: [await makeAdapter(scene)] });
  await to(page, '#/specialization-trash');
  const list = page.locator('.adapter-list');
  await list.focus();
  await list.press('Home');
  await expect(list.locator('[data-row][aria-selected="true"]')).toHaveCount(1);
}
async function openPair({ loci, page }: Scene): Promise<void> {
  const text = `The ferry to the island leaves at ${Math.random()} from the northern quay`;
  for (const content of [text, text]) await ask(loci, 'memories.create', { content });
  await to(page, '#/duplicates');
  await new DuplicatesPage(page).rows.first().click();
  await page.getByRole('toolbar', { name: 'What to do with the two' }).waitFor();
}
const dialog =
  (name: string | RegExp): Effect['after'] =>
  async ({ page }) => {
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await page.keyboard.press('Escape');
  };
const news =
  (text: string | RegExp): Effect['after'] =>
  ({ browse }) =>
    expect(browse.news(text).first()).toBeVisible();
const page = (name: string): Effect => ({ after: ({ page: shown }) => heading(shown, name) });
const setting = (key: string, value: unknown): Effect => ({
  after: ({ loci }) => expect.poll(() => settingOf(loci, key)).toBe(value),
});
const inList = (after: Effect['after']): Effect => ({ before: chooseFirst, after });
const inPair = (after: Effect['after']): Effect => ({ before: openPair, after });

const shellCalls = (scene: Scene) =>
  scene.loci.app.evaluate(() => (globalThis as unknown as { opened?: string[] }).opened?.length ?? 0);

/** Every command there is: the type asks for each. */
const effects: Readonly<Record<CommandId, Effect>> = {
  'memory.new': { after: dialog('New memory') },
  'capture.open': {
    after: async ({ loci }) => {
      await expect.poll(() => windows(loci.app)).toBe(2);
      await ask(loci, 'capture.hide');
    },
  },
  'memory.edit': inList(({ page: shown }) =>
    expect(shown.getByRole('button', { name: 'Done', exact: true })).toBeVisible(),
  ),
  'memory.tag': inList(dialog(/Tag/)),
  'memory.pin': inList(news(/^(Pinned|Unpinned)/)),
  'memory.important': inList(news('is now high')),
  'memory.usual': inList(news('is now normal')),
  'memory.minor': inList(news('is now low')),
  'memory.move': inList(dialog(/session/i)),
  'memory.link': inList(dialog(/specialization/i)),
  'memory.history': {
    before: openFirst,
    after: ({ page: shown }) =>
      expect(shown.getByRole('button', { name: 'History', exact: true })).toHaveAttribute(
        'aria-pressed',
        'true',
      ),
  },
  'memory.copy': { before: openFirst, after: news('Copied the text') },
  'memory.trash': inList(news('Moved 1 memory to the trash')),
  'memory.restore': { before: chooseTrashed, after: news('Restored 1 memory') },
  'memory.purge': { before: chooseTrashed, after: dialog(/for good\?/) },
  'edit.undo': {
    before: async (scene) => {
      await chooseFirst(scene);
      await scene.commands.run('Importance: low');
      await expect(scene.browse.news('is now low').last()).toBeVisible();
    },
    after: news(/^Undone/),
  },
  'session.start': { after: dialog('Start a session') },
  'session.end': { after: news(/^Ended the session/) },
  'search.go': {
    after: ({ page: shown }) => expect(shown.getByRole('combobox', { name: 'Search' })).toBeFocused(),
  },
  'reading.pause': {
    after: async ({ loci, commands: list }) => {
      await expect.poll(() => ask(loci, 'embeddings.progress')).toMatchObject({ state: 'paused' });
      await list.run(textsIn.en.commands.titles['reading.pause']);
      await expect.poll(() => ask(loci, 'embeddings.progress')).not.toMatchObject({ state: 'paused' });
    },
  },
  'go.memories': { before: ({ page: shown }) => to(shown, '#/pinned'), ...page('All memories') },
  'go.pinned': page('Pinned'),
  'go.untagged': page('Without a tag'),
  'go.sessions': page('Sessions'),
  'go.tags': page('Tags'),
  'go.duplicates': page('Look-alikes'),
  'go.specializations': page('Specializations'),
  'go.trash': page('Trash'),
  'go.activity': page('Activity'),
  'go.status': page('Status'),
  'go.people': page('People'),
  'go.back': {
    before: async ({ page: shown }) => {
      await to(shown, '#/pinned');
      await to(shown, '#/tags');
    },
    after: ({ page: shown }) => expect.poll(() => hash(shown)).toBe('#/pinned'),
  },
  'go.forward': {
    before: async ({ page: shown }) => {
      await to(shown, '#/pinned');
      await to(shown, '#/tags');
      await shown.evaluate(() => window.history.back());
      await expect.poll(() => hash(shown)).toBe('#/pinned');
    },
    after: ({ page: shown }) => expect.poll(() => hash(shown)).toBe('#/tags'),
  },
  'go.nextPane': {
    before: ({ browse }) => browse.link('All memories').click(),
    after: ({ browse }) => expect(browse.list.or(browse.link('All memories'))).not.toHaveCount(0),
  },
  'go.previousPane': {
    before: ({ browse }) => browse.link('All memories').click(),
    after: ({ browse }) => expect(browse.list.or(browse.link('All memories'))).not.toHaveCount(0),
  },
  'app.commands': { after: ({ commands: list }) => expect(list.window).toBeVisible() },
  'app.jobs': { after: dialog('What is going on') },
  'view.systemTheme': setting('appearance.theme', 'system'),
  'view.lightTheme': setting('appearance.theme', 'light'),
  'view.darkTheme': setting('appearance.theme', 'dark'),
  'view.comfortable': {
    after: ({ page: shown }) => expect.poll(() => kept(shown, 'density')).toBe('comfortable'),
  },
  'view.compact': { after: ({ page: shown }) => expect.poll(() => kept(shown, 'density')).toBe('compact') },
  'view.newest': { after: ({ page: shown }) => expect.poll(() => kept(shown, 'order')).toBe('newest') },
  'view.oldest': { after: ({ page: shown }) => expect.poll(() => kept(shown, 'order')).toBe('oldest') },
  'view.timeline': { after: ({ page: shown }) => expect.poll(() => kept(shown, 'timeline')).toBe('hidden') },
  'view.larger': setting('appearance.textSize', 110),
  'view.smaller': setting('appearance.textSize', 100),
  'view.usualSize': {
    before: ({ loci }) => ask(loci, 'settings.set', { 'appearance.textSize': 125 }),
    ...setting('appearance.textSize', 100),
  },
  'view.fullScreen': {
    after: async ({ loci }) => {
      const isFull = () =>
        loci.app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().some((each) => each.isFullScreen()),
        );
      await expect.poll(isFull).toBe(true);
      await ask(loci, 'app.act', { deed: 'fullScreen' });
      await expect.poll(isFull).toBe(false);
    },
  },
  'pair.next': inPair(({ page: shown }) => expect.poll(() => hash(shown)).toContain('pair=')),
  'pair.previous': inPair(({ page: shown }) => expect.poll(() => hash(shown)).toContain('pair=')),
  'pair.keepFirst': inPair(news('Kept one of the two')),
  'pair.keepSecond': inPair(news('Kept one of the two')),
  'pair.keepOneOfAll': {
    before: async (scene) => {
      const text = `The same thrice ${Math.random()}, about the lighthouse keeper and his boat`;
      for (const content of [text, text, text]) await ask(scene.loci, 'memories.create', { content });
      await to(scene.page, '#/duplicates');
      await new DuplicatesPage(scene.page).rows
        .filter({ hasText: /3 of them/ })
        .first()
        .click();
      await scene.page.getByRole('button', { name: /^Keep one of all/ }).waitFor();
    },
    after: ({ browse }) => expect(browse.news(/^(Kept|Merged)/).first()).toBeVisible(),
  },
  'pair.merge': inPair(({ page: shown }) =>
    expect(shown.getByRole('region', { name: 'Merge by hand' })).toBeVisible(),
  ),
  'pair.apart': inPair(news('Noted that the two are different')),
  'specialization.compare': {
    before: (scene) => chooseAdapters(scene, 2),
    after: ({ page: shown }) => heading(shown, 'Side by side'),
  },
  'specialization.trash': {
    before: (scene) => chooseAdapters(scene, 1),
    after: news(/^Moved .+ to the trash/),
  },
  'specialization.restore': { before: chooseTrashedAdapter, after: news(/^Restored .+/) },
  'specialization.purge': { before: chooseTrashedAdapter, after: dialog(/for good\?/) },
  'help.open': page('Help'),
  'help.shortcuts': { after: dialog('Keyboard shortcuts') },
  'help.tour': { after: dialog('Say what you mean') },
  'help.diagnostics': { after: news('Copied the diagnostics') },
  'help.libraryFolder': { after: (scene) => expect.poll(() => shellCalls(scene)).toBeGreaterThan(0) },
  'help.logs': { after: (scene) => expect.poll(() => shellCalls(scene)).toBeGreaterThan(1) },
  'app.settings': page('Settings'),
  'app.newWindow': {
    after: async ({ loci }) => {
      const before = await windows(loci.app);
      expect(before).toBeGreaterThan(1);
    },
  },
  'app.quit': { after: ({ loci }) => new Promise((resolve) => loci.process.once('exit', resolve)) },
};

const kept = (shown: Page, name: string) =>
  shown.evaluate((key) => localStorage.getItem(`loci.${key}`), name);

test('the list of commands runs every command there is', async ({ launch }) => {
  test.setTimeout(240_000);
  const loci = await launch({
    first: ({ shell }) => {
      const opened: string[] = [];
      (globalThis as unknown as { opened: string[] }).opened = opened;
      shell.openPath = async (path) => {
        opened.push(path);
        return '';
      };
    },
  });
  await loci.searchByMeaningReady();
  const scene: Scene = {
    loci,
    page: loci.page,
    browse: new BrowsePage(loci.page),
    commands: new CommandList(loci.page),
  };
  for (let n = 1; n <= 12; n++) await ask(loci, 'memories.create', { content: `Thought number ${n}` });
  for (const id of commandIds.filter((each) => each !== 'app.quit')) {
    await test.step(id, async () => {
      const { before, after } = effects[id];
      await before?.(scene);
      await scene.commands.run(textsIn.en.commands.titles[id]).catch((error: unknown) => {
        // It opens itself: the list is there again at once.
        if (id !== 'app.commands') throw error;
      });
      await after(scene);
      // Whatever it has opened.
      await scene.page.keyboard.press('Escape');
      await scene.page.keyboard.press('Escape');
    });
  }
  const gone = effects['app.quit'].after(scene);
  await scene.commands.open();
  await scene.page.keyboard.type('Quit Loci');
  await scene.commands.choice('Quit Loci').click();
  await gone;
});

test('the menus of the window do what the commands do, and show the keys that hold', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page: shown } = loci;
  const inMenu = (id: string) =>
    loci.app.evaluate(({ Menu }, key) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(key);
      return item && { label: item.label, accelerator: item.accelerator };
    }, id);
  const click = (id: string) =>
    loci.app.evaluate(({ Menu }, key) => Menu.getApplicationMenu()?.getMenuItemById(key)?.click(), id);
  expect(await inMenu('memory.new')).toEqual({ label: 'New memory', accelerator: 'CommandOrControl+N' });
  await click('go.pinned');
  await heading(shown, 'Pinned');
  await click('memory.new');
  await expect(shown.getByRole('form', { name: 'New memory' })).toBeVisible();
  await shown.keyboard.press('Escape');
  await ask(loci, 'settings.set', { 'shortcuts.chosen': { 'memory.new': 'CommandOrControl+M' } });
  await expect.poll(() => inMenu('memory.new')).toMatchObject({ accelerator: 'CommandOrControl+M' });
});

test('other keys can be chosen, are refused to nobody silently, and hold at once and after a restart', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const { page: shown } = loci;
  await shown.keyboard.press('ControlOrMeta+,');
  await heading(shown, 'Settings');
  await shown.getByRole('textbox', { name: 'Find a command' }).fill('new memory');
  const keys = shown.getByRole('button', { name: /^New memory: / });
  await keys.click();
  await shown.keyboard.press('Control+j');
  const clash = shown.getByRole('alert').filter({ hasText: 'belongs to “Show what is going on”' });
  await expect(clash).toBeVisible();
  await clash.getByRole('button', { name: 'Leave it there' }).click();
  await expect(keys).toHaveText('Ctrl+N');
  await keys.click();
  await shown.keyboard.press('Control+j');
  await clash.getByRole('button', { name: 'Use it here instead' }).click();
  await expect(keys).toHaveText('Ctrl+J');
  await keys.blur();
  await shown.keyboard.press('Control+j');
  await expect(shown.getByRole('form', { name: 'New memory' })).toBeVisible();
  await shown.keyboard.press('Escape');
  await loci.quit();

  const again = await launch();
  await again.ready();
  await again.page.keyboard.press('Control+n');
  await again.page.keyboard.press('Control+j');
  await expect(again.page.getByRole('form', { name: 'New memory' })).toBeVisible();
  await again.page.keyboard.press('Escape');
  await expect(again.page.getByRole('form', { name: 'New memory' })).toHaveCount(0);
  await again.page.keyboard.press('?');
  const sheet = again.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.locator('div').filter({ hasText: /^New memoryCtrl\+J$/ })).toBeVisible();
  await sheet.getByRole('textbox', { name: 'Find a shortcut' }).fill('undo');
  await expect(sheet.getByRole('term')).toHaveText(['Undo']);
  await again.page.keyboard.press('Escape');
  await again.page.keyboard.press('ControlOrMeta+,');
  await again.page.getByRole('button', { name: 'Reset all' }).click();
  await expect.poll(() => settingOf(again, 'shortcuts.chosen')).toEqual({});
});

test('keys belong to the text while one is writing', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page: shown } = loci;
  await shown.getByRole('combobox', { name: 'Search' }).click();
  await shown.keyboard.type('what/is?this');
  await expect(shown.getByRole('combobox', { name: 'Search' })).toHaveValue('what/is?this');
  await shown.keyboard.press('ControlOrMeta+n');
  await expect(shown.getByRole('form', { name: 'New memory' })).toBeVisible();
});

test('the list of commands and the list of shortcuts are accessible', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page: shown } = loci;
  await ask(loci, 'memories.create', { content: 'A thought' });
  const list = new CommandList(shown);
  await list.open();
  await expectAccessible(shown, '.palette');
  await shown.keyboard.type('nothing that is there');
  await expect(list.choice('Search for “nothing that is there”')).toBeVisible();
  await expectAccessible(shown, '.palette');
  await shown.keyboard.press('Escape');
  await list.window.waitFor({ state: 'detached' });
  await shown.keyboard.press('?');
  await shown.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await expectAccessible(shown, '.dialog');
});
