import type { BrowserWindow as Window, Menu as ElectronMenu, MenuItem, Tray as ElectronTray } from 'electron';
import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { BrowsePage } from '../pages/browse-page.ts';

/** What the app hands to the system, which has no way to be asked for it. */
interface Handed {
  trayMenu?: ElectronMenu;
  progress?: number[];
}

/** Before the app opens anything; all of it goes on to the system as ever. */
function noteWhatIsHanded({
  Tray,
  BrowserWindow,
}: {
  Tray: typeof ElectronTray;
  BrowserWindow: typeof Window;
}): void {
  const handed = globalThis as unknown as Handed;
  handed.progress = [];
  const setContextMenu = Tray.prototype.setContextMenu;
  Tray.prototype.setContextMenu = function note(menu) {
    if (menu) handed.trayMenu = menu;
    setContextMenu.call(this, menu);
  };
  const setProgressBar = BrowserWindow.prototype.setProgressBar;
  BrowserWindow.prototype.setProgressBar = function note(share, options) {
    handed.progress?.push(share);
    setProgressBar.call(this, share, options);
  };
}

const trayItems = (loci: Loci) =>
  loci.app.evaluate(() =>
    (globalThis as unknown as Handed).trayMenu?.items.map(({ label, type }: MenuItem) =>
      type === 'separator' ? '—' : label,
    ),
  );
const pressInTray = (loci: Loci, label: string) =>
  loci.app.evaluate(
    (_electron, wanted) =>
      (globalThis as unknown as Handed).trayMenu?.items.find((item) => item.label === wanted)?.click(),
    label,
  );

test('from beside the clock: the latest memories, a search and a way out, while no window is open', async ({
  launch,
}) => {
  const loci = await launch({ first: noteWhatIsHanded });
  await loci.ready();
  await ask(loci, 'settings.set', { 'app.inBackground': true });
  await ask(loci, 'memories.create', { content: 'The valve is behind the shed' });
  await expect
    .poll(() => trayItems(loci))
    .toEqual(['New memory', 'Search', '—', 'The valve is behind the shed', '—', 'Open Loci', 'Quit Loci']);

  const gone = loci.page.waitForEvent('close');
  loci.ask(({ BrowserWindow }) => setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()));
  await gone;
  const opening = loci.app.waitForEvent('window');
  await pressInTray(loci, 'The valve is behind the shed');
  const page = await opening;
  await expect(new BrowsePage(page).memory).toContainText('The valve is behind the shed');
  await pressInTray(loci, 'Search');
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
  const left = new Promise((resolve) => loci.process.once('exit', resolve));
  loci.ask(() => (globalThis as unknown as Handed).trayMenu?.items.at(-1)?.click());
  await left;
});

test('what takes long is seen at the place of the program, and what failed stays until it is read', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch({ first: noteWhatIsHanded });
  await loci.ready();
  await ask(loci, 'memories.create', { content: 'The valve is behind the shed' });
  await ask(loci, 'library.check');
  await expect
    .poll(() => loci.app.evaluate(() => (globalThis as unknown as Handed).progress))
    .toEqual(expect.arrayContaining([-1]));
  await behindTheApp(dataDir, [
    `insert into job (id, user_id, kind, status, error, started_at, finished_at)
     select uuid_v7(), id, 'duplicates.find', 'failed', 'The disk is full.', now(), now() from app_user limit 1`,
  ]);
  await loci.quit();

  const failed = 'The memories could not be compared';
  const shown = async (now: Loci) => {
    await now.ready();
    await now.page.keyboard.press('ControlOrMeta+j');
    const dialog = now.page.getByRole('dialog', { name: 'What is going on' });
    await expect(dialog).toBeVisible();
    return dialog;
  };
  const second = await launch();
  await expect((await shown(second)).getByText('The disk is full.')).toBeVisible();
  await expect(second.page.getByRole('button', { name: /^What is going on.*1 failed/ })).toBeVisible();
  await second.quit();

  // That it was seen does not mean that it was read.
  const third = await launch();
  const list = await shown(third);
  await list.getByRole('button', { name: `I have read it: ${failed}` }).click();
  await expect(list.getByText('The disk is full.')).toHaveCount(0);
  // Until it is kept.
  await third.page.reload();
  await expect((await shown(third)).getByText(/^Nothing\./)).toBeVisible();
});
