import { setTimeout as pause } from 'node:timers/promises';
import { launchLoci, type Loci } from '../e2e/fixtures.ts';
import { withDisplay } from '../scripts/display.mjs';
import { copySearchLibrary } from './library-for-the-app.ts';
import { Random } from './library/random.ts';
import { option, percentile, printReport, progress, wholeNumber, type Row } from './report.ts';
import { readSciFact } from './scifact.ts';
import { makeQueries } from './search-queries.ts';
import { realTexts } from './search-texts.ts';
import { withTemporaryDir } from './temporary-dir.ts';
import { startTrace, stopTrace } from './trace.ts';
import { keysOf, type Key } from './typing-keys.ts';
import { placeProbes, readProbes } from './typing-probe.ts';

const latestMs = 80;
const shortestPauseMs = 60;
const longestPauseMs = 200;
/** After a query, before the next: what follows the last key is over. */
const restMs = 700;
const longestQuery = 40;
const warmUpCount = 3;

/**
 * Types queries into the search field of the running app, as a person does, and measures from each key to the frame
 * that was drawn with what was found for it: by Chromium's own trace, in the library of `bench -- search`.
 *
 *     npm run bench -- typing [--memories 100000] [--queries 25] [--data-dir <the app's data folder>]
 *       [--data <folder of SciFact>] [--keys] [--json]
 *
 * With --keys each key is listed as well.
 */
export async function run(args: string[]): Promise<void> {
  const memories = wholeNumber(args, 'memories', 100_000);
  await withTemporaryDir('typing', async (scratch, signal) => {
    const dataDir = option(args, 'data-dir') ?? scratch;
    if (dataDir === scratch) await copySearchLibrary(scratch, memories, args, signal);
    await withDisplay(async () => {
      const loci = await launchLoci({ dataDir });
      try {
        const length = await openSearch(loci);
        const queries = queriesOf(args, wholeNumber(args, 'queries', 25) + warmUpCount);
        const random = new Random(9);
        const keys: Key[] = [];
        for (const [turn, query] of queries.entries()) {
          signal.throwIfAborted();
          const typed = await typeQuery(loci, query, random);
          if (turn >= warmUpCount) keys.push(...typed);
          if (turn % 5 === 4) progress(`${turn + 1} of ${queries.length} queries typed`);
        }
        report(args, length, keys);
      } finally {
        await loci.quit();
      }
    });
  });
}

function queriesOf(args: readonly string[], count: number): string[] {
  const scifact = readSciFact(args);
  const sources = { texts: realTexts(scifact), claims: scifact.queries.map(({ text }) => text) };
  return makeQueries(sources, 20 * count)
    .filter((query) => query.includes(' ') && query.length <= longestQuery)
    .slice(0, count);
}

/** Answers with how many memories there are. */
async function openSearch(loci: Loci): Promise<number> {
  const { page } = loci;
  await page.waitForFunction(() => window.location.hash.length > 2, undefined, { timeout: 120_000 });
  await page.evaluate(() => {
    window.location.hash = '#/memories';
  });
  const first = page.locator('.memory-list').getByRole('option').first();
  await first.waitFor({ timeout: 120_000 });
  await loci.searchByMeaningReady();
  await placeProbes(loci);
  return Number(await first.getAttribute('aria-setsize'));
}

async function typeQuery(loci: Loci, query: string, random: Random): Promise<Key[]> {
  const { page } = loci;
  await page.keyboard.press('ControlOrMeta+k');
  await startTrace(loci, ['blink.user_timing', 'devtools.timeline']);
  for (const letter of query) {
    const rested = pause(random.between(shortestPauseMs, longestPauseMs));
    // Not waited for: a person does not wait for the app either.
    void page.keyboard.press(letter === ' ' ? 'Space' : letter);
    await rested;
  }
  await pause(restMs);
  const events = await stopTrace(loci);
  return keysOf(events, await readProbes(loci));
}

function report(args: readonly string[], memories: number, keys: readonly Key[]): void {
  const settled = keys.flatMap(({ settledMs }) => settledMs ?? []);
  const spread = (ms: readonly number[]) => ({
    keys: ms.length,
    p50: percentile(ms, 50),
    p95: percentile(ms, 95),
    p99: percentile(ms, 99),
    worst: Math.max(...ms),
  });
  const rows = (named: Readonly<Record<string, readonly number[]>>): Row[] =>
    Object.entries(named).flatMap(([what, ms]) => (ms.length === 0 ? [] : [{ what, ...spread(ms) }]));
  const p95 = percentile(settled, 95);
  const parts = ['toMain', 'words', 'embedding', 'meaning', 'ranking', 'main', 'toList', 'toFrame'] as const;
  printReport(args, {
    title: `From a key in the search field to the frame that shows what it found, in ${memories} memories, milliseconds`,
    tables: {
      target: [{ target: 'p95 from key to frame, ms', value: p95, limit: latestMs, met: p95 <= latestMs }],
      'to the frame': rows({
        'with what was found for it': settled,
        'with that, or what the words alone found': keys.flatMap(({ firstMs }) => firstMs ?? []),
        'of any later key, for those given up too': keys.flatMap(({ anyMs }) => anyMs ?? []),
      }),
      'where it goes': rows(
        Object.fromEntries(parts.map((part) => [part, keys.flatMap(({ spent }) => spent?.[part] ?? [])])),
      ),
      keys: [
        {
          pressed: keys.length,
          'shown for itself': settled.length,
          'given up for the next': keys.filter(({ isCancelled }) => isCancelled).length,
        },
      ],
      ...(args.includes('--keys')
        ? {
            each: keys.map(({ text, settledMs = Number.NaN, anyMs = Number.NaN, isCancelled, spent }) => ({
              settledMs,
              anyMs,
              isCancelled,
              ...spent,
              text,
            })),
          }
        : {}),
    },
  });
}
