import fs from 'node:fs';
import type { Loci } from '../e2e/fixtures.ts';

/** What Chromium notes of itself; microseconds on one clock. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
}

/** What tells when a frame was drawn. */
const frames = ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'];

export async function startTrace({ app }: Loci, more: readonly string[] = []): Promise<void> {
  await app.evaluate(
    ({ contentTracing }, categories) => contentTracing.startRecording({ included_categories: categories }),
    [...frames, ...more],
  );
}

/** What the process of the window noted, in the order of time. */
export async function stopTrace({ app }: Loci): Promise<TraceEvent[]> {
  const [file, pid] = await app.evaluate(
    async ({ contentTracing, BrowserWindow }) =>
      [
        await contentTracing.stopRecording(),
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      ] as const,
  );
  const { traceEvents } = JSON.parse(fs.readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
  fs.rmSync(file);
  return traceEvents.filter((event) => event.pid === pid).toSorted((a, b) => a.ts - b.ts);
}
