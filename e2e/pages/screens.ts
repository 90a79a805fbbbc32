import type { Page } from '@playwright/test';
import { expect, type Loci } from '../fixtures.ts';
import { ask } from './ask.ts';

/** Every screen that is about the app as a whole or a list of a library, by its address. */
export const screens = [
  '#/memories',
  '#/pinned',
  '#/trash',
  '#/sessions',
  '#/tags',
  '#/duplicates',
  '#/specializations',
  '#/coverage',
  '#/settings',
  '#/help',
  '#/status',
  '#/activity',
  '#/people',
] as const;

/** Something for each of them to show, long words among it; answers with the memory to look at. */
export async function furnish(loci: Loci): Promise<string> {
  const ids: string[] = [];
  for (const content of [
    'The valve for the water is behind the shed, to the left of the old pear tree.',
    'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselanhängersammlung is one word.',
    'The valve for the water is behind the shed, to the left of the old pear tree!',
  ]) {
    const { memory } = (await ask(loci, 'memories.create', {
      content,
      tags: ['garden', 'a tag with quite a long name to it'],
    })) as { memory: { id: string } };
    ids.push(memory.id);
  }
  const [first = '', second = ''] = ids;
  await ask(loci, 'memories.setPinned', { ids: [first], pinned: true });
  const { memory } = (await ask(loci, 'memories.create', { content: 'Old and gone' })) as {
    memory: { id: string };
  };
  await ask(loci, 'memories.trash', { ids: [memory.id] });
  await ask(loci, 'specializations.create', {
    name: 'Everything about watering the garden',
    domain: 'Garden',
  });
  return second;
}

/** Until the screen stands: its heading is there, and what it waits for has come. */
export async function show(page: Page, address: string): Promise<void> {
  await page.evaluate((next) => {
    window.location.hash = next;
  }, address);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .placeholder') === null);
}

/** The keys of whatever opens above the page. */
const dialogKeys = ['Control+Shift+p', '?', 'Control+j', 'Control+n'] as const;

/** Opens each above the list, and closes it again. */
export async function lookAtDialogs(page: Page, look: (keys: string) => Promise<void>): Promise<void> {
  const dialogs = page.locator('[role=dialog]:not(.toast)');
  for (const keys of dialogKeys) {
    await show(page, '#/memories');
    await page.keyboard.press(keys);
    await expect(dialogs).toHaveCount(1);
    await look(keys);
    await page.keyboard.press('Escape');
    await expect(dialogs).toHaveCount(0);
  }
}
