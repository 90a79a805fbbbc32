import { mkdirSync, writeFileSync } from 'node:fs';
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
    const hostile = await timeHostile(dir, usedMb);
    progress(`Inspecting ${mutations} mutated files…`);
    const mutated = await timeMutations(path.join(dir, 'mutated'), mutations, usedMb);
    printReport(args, {
      title: 'Adapters: what they are, read from their headers',
      tables: {
        'inspected one after the other': [inspecting],
        'a folder scanned': [scanning],
        'headers that claim much': hostile,
        'mutated files': [mutated],
      },
    });
  });
}

async function timeInspections(places: readonly string[], usedMb: () => number) {
  for (const place of places.slice(0, 50)) await inspectAdapter(place);
  const before = usedMb();
  const times: number[] = [];
  for (const place of places) {
    const start = performance.now();
    const { ok } = await inspectAdapter(place);
    times.push(performance.now() - start);
    if (!ok) throw new Error(`${place} was refused`);
  }
  return {
    adapters: places.length,
    'median ms': median(times),
    'p99 ms': percentile(times, 99),
    'memory kept MB': usedMb() - before,
  };
}

async function timeScan(root: string, signal: AbortSignal, usedMb: () => number) {
  const before = usedMb();
  const start = performance.now();
  let adapters = 0;
  await scanFolder(root, {
    models: knownBaseModels,
    signal,
    onFound: ({ found }) => void (adapters += found.ok ? 1 : 0),
  });
  return { adapters, seconds: (performance.now() - start) / 1000, 'memory kept MB': usedMb() - before };
}

/** In a function of its own, so that nothing of the text is left when it is read. */
function writeHostile(file: string, make: () => string): void {
  writeFileSync(file, withLength(make()));
}

/** Each is measured at its worst, while it is read. */
async function timeHostile(dir: string, usedMb: () => number) {
  const size = 31_000_000;
  const texts: Readonly<Record<string, () => string>> = {
    'a header of spaces': () => `{${' '.repeat(size)}}`,
    'one text of metadata': () => `{"__metadata__":{"a":"${'x'.repeat(size)}"}}`,
    'a text of escapes': () => `{"__metadata__":{"a":"${String.raw`\n`.repeat(size / 2)}"}}`,
    'a million texts': () =>
      `{"__metadata__":{${Array.from({ length: 340_000 }, (_, i) => `"${i}":"${'x'.repeat(80)}"`).join(',')}}}`,
    'too many tensors': () =>
      `{${Array.from({ length: 130_000 }, (_, i) => `"${'n'.repeat(150)}${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`).join(',')}}`,
  };
  const rows = [];
  for (const [name, make] of Object.entries(texts)) {
    const file = path.join(dir, 'hostile.safetensors');
    writeHostile(file, make);
    const before = usedMb();
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    let most = 0;
    const looking = setInterval(() => (most = Math.max(most, usedMb() - before)), 50);
    const inspected = await inspectAdapter(file);
    clearInterval(looking);
    const { user, system } = process.cpuUsage(cpuBefore);
    rows.push({
      header: name,
      ms: performance.now() - start,
      'cpu ms': (user + system) / 1000,
      'memory at most MB': most,
      answer: inspected.ok ? 'adapter' : inspected.refusal.reason,
    });
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
