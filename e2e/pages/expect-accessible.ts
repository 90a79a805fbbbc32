import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Takes the focus only to pass it on, and says nothing: whatever floats has some at its edges. */
const focusGuards = '[data-base-ui-focus-guard]';
/** What floats above the page, and what parts two of its panes, is in none of its landmarks. */
const betweenLandmarks = [focusGuards, '.divider', '.menu__place'];

/**
 * What a machine can tell of how well a screen can be read and used by everyone; or a part of it, where something
 * stands open that has the rest hidden from those who do not see.
 */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  const all = new AxeBuilder({ page }).setLegacyMode().disableRules('region').exclude(focusGuards);
  if (part !== 'html') all.include(part);
  const landmarks = new AxeBuilder({ page }).setLegacyMode().withRules('region');
  for (const selector of betweenLandmarks) landmarks.exclude(selector);
  for (const axe of part === 'html' ? [all, landmarks] : [all])
    // A notice that is just fading has no contrast for a moment.
    await expect
      .poll(async () => {
        const { violations } = await axe.analyze();
        return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
      })
      .toEqual([]);
}
