import type { CDPSession } from '@playwright/test';
import path from 'node:path';
import { launchLoci, type Loci } from '../e2e/fixtures.ts';
import { withDisplay } from '../scripts/display.mjs';
import { makeLibrary } from './library/make-library.ts';
import { openLibrary } from './library/open-library.ts';
import { option, printReport, wholeNumber, type Row } from './report.ts';
import { readSciFact } from './scifact.ts';
import { sayHowFar } from './seed.ts';
import { withTemporaryDir } from './temporary-dir.ts';
import { startTrace, stopTrace, type TraceEvent } from './trace.ts';

/** Nineteen of twenty frames must not take longer. */
const targetMs = 32;
const share = 0.95;

/** Pixels and pixels a second: reading along, looking for something, flinging. */
const gestures: readonly Gesture[] = [
  { name: 'read along', distance: 6_000, speed: 800 },
  { name: 'look for something', distance: 30_000, speed: 4_000 },
  { name: 'fling', distance: 150_000, speed: 20_000 },
];

/**
 * How smoothly the list of a large library scrolls in the running app: by Chromium's own trace, the time from
 * one drawn frame to the next while the wheel turns.
 *
 *     npm run bench -- scroll [--memories 200000] [--data-dir <the app's data folder>] [--json]
 */
export async function run(args: string[]): Promise<void> {
  const memories = wholeNumber(args, 'memories', 200_000);
  const dataDir = option(args, 'data-dir');
  await withTemporaryDir('scroll', async (scratch, signal) => {
    if (dataDir === undefined) await fill(path.join(scratch, 'library'), memories, args, signal);
    await withDisplay(async () => {
      const loci = await launchLoci({ dataDir: dataDir ?? scratch });
      try {
        const length = await openList(loci);
        // A library that was just made has everything still to be read; that is measured elsewhere.
        await loci.call('embeddings.pause');
        const rows: Row[] = [];
        for (const gesture of gestures) rows.push(await measure(loci, '.memory-list', gesture));
        // What this machine makes of a page that is simply there, for comparison.
        await loci.page.evaluate(() => {
          window.location.hash = '#/tags';
        });
        await loci.page.getByRole('heading', { level: 1, name: 'Tags' }).waitFor();
        rows.push(await measure(loci, 'main', { name: 'a plain page', distance: 2_400, speed: 800 }));
        printReport(args, { title: `Scrolling through ${length} memories`, tables: { frames: rows } });
      } finally {
        await loci.quit();
      }
    });
  });
}

async function fill(
  libraryDir: string,
  memories: number,
  args: string[],
  signal: AbortSignal,
): Promise<void> {
  const { documents: texts } = readSciFact(args);
  const library = await openLibrary({ libraryDir, signal });
  try {
    await makeLibrary(library.database.orm.em, {
      memories,
      seed: 1,
      texts,
      signal,
      onProgress: sayHowFar(memories),
    });
  } finally {
    await library.close();
  }
}

/** Answers with how many memories are in it. */
async function openList({ page }: Loci): Promise<number> {
  await page.waitForFunction(() => window.location.hash.length > 2, undefined, { timeout: 120_000 });
  await page.evaluate(() => {
    window.location.hash = '#/memories';
  });
  const first = page.locator('.memory-list').getByRole('option').first();
  await first.waitFor({ timeout: 120_000 });
  return Number(await first.getAttribute('aria-setsize'));
}

interface Gesture {
  readonly name: string;
  readonly distance: number;
  readonly speed: number;
}

async function measure(loci: Loci, scroller: string, gesture: Gesture): Promise<Row> {
  const { page } = loci;
  const list = page.locator(scroller);
  // From the middle of what is longer than the gesture, else from the top.
  await list.evaluate((element, distance) => {
    const middle = element.scrollHeight / 2;
    element.scrollTo(0, middle > distance ? middle : 0);
  }, gesture.distance);
  const box = await list.boundingBox();
  if (!box) throw new Error('There is no list');
  const session: CDPSession = await page.context().newCDPSession(page);
  await startTrace(loci);
  await session.send('Input.synthesizeScrollGesture', {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    yDistance: -gesture.distance,
    speed: gesture.speed,
    gestureSourceType: 'mouse',
  });
  const events = await stopTrace(loci);
  await session.detach();
  const frames = frameTimes(events);
  const sorted = frames.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    gesture: gesture.name,
    pixelsPerSecond: gesture.speed,
    frames: frames.length,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    p95Ms: p95,
    worstMs: sorted.at(-1) ?? Number.NaN,
    within32Ms: frames.filter((ms) => ms <= targetMs).length / frames.length,
    met: p95 <= targetMs,
  };
}

/** Between two that follow each other; the first and the last are those of the gesture's beginning and end. */
function frameTimes(events: readonly TraceEvent[]): number[] {
  const drawn = events.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1000);
  const times = drawn.toSorted((a, b) => a - b);
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}
