/**
 * `npm run screenshots`: every screen of the running app, in light and dark, wide and narrow, into
 * build/screenshots. What the README shows is copied from there by hand, after looking at it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchLoci, type Loci } from './fixtures.ts';
import { withDisplay } from '../scripts/display.mjs';
import { buildDir } from '../scripts/places.mjs';

const outDir = path.join(buildDir, 'screenshots');
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
  { width: 620, height: 560 },
];

export async function run(): Promise<number> {
  fs.rmSync(outDir, { recursive: true, force: true });
  fs.mkdirSync(outDir, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-'));
  await withDisplay(
    async () => {
      try {
        await takeReady(path.join(scratch, 'ready'));
        await takeFailed(path.join(scratch, 'failed'));
      } finally {
        fs.rmSync(scratch, { recursive: true, force: true });
      }
    },
    { say: console.error },
  );
  console.log(`${fs.readdirSync(outDir).length} screenshots in ${path.relative(process.cwd(), outDir)}`);
  return 0;
}

async function takeReady(dataDir: string): Promise<void> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  await inEveryForm(loci, async (form) => {
    for (const name of ['Start', 'Status']) {
      await loci.page.getByRole('link', { name, exact: true }).first().click();
      await loci.page.getByRole('heading', { level: 1 }).waitFor();
      if (name === 'Status') await loci.page.getByText('Together').waitFor();
      await take(loci, `${name.toLowerCase()}-${form}`);
    }
  });
  await loci.quit();
}

/** A library that cannot be opened: it claims to be of another database version. */
async function takeFailed(dataDir: string): Promise<void> {
  const data = path.join(dataDir, 'library', 'postgres');
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(data, 'PG_VERSION'), '16\n');
  const loci = await launchLoci({ dataDir });
  await loci.page.getByRole('alert').waitFor();
  await inEveryForm(loci, (form) => take(loci, `failure-${form}`));
  await loci.quit();
}

async function inEveryForm(loci: Loci, act: (form: string) => Promise<void>): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await loci.app.evaluate(({ nativeTheme }, chosen) => {
      nativeTheme.themeSource = chosen;
    }, theme);
    for (const { width, height } of sizes) {
      await loci.app.evaluate(
        ({ BrowserWindow }, size) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      );
      await loci.page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
        width,
        height,
      });
      await act(`${theme}-${width}`);
    }
  }
}

async function take(loci: Loci, name: string): Promise<void> {
  // Transitions are over and fonts are there, or the picture shows what nobody sees.
  await loci.page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  await loci.page.screenshot({ path: path.join(outDir, `${name}.png`), timeout: 20_000 });
}
