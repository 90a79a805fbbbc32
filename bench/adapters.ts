import { closeSync, fstatSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { knownBaseModels } from '../main/adapters/base-models.ts';
import { inspectAdapter } from '../main/adapters/inspect-adapter.ts';
import { mutatedAdapter, prepare, writeMutated } from '../main/adapters/mutated-adapters.ts';
import { scanFolder } from '../main/adapters/scan-folder.ts';
import {
  llama8B,
  peftConfig,
  peftTensors,
  safetensorsHeader,
  sizeOfAll,
  withLength,
  writeSparse,
  type MadeTensor,
} from '../main/adapters/testing.ts';
import { median, percentile, printReport, progress, wholeNumber } from './report.ts';
import { withTemporaryDir } from './temporary-dir.ts';

const all = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];
/** Of 20 to 500 MB, as people have them. */
const sorts = [
  { targets: ['q_proj', 'v_proj'], rank: 16, dtype: 'F32' },
  { targets: ['q_proj', 'k_proj', 'v_proj', 'o_proj'], rank: 16, dtype: 'F32' },
  { targets: all, rank: 16, dtype: 'BF16' },
  { targets: all, rank: 32, dtype: 'BF16' },
  { targets: all, rank: 64, dtype: 'BF16' },
  { targets: all, rank: 64, dtype: 'F32' },
  { targets: all, rank: 88, dtype: 'F32' },
].map((sort) => peftTensors({ ...sort, model: llama8B }));

