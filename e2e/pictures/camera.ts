import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Loci } from '../fixtures.ts';
import { resize } from '../pages/resize.ts';
import { buildDir } from '../../scripts/places.mjs';

export const outDir = path.join(buildDir, 'screenshots');
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
  { width: 620, height: 560 },
] as const;

export function emptyOutDir(): void {
  fs.rmSync(outDir, { recursive: true, force: true });
  fs.mkdirSync(outDir, { recursive: true });
}

export async function inEveryTheme(
  loci: Loci,
  act: (theme: 'light' | 'dark') => Promise<void>,
): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await loci.app.evaluate(({ nativeTheme }, chosen) => {
      nativeTheme.themeSource = chosen;
    }, theme);
    await act(theme);
  }
}

/** Light and dark, wide and narrow. */
export async function inEveryForm(
  loci: Loci,
  act: (form: string, isNarrow: boolean) => Promise<void>,
): Promise<void> {
  await inEveryTheme(loci, async (theme) => {
    for (const { width, height } of sizes) {
      await resize(loci, width, height);
      await act(`${theme}-${width}`, width < 900);
    }
  });
  // What comes next is not done in the narrowest of windows.
  const [{ width, height }] = sizes;
  await resize(loci, width, height);
}

export async function take(loci: Loci, name: string): Promise<void> {
  await takeOf(loci.page, name);
}

export async function takeOf(page: Page, name: string): Promise<void> {
  // Transitions are over and fonts are there, or the picture shows what nobody sees.
  await page.evaluate(async () => {
    await document.fonts.ready;
    // What turns for as long as something goes on is never over.
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)));
  });
  await page.screenshot({ path: path.join(outDir, `${name}.png`), timeout: 20_000 });
}

/** As a link within the app leads there, which takes the focus from where one has typed. */
export async function goTo({ page }: Loci, address: string): Promise<void> {
  await page.evaluate((hash) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.location.hash = hash;
  }, address);
}
