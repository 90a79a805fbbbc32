import { setTimeout as pause } from 'node:timers/promises';
import { withDisplay } from '../scripts/display.mjs';
import { startIdleApp, type IdleApp } from './idle-app.ts';
import { readMoment, sum, useSince, type ProcessUse } from './idle-processes.ts';
import { copySearchLibrary } from './library-for-the-app.ts';
import { option, printReport, progress, wholeNumber, type Row } from './report.ts';
import { readSciFact } from './scifact.ts';
import { withTemporaryDir } from './temporary-dir.ts';

const limits = { cpuPercent: 1, openMegabytes: 500, hiddenMegabytes: 400 } as const;
/** Each is as long as a search takes to settle. */
const stepMs = 1_500;
const queryCount = 15;

/**
 * What all processes of the app take and hold while nobody does anything: with the window open after it was used, and
 * hidden in the tray.
 *
 *     npm run bench -- idle [--memories 100000] [--rest 60] [--over 60] [--data-dir <the app's data folder>]
 *       [--data <folder of SciFact>] [--json]
 *
 * It rests for a minute before the minute that is measured, as after being used; both in seconds.
 */
export async function run(args: string[]): Promise<void> {
  const memories = wholeNumber(args, 'memories', 100_000);
  const restMs = wholeNumber(args, 'rest', 60) * 1_000;
  const overMs = wholeNumber(args, 'over', 60) * 1_000;
  await withTemporaryDir('idle', async (scratch, signal) => {
    const dataDir = option(args, 'data-dir') ?? scratch;
    if (dataDir === scratch) await copySearchLibrary(scratch, memories, args, signal);
    await withDisplay(async () => {
      const app = await startIdleApp(scratch, dataDir);
      try {
        await useIt(app, args);
        progress('Used; now it is left alone with its window open');
        const open = await measure(app, restMs, overMs, signal);
        await app.page(`window.loci.invoke('settings.set', { 'app.inBackground': true })`);
        await app.closeWindows();
        progress('Closed to the tray; it is left alone again');
        const hidden = await measure(app, restMs, overMs, signal);
        report(args, memories, { open, hidden });
      } finally {
        await app.end();
      }
    });
  });
}

/** As a person would: searches, reads what was found, and leaves a memory open beside the list. */
async function useIt(app: IdleApp, args: readonly string[]): Promise<void> {
  await app.waitFor('the library', reaches(`status.phase === 'ready'`));
  await app.waitFor('search by meaning', reaches(`status.meaning?.state === 'ready'`));
  await app.page(`location.hash = '#/memories'`);
  await app.waitFor('the list', `document.querySelector('.memory-list [role=option]') !== null`);
  for (const { text } of readSciFact(args).queries.slice(0, queryCount)) {
    await app.page(`location.hash = ${JSON.stringify(`#/memories?q=${encodeURIComponent(text)}`)}`);
    await pause(stepMs);
    await app.page(`document.querySelector('.memory-list [role=option]')?.click()`);
    await pause(stepMs);
  }
  await app.page(`location.hash = '#/memories'`);
  await pause(stepMs);
  await app.page(`document.querySelector('.memory-list [role=option]')?.click()`);
}

const reaches = (condition: string): string =>
  `window.loci.invoke('app.status').then(({ value: status }) => ${condition})`;

async function measure(
  app: IdleApp,
  restMs: number,
  overMs: number,
  signal: AbortSignal,
): Promise<ProcessUse[]> {
  await pause(restMs, undefined, { signal });
  const before = readMoment(app.pid);
  await pause(overMs, undefined, { signal });
  return useSince(before, app.pid);
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

function rows(uses: readonly ProcessUse[]): Row[] {
  const row = (process: string, { count, cpuPercent, pss }: Omit<ProcessUse, 'kind'>): Row => ({
    process,
    count,
    'percent of a core': cpuPercent,
    'PSS, MB': megabytes(pss.all),
    'its own': megabytes(pss.own),
    'programs and files': megabytes(pss.files),
    'shared with others': megabytes(pss.shared),
  });
  return [...uses.map((use) => row(use.kind, use)), row('all', total(uses))];
}

const total = (uses: readonly ProcessUse[]): Omit<ProcessUse, 'kind'> => ({
  count: uses.reduce((count, use) => count + use.count, 0),
  cpuPercent: uses.reduce((percent, use) => percent + use.cpuPercent, 0),
  pss: sum(uses.map(({ pss }) => pss)),
});

function report(
  args: readonly string[],
  memories: number,
  { open, hidden }: { readonly open: readonly ProcessUse[]; readonly hidden: readonly ProcessUse[] },
): void {
  const target = (what: string, value: number, limit: number): Row => ({
    target: what,
    value,
    limit,
    met: value <= limit,
  });
  const held = (uses: readonly ProcessUse[]) => megabytes(total(uses).pss.all);
  printReport(args, {
    title: `Idle with ${memories} memories`,
    tables: {
      targets: [
        target('window open: percent of a core', total(open).cpuPercent, limits.cpuPercent),
        target('window open: sum of PSS, MB', held(open), limits.openMegabytes),
        target('hidden: percent of a core', total(hidden).cpuPercent, limits.cpuPercent),
        target('hidden: sum of PSS, MB', held(hidden), limits.hiddenMegabytes),
      ],
      'window open': rows(open),
      'hidden in the tray': rows(hidden),
    },
  });
}
