import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { withDisplay } from '../scripts/display.mjs';
import { electronExecutable, root } from '../scripts/places.mjs';
import { processTree } from '../e2e/processes.ts';
import { median, printReport } from './report.ts';

/** Milliseconds after the process was started. */
interface Timings {
  painted: number;
  ready?: number;
  embeddings?: number;
}

interface Run {
  readonly timings: Timings;
  /** Proportional memory by process kind, five seconds after everything was there. */
  readonly memoryBytes?: Record<string, number>;
}

const idleAfterMs = 5_000;
const giveUpAfterMs = 60_000;

/** How long until there is something to see, to search by words, to search by meaning. */
export async function run(args: string[]): Promise<void> {
  const runs = Number(args[args.indexOf('--runs') + 1] || 10) || 10;
  await withDisplay(async () => {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-bench-start-'));
    try {
      const appDir = makeProbedApp(scratch);
      const blank: Timings[] = [];
      const first: Timings[] = [];
      const warm: Timings[] = [];
      let memoryBytes: Record<string, number> | undefined;
      const library = path.join(scratch, 'warm');
      await start(appDir, library, {});
      // In turn, so that a machine that slows down slows all of them down.
      for (let i = 0; i < runs; i++) {
        blank.push((await start(appDir, path.join(scratch, 'blank'), { blank: true })).timings);
        first.push((await start(appDir, path.join(scratch, `first-${i}`), {})).timings);
        fs.rmSync(path.join(scratch, `first-${i}`), { recursive: true, force: true });
        const last = i === runs - 1;
        const warmRun = await start(appDir, library, { measureMemory: last });
        warm.push(warmRun.timings);
        memoryBytes = warmRun.memoryBytes ?? memoryBytes;
      }
      report({ runs, blank, first, warm, memoryBytes: memoryBytes ?? {} }, args);
    } finally {
      fs.rmSync(scratch, { recursive: true, force: true });
    }
  });
}

/** The app as it is, started through the probe. */
function makeProbedApp(scratch: string): string {
  const appDir = path.join(scratch, 'app');
  fs.mkdirSync(appDir);
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as object;
  fs.writeFileSync(
    path.join(appDir, 'package.json'),
    JSON.stringify({ ...own, main: 'probe.cjs', type: 'commonjs' }),
  );
  fs.copyFileSync(path.join(root, 'bench', 'start-probe.cjs'), path.join(appDir, 'probe.cjs'));
  fs.symlinkSync(path.join(root, 'build'), path.join(appDir, 'build'));
  return appDir;
}

async function start(
  appDir: string,
  dataDir: string,
  { blank = false, measureMemory = false }: { blank?: boolean; measureMemory?: boolean },
): Promise<Run> {
  const begun = Date.now();
  const child = spawn(
    electronExecutable,
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${path.join(dataDir, 'profile')}`,
      appDir,
    ],
    {
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LOCI_'))),
        LOCI_DATA_DIR: dataDir,
        LOCI_BENCH_MAIN: path.join(root, 'build', 'app', 'main', 'index.cjs'),
        ...(blank ? { LOCI_BENCH_BLANK: '1' } : {}),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  // An app that does not get there ends the benchmark instead of holding it for ever.
  const giveUp = setTimeout(() => child.kill('SIGKILL'), giveUpAfterMs);
  const timings: Partial<Timings> = {};
  const wanted: (keyof Timings)[] = blank ? ['painted'] : ['painted', 'ready', 'embeddings'];
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (!line.startsWith('probe ')) continue;
    const { what, at } = JSON.parse(line.slice('probe '.length)) as { what: keyof Timings; at: number };
    timings[what] ??= at - begun;
    if (wanted.every((name) => timings[name] !== undefined)) break;
  }
  clearTimeout(giveUp);
  const { painted } = timings;
  const missing = wanted.filter((name) => timings[name] === undefined);
  if (painted === undefined || missing.length > 0) throw new Error(`Never reached: ${missing.join(', ')}`);
  let memoryBytes: Record<string, number> | undefined;
  if (measureMemory && child.pid !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, idleAfterMs));
    memoryBytes = proportionalMemory(child.pid);
  }
  child.kill('SIGTERM');
  await exited;
  return { timings: { ...timings, painted }, ...(memoryBytes ? { memoryBytes } : {}) };
}

/** PSS: what a process holds alone plus its share of what it holds with others. */
function proportionalMemory(mainPid: number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { pid, command } of processTree(mainPid)) {
    const kind = processKind(command, pid === mainPid);
    try {
      const kilobytes = /^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
      sums[kind] = (sums[kind] ?? 0) + Number(kilobytes ?? 0) * 1024;
    } catch {
      // Gone in the meantime.
    }
  }
  return sums;
}

function processKind(command: string, isMain: boolean): string {
  if (isMain) return 'app';
  const type = /--type=(\S+)/.exec(command)?.[1];
  if (type === 'utility') return command.includes('node.mojom.NodeService') ? 'model' : 'network';
  if (type) return type === 'renderer' ? 'page' : type;
  return command.includes('postgres') ? 'database' : 'other';
}

interface Measured {
  readonly runs: number;
  readonly blank: Timings[];
  readonly first: Timings[];
  readonly warm: Timings[];
  readonly memoryBytes: Record<string, number>;
}

function report({ runs, blank, first, warm, memoryBytes }: Measured, args: string[]): void {
  const of = (list: Timings[], name: keyof Timings) => median(list.flatMap((timings) => timings[name] ?? []));
  const base = of(blank, 'painted');
  const row = (what: string, ms: number, targetMs: number) => ({
    what,
    ms,
    overBlankMs: ms - base,
    ratioToBlank: ms / base,
    targetOverBlankMs: targetMs,
    met: ms - base <= targetMs,
  });
  const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
  printReport(args, {
    title: `Start, medians of ${runs}`,
    tables: {
      start: [
        { what: 'blank Electron window painted', ms: base },
        row('warm: painted', of(warm, 'painted'), 300),
        row('warm: ready', of(warm, 'ready'), 1_000),
        row('warm: search by meaning ready', of(warm, 'embeddings'), 1_500),
        row('first ever: painted', of(first, 'painted'), 300),
        row('first ever: ready', of(first, 'ready'), 3_000),
        { what: 'first ever: search by meaning ready', ms: of(first, 'embeddings') },
      ],
      memory: [
        ...Object.entries(memoryBytes).map(([kind, bytes]) => ({
          process: kind,
          pssMegabytes: megabytes(bytes),
        })),
        { process: 'all', pssMegabytes: megabytes(Object.values(memoryBytes).reduce((a, b) => a + b, 0)) },
      ],
    },
  });
}
