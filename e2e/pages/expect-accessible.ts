import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Takes the focus only to pass it on, and says nothing: whatever floats has some at its edges. */
const focusGuards = '[data-base-ui-focus-guard]';
/** What floats above the page, and what parts two of its panes, is in none of its landmarks. */
const betweenLandmarks = [focusGuards, '.divider', '.menu__place'];

/** What a machine can tell of how well a screen can be read and used by everyone. */
export async function expectAccessible(page: Page): Promise<void> {
  const all = new AxeBuilder({ page }).setLegacyMode().disableRules('region').exclude(focusGuards);
  const landmarks = new AxeBuilder({ page }).setLegacyMode().withRules('region');
  for (const selector of betweenLandmarks) landmarks.exclude(selector);
  for (const axe of [all, landmarks]) {
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}
