import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Takes the focus only to pass it on, and says nothing: whatever floats has some at its edges. */
const focusGuards = '[data-base-ui-focus-guard]';
/** What floats above the page, and what parts two of its panes, is in none of its landmarks. */
const betweenLandmarks = [focusGuards, '.divider', '.menu__place'];

/**
 * What a machine can tell of how well a screen can be read and used by everyone, in light and in dark; or a part of
 * it, where something stands open that has the rest hidden from those who do not see.
 */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  const all = () => {
    const axe = new AxeBuilder({ page }).setLegacyMode().exclude(focusGuards);
    return part === 'html' ? axe : axe.include(part);
  };
  const chosen = await page.evaluate(() => document.documentElement.dataset['theme']);
  await wear(page, 'light');
  await expectNoViolation(all().disableRules('region'));
  if (part === 'html') {
    const landmarks = new AxeBuilder({ page }).setLegacyMode().withRules('region');
    for (const selector of betweenLandmarks) landmarks.exclude(selector);
    await expectNoViolation(landmarks);
  }
  // Of one and the same page only the colours are others.
  await wear(page, 'dark');
  await expectNoViolation(all().withRules(['color-contrast', 'link-in-text-block']));
  await wear(page, chosen);
}

async function expectNoViolation(axe: AxeBuilder): Promise<void> {
  // A notice that is just fading has no contrast for a moment.
  await expect
    .poll(async () => {
      const { violations } = await axe.analyze();
      return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    })
    .toEqual([]);
}

/** Here and not in the settings: nothing else is to change. What is still coming or going is as pale as it is for a moment only. */
async function wear(page: Page, theme: string | undefined): Promise<void> {
  await page.evaluate(async (now) => {
    if (now === undefined) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = now;
    await new Promise(requestAnimationFrame);
    const passing = document
      .getAnimations()
      .filter((animation) => Number.isFinite(Number(animation.effect?.getComputedTiming().endTime)));
    await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)));
  }, theme);
}
