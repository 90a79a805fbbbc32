import { expectAccessible } from '../pages/expect-accessible.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { ask } from '../pages/ask.ts';
import { expect, test } from '../fixtures.ts';

test('a memory is written, changed, looked up in its history and brought back', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const memory = new MemoryPage(loci);

  await memory.compose('The valve is behind the shed.');
  await page.keyboard.press('Control+Enter');
  await expect(memory.pane.locator('.markdown')).toHaveText('The valve is behind the shed.');
  const { id } = await memory.newest();

  await page.keyboard.press('Escape');
  await memory.open(id);
  await memory.edit();
  // At one stroke: what is typed letter by letter is undone in as many steps as there were pauses.
  await page.keyboard.insertText(' Turn it left.');
  await expect(memory.saved).toBeVisible();
  await expect
    .poll(async () => (await memory.read(id)).content)
    .toBe('The valve is behind the shed. Turn it left.');
  // Text has an undo of its own.
  await page.keyboard.press('Control+z');
  await expect(memory.editor).toHaveText('The valve is behind the shed.');
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Escape');
  await expect(memory.button('Edit')).toBeVisible();
  await expect(memory.pane.locator('.markdown')).toHaveText('The valve is behind the shed. Turn it left.');

  await page.keyboard.press('h');
  await expect(memory.pane.locator('ins')).toHaveText(' Turn it left.');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await memory.read(id)).content).toBe('The valve is behind the shed.');
  // Taken back by the keys, and another time where it is said.
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: restored an earlier version')).toBeVisible();
  expect(await memory.read(id)).toMatchObject({ content: 'The valve is behind the shed. Turn it left.' });
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await memory.read(id)).content).toBe('The valve is behind the shed.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(async () => (await memory.read(id)).content)
    .toBe('The valve is behind the shed. Turn it left.');
});

test('what is known about a memory is changed by keyboard where it stands', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  await ask(loci, 'tags.create', { name: 'kitchen' });
  const { id } = await memory.create({ content: 'Rye flour', tags: ['bread'] });
  await memory.open(id);
  await memory.pane.focus();
  await page.keyboard.press('t');
  await page.keyboard.type('kit');
  await expect(page.getByRole('option', { name: 'kitchen' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('rye loaf');
  await expect(page.getByRole('option', { name: 'New tag “rye loaf”' })).toBeVisible();
  await page.keyboard.press('Enter');
  const tags = async () => (await memory.read(id)).tags.map(({ name }) => name);
  await expect.poll(tags).toEqual(['bread', 'kitchen', 'rye loaf']);
  // Leaving a field is not emptying it.
  await page.keyboard.press('Escape');
  await expect(memory.pane).toBeFocused();
  await page.keyboard.press('p');
  await expect(memory.button('Unpin')).toBeVisible();
  await memory.pane.getByRole('radio', { name: 'Ordinary' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => memory.read(id)).toMatchObject({ pinned: true, importance: 0.75 });
  expect(await tags()).toEqual(['bread', 'kitchen', 'rye loaf']);
  await expectAccessible(page);

  // A title of its own, from inside of the text.
  await memory.edit();
  await page.keyboard.press('Shift+Tab');
  await memory.pane.getByRole('textbox', { name: 'Title' }).fill('Bread');
  await page.keyboard.press('Escape');
  await expect(memory.pane.getByRole('heading', { level: 2, name: 'Bread' })).toBeVisible();
  await expect.poll(() => memory.read(id)).toMatchObject({ title: 'Bread' });
});

test('a memory that is deleted where it is read comes back by Ctrl+Z, with what was written last', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({ content: 'Roses want sun.' });
  await memory.open(id);
  await memory.edit();
  await page.keyboard.type(' And water.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(page.getByText('Moved 1 memory to the trash')).toBeVisible();
  await expect(memory.pane).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: moved 1 memory to the trash')).toBeVisible();
  await expect
    .poll(() => memory.read(id))
    .toMatchObject({ content: 'Roses want sun. And water.', deletedAt: null });
});

test('where two write at the same place both are shown, and neither is lost', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({ content: 'Roses want sun.' });
  await memory.open(id);
  await memory.edit();
  await page.keyboard.type(' Mine.');
  // Before the pause in which it would have been saved.
  await ask(loci, 'memories.update', { id, version: 1, content: 'Roses want sun. Theirs.' });
  await expect(memory.pane.getByText('This was changed elsewhere')).toBeVisible();
  await expect(memory.pane.locator('.conflict__text ins')).toContainText('Mine');
  await expect(memory.pane.locator('.conflict__text del')).toContainText('Theirs');
  expect((await memory.read(id)).content).toBe('Roses want sun. Theirs.');
  await expectAccessible(page);
  await memory.button('Keep mine').click();
  await expect.poll(async () => (await memory.read(id)).content).toBe('Roses want sun. Mine.');
  const versions = (await ask(loci, 'memories.versions', { id })) as { preview: string }[];
  expect(versions.map(({ preview }) => preview)).toEqual(['Roses want sun. Theirs.', 'Roses want sun.']);
});

test('what was being written when the app was killed is there again', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({ content: 'Roses want sun.' });
  await memory.open(id);
  await memory.edit();
  await loci.page.keyboard.type(' And water.');
  await expect.poll(() => memory.drafts()).toContain('And water.');
  process.kill(loci.mainPid, 'SIGKILL');

  const again = await launch();
  await again.ready();
  const after = new MemoryPage(again);
  await expect.poll(async () => (await after.read(id)).content).toBe('Roses want sun. And water.');
  await expect.poll(() => after.drafts()).toBe('[]');

  await after.compose('A thought that nobody has yet');
  await expect.poll(() => after.drafts()).toContain('A thought that nobody has yet');
  process.kill(again.mainPid, 'SIGKILL');

  const once = await launch();
  await once.ready();
  const more = new MemoryPage(once);
  await more.compose('');
  await expect(more.composer.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue(
    'A thought that nobody has yet',
  );
  await expectAccessible(once.page);
  await once.page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await more.newest()).content).toBe('A thought that nobody has yet');
  expect(await more.drafts()).toBe('[]');
});

