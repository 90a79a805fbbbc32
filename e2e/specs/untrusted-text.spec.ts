import { untrustedTexts } from '../../shared/text/untrusted-texts.ts';
import { cleanName } from '../../shared/schemas/name.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { ask } from '../pages/ask.ts';
import { expect, test } from '../fixtures.ts';

test('no text runs, fetches or loses anything, wherever it is shown and however it comes in', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.ready();
  const { page } = loci;
  const memory = new MemoryPage(loci);
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => requested.push('a dialog')));

  for (const text of untrustedTexts) {
    const { id, content, title } = await memory.create({
      content: text,
      title: text,
      tags: [cleanName(text).slice(0, 100)],
    });
    expect(content).toBe(text);
    expect(title).toBe(cleanName(text));
    await memory.open(id);
    await expect(memory.pane.getByRole('heading', { level: 2 }).first()).toHaveText(cleanName(text));
  }

  // All of them in one, as they are read and as they are written.
  const all = untrustedTexts.join('\n\n');
  const { id } = await memory.create({ content: all });
  await memory.open(id);
  await expect(memory.pane.locator('.markdown')).toBeVisible();
  await memory.edit();
  await page.keyboard.type('!');
  await expect(memory.saved).toBeVisible();
  await expect.poll(async () => (await memory.read(id)).content).toBe(`${all}!`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await expect(memory.pane.locator('ins')).toHaveText('!');
  await page.keyboard.press('Escape');

  // Pasted where nothing is being written: it becomes a new memory that is not kept yet.
  await loci.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), all);
  await memory.pane.focus();
  await page.keyboard.press('Control+v');
  await expect(memory.composer.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue(all);
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await memory.newest()).content).toBe(all);

  expect(await page.evaluate(() => (window as { hacked?: unknown }).hacked)).toBeUndefined();
  expect(requested.filter((url) => !url.startsWith('app://loci/'))).toEqual([]);
  expect(loci.log()).not.toContain('Blocked a request');
  expect(loci.log()).not.toContain('"what":"a navigation"');
  expect(await loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await ask(loci, 'memories.count', {})).toBe(untrustedTexts.length + 2);
});
