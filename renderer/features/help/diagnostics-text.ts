import type { Settings } from '../../../shared/schemas/settings.ts';
import type { SystemReport } from '../../../shared/schemas/system-report.ts';

export interface Facts {
  readonly report: SystemReport;
  readonly reading: {
    readonly state: string;
    readonly ready: number;
    readonly pending: number;
    readonly failed: number;
  };
  readonly counts: Readonly<Record<string, number>>;
  readonly jobs: readonly { readonly kind: string; readonly status: string }[];
  readonly settings: Settings;
  readonly system: string;
}

/** Settings that say how the app behaves; the others may hold names of places and people. */
const toldSettings = [
  'appearance.theme',
  'appearance.language',
  'appearance.textSize',
  'reading.font',
  'trash.keepDays',
  'sessions.lifetimeDays',
  'jobs.notify',
  'app.inBackground',
  'capture.fromClipboard',
] as const satisfies readonly (keyof Settings)[];

/** What helps to find out what is wrong: versions, sizes and counts. Nothing that anybody wrote, and no path or name. */
export function diagnosticsText({ report, reading, counts, jobs, settings, system }: Facts): string {
  const { versions, library, server, model, processes } = report;
  const lines: readonly (readonly [string, string])[] = [
    ['System', system],
    ...Object.entries(versions),
    ['Library on disk', `${library.sizeBytes} bytes, database ${library.databaseBytes} bytes`],
    ['Server reached by', server.reachedBy],
    ['Server connections', String(server.connections)],
    ['Model', model ? `${model.name}, ${model.dimension} numbers, loaded in ${model.loadMs} ms` : 'none'],
    [
      'Reading',
      `${reading.state}: ${reading.ready} ready, ${reading.pending} waiting, ${reading.failed} failed`,
    ],
    ...Object.entries(counts).map(([name, count]) => [name, String(count)] as const),
    ...processes.map(
      ({ kind, count, memoryBytes }) => [`Memory of ${kind}`, `${memoryBytes} bytes in ${count}`] as const,
    ),
    ...jobs.map(({ kind, status }) => ['Job', `${kind}: ${status}`] as const),
    ...toldSettings.map((key) => [key, String(settings[key])] as const),
    ['Shortcuts changed', String(Object.keys(settings['shortcuts.chosen']).length)],
  ];
  return ['Loci diagnostics', ...lines.map(([name, value]) => `${name}: ${value}`)].join('\n');
}
