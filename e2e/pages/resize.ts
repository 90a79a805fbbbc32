import type { Loci } from '../fixtures.ts';

/** As a person would by the edge of the window; waits until the page knows. */
export async function resize({ app, page }: Loci, width: number, height: number): Promise<void> {
  // The small window over other programs, once it was there, is another.
  const window = await app.browserWindow(page);
  await window.evaluate((shown, size) => shown.setContentSize(size.width, size.height), { width, height });
  await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
    width,
    height,
  });
}