test('what is still being typed when a person quits is saved before the app is gone', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({ content: 'Roses want sun.' });
  await memory.open(id);
  await memory.edit();
  await loci.page.keyboard.type(' And water.');
  await loci.quit();

  const again = await launch();
  await again.ready();
  const after = new MemoryPage(again);
  expect(await after.drafts()).toBe('[]');
  expect((await after.read(id)).content).toBe('Roses want sun. And water.');
});

test('a link leaves only by main, which asks once for each host', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  await loci.app.evaluate(({ dialog, shell }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    shell.openExternal = async (url) => void seen.push(`opened ${url}`);
    Object.assign(dialog, {
      showMessageBox: async (...args: { message: string }[]) => {
        seen.push(args.at(-1)?.message ?? '');
        return { response: seen.length === 1 ? 1 : 0, checkboxChecked: true };
      },
    });
  });
  const seen = () => loci.app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  const memory = new MemoryPage(loci);
  const { id } = await memory.create({
    content: 'See [the plan](https://example.org/plan) and [x](file:///etc/passwd).',
  });
  await memory.open(id);
  const link = memory.pane.getByRole('link', { name: 'the plan' });
  await expect(memory.pane.getByRole('link')).toHaveCount(1);
  const question = 'Open example.org in your browser?';
  await link.click();
  await expect.poll(seen).toEqual([question]);
  await link.click();
  await expect.poll(seen).toEqual([question, question, 'opened https://example.org/plan']);
  await link.click();
  await expect.poll(seen).toHaveLength(4);
  expect(loci.page.url()).toMatch(/^app:\/\/loci\//);
  for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'smb://host/x'])
    expect(await ask(loci, 'app.openLink', { url })).toEqual({ outcome: 'refused' });
  expect(await loci.call('settings.set', { 'links.openHosts': ['evil.example'] })).toMatchObject({
    ok: false,
  });
  await ask(loci, 'app.forgetLinkHost', { host: 'example.org' });
  expect(await ask(loci, 'settings.get')).toMatchObject({ 'links.openHosts': [] });
});