function makeLibrary(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const tensors: readonly MadeTensor[] = sorts[i % sorts.length] ?? [];
    const place = path.join(folder, `group-${Math.floor(i / 100)}`, `adapter-${i}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'adapter_config.json'), peftConfig({ r: 16, target_modules: all }));
    const header = safetensorsHeader(tensors, { number: String(i) });
    writeSparse(path.join(place, 'adapter_model.safetensors'), header, sizeOfAll(tensors));
    return place;
  });
}

function collector(): () => number {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  return () => {
    if (typeof collect === 'function') collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  };
}

/** Reading what adapters are: how long it takes, and that memory stays where it is whatever a file claims. */
export async function run(args: string[]): Promise<void> {
  const inspections = wholeNumber(args, 'adapters', 1000);
  const scanned = wholeNumber(args, 'scan', 5000);
  const mutations = wholeNumber(args, 'mutations', 20_000);
  const usedMb = collector();
  await withTemporaryDir('adapters', async (dir, signal) => {
    progress(`Making ${scanned} adapters…`);
    const places = makeLibrary(path.join(dir, 'library'), scanned);
    const inspecting = await timeInspections(places.slice(0, inspections), usedMb);
    progress('Scanning…');
    const scanning = await timeScan(path.join(dir, 'library'), signal, usedMb);
    progress('Inspecting what claims much…');
    const claiming = await timeHostile(dir, usedMb);
    progress(`Inspecting ${mutations} mutated files…`);
    const mutated = await timeMutations(path.join(dir, 'mutated'), mutations, usedMb);
    printReport(args, {
      title: 'Adapters: what they are, read from their headers',
      tables: {
        'inspected one after the other': [inspecting],
        'a folder scanned': [scanning],
        'headers that claim much': claiming,
        'mutated files': [mutated],
      },
    });
  });
}

/** Says more than the clock on a machine that is busy with other things. */
function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function timeInspections(places: readonly string[], usedMb: () => number) {
  for (const place of places.slice(0, 50)) await inspectAdapter(place);
  const before = usedMb();
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (const place of places) {
    const start = performance.now();
    const { ok } = await inspectAdapter(place);
    times.push(performance.now() - start);
    if (!ok) throw new Error(`${place} was refused`);
  }
  return {
    adapters: places.length,
    'cpu ms each': cpuMsSince(cpuBefore) / places.length,
    'median ms': median(times),
    'p99 ms': percentile(times, 99),
    'memory kept MB': usedMb() - before,
  };
}

async function timeScan(root: string, signal: AbortSignal, usedMb: () => number) {
  const before = usedMb();
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  let adapters = 0;
  await scanFolder(root, {
    models: knownBaseModels,
    signal,
    onFound: ({ found }) => void (adapters += found.ok ? 1 : 0),
  });
  const seconds = (performance.now() - start) / 1000;
  return {
    adapters,
    seconds,
    'cpu seconds': cpuMsSince(cpuBefore) / 1000,
    'memory kept MB': usedMb() - before,
  };
}

interface Hostile {
  readonly begin: string;
  readonly piece: (number: number) => string;
  readonly pieces: number;
  readonly end: string;
}

const mega = 1_000_000;
const empty = '{"dtype":"U8","shape":[0],"data_offsets":[0,0]}';
const hostile: Readonly<Record<string, Hostile>> = {
  'a header of spaces': { begin: '{', piece: () => ' '.repeat(mega), pieces: 31, end: '}' },
  'one text of metadata': {
    begin: '{"__metadata__":{"a":"',
    piece: () => 'x'.repeat(mega),
    pieces: 31,
    end: '"}}',
  },
  'a text of escapes': {
    begin: '{"__metadata__":{"a":"',
    piece: () => String.raw`\n`.repeat(mega / 2),
    pieces: 31,
    end: '"}}',
  },
  'many texts of metadata': {
    begin: '{"__metadata__":{"a":"b"',
    piece: (number) => `,"${number}":"${'x'.repeat(80)}"`,
    pieces: 330_000,
    end: '}}',
  },
  'many tensors': {
    begin: `{"a":${empty}`,
    piece: (number) => `,"${'n'.repeat(150)}${number}":${empty}`,
    pieces: 99_000,
    end: '}',
  },
};

/** Piece by piece, so that nothing of it is left in memory when it is read. */
function writeHostile(file: string, { begin, piece, pieces, end }: Hostile): void {
  const to = openSync(file, 'w');
  writeSync(to, withLength(begin, 0));
  for (let number = 0; number < pieces; number++) writeSync(to, piece(number));
  writeSync(to, end);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(fstatSync(to).size - 8));
  writeSync(to, length, 0, 8, 0);
  closeSync(to);
}

/** Once for the time, and once to see how much of memory is in use while it is read. */
async function timeHostile(dir: string, usedMb: () => number) {
  const file = path.join(dir, 'hostile.safetensors');
  const rows = [];
  for (const [header, made] of Object.entries(hostile)) {
    writeHostile(file, made);
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    const inspected = await inspectAdapter(file);
    const ms = performance.now() - start;
    const cpuMs = cpuMsSince(cpuBefore);
    const before = usedMb();
    let most = 0;
    const looking = setInterval(() => (most = Math.max(most, usedMb() - before)), 10);
    await inspectAdapter(file);
    clearInterval(looking);
    const answer = inspected.ok ? 'adapter' : inspected.refusal.reason;
    rows.push({ header, ms, 'cpu ms': cpuMs, 'memory at most MB': most, answer });
  }
  return rows;
}

async function timeMutations(folder: string, count: number, usedMb: () => number) {
  mkdirSync(folder);
  prepare(folder);
  const times: number[] = [];
  let adapters = 0;
  const before = usedMb();
  let most = 0;
  await fc.assert(
    fc.asyncProperty(mutatedAdapter, async (mutated) => {
      const place = writeMutated(folder, mutated);
      const start = performance.now();
      const { ok } = await inspectAdapter(place);
      times.push(performance.now() - start);
      if (ok) adapters++;
      if (times.length % 2000 === 0) most = Math.max(most, usedMb() - before);
    }),
    { numRuns: count },
  );
  return {
    files: count,
    adapters,
    'median ms': median(times),
    'longest ms': Math.max(...times),
    'memory kept MB at most': most,
  };
}
