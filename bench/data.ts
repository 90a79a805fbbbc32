import path from 'node:path';
import type { LibraryServer } from '../main/app/library-database.ts';
import { withRequestContext } from '../main/database/request-context.ts';
import { operationsOn, type Operation } from './data-operations.ts';
import { makeLibrary } from './library/make-library.ts';
import { openLibrary } from './library/open-library.ts';
import type { SourceText } from './library/texts.ts';
import { median, option, printReport, progress, wholeNumber, type Row } from './report.ts';
import { readSciFact } from './scifact.ts';
import { sayHowFar, speedRow } from './seed.ts';
import { withTemporaryDir } from './temporary-dir.ts';

interface Contestant {
  readonly size: number;
  readonly library: LibraryServer;
  readonly seconds: number;
  readonly derivedSeconds: number;
  readonly operations: readonly Operation[];
}

/**
 * What a person does with memories, in libraries of several sizes: each on a server of its own with the
 * settings of the app, all open at once, and measured in turn, so that the ratios hold on a busy machine too.
 *
 *     npm run bench -- data [--sizes 10000,100000,1000000] [--rounds 40] [--bulk-rounds 5] [--seed 1] [--json]
 *       [--data <folder of SciFact>]
 */
export async function run(args: string[]): Promise<void> {
  const sizes = (option(args, 'sizes') ?? '10000,100000,1000000').split(',').map(Number);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 1_000))
    throw new Error('--sizes takes numbers of at least 1000, with commas between.');
  const rounds = wholeNumber(args, 'rounds', 40);
  const bulkRounds = wholeNumber(args, 'bulk-rounds', 5);
  if (rounds === 0 || bulkRounds === 0) throw new Error('Nothing is measured in no rounds.');
  const seed = wholeNumber(args, 'seed', 1);
  const { documents: texts } = readSciFact(args);
  await withTemporaryDir('data', async (dir, signal) => {
    const contestants: Contestant[] = [];
    try {
      for (const size of sizes.toSorted((a, b) => a - b))
        contestants.push(await enter(path.join(dir, String(size)), size, seed, texts, signal));
      const timings = await measure(contestants, { rounds, bulkRounds, signal });
      report(args, contestants, timings);
    } finally {
      for (const { library } of contestants) await library.close();
    }
  });
}

async function enter(
  libraryDir: string,
  size: number,
  seed: number,
  texts: readonly SourceText[],
  signal: AbortSignal,
): Promise<Contestant> {
  const empty = await openLibrary({ libraryDir, signal });
  const { userId, seconds, derivedSeconds } = await makeLibrary(empty.database.orm.em, {
    memories: size,
    seed,
    texts,
    signal,
    onProgress: sayHowFar(size),
  }).finally(() => empty.close());
  // Opened again, as on another day: nothing of the filling is left for the server to do.
  const library = await openLibrary({ libraryDir, signal });
  try {
    const { orm } = library.database;
    const operations = await withRequestContext(orm, () => operationsOn(orm.em, userId, texts));
    return { size, library, seconds, derivedSeconds, operations };
  } catch (error) {
    await library.close();
    throw error;
  }
}

/** Milliseconds, by operation and size. */
type Timings = ReadonlyMap<string, ReadonlyMap<number, number[]>>;

async function measure(
  contestants: readonly Contestant[],
  { rounds, bulkRounds, signal }: { rounds: number; bulkRounds: number; signal: AbortSignal },
): Promise<Timings> {
  const timings = new Map<string, Map<number, number[]>>();
  for (const [i, { name, heavy = false }] of (contestants[0]?.operations ?? []).entries()) {
    progress(name);
    const ofOperation = new Map(contestants.map(({ size }) => [size, new Array<number>()]));
    timings.set(name, ofOperation);
    // The first are not counted: code is compiled and pages are read then.
    for (let round = heavy ? -1 : -5; round < (heavy ? bulkRounds : rounds); round++) {
      // In another order each time: whoever comes after a large one finds the machine's caches cold.
      for (const { size, library, operations } of rotated(contestants, round)) {
        signal.throwIfAborted();
        const { orm } = library.database;
        const work = await withRequestContext(orm, async () => operations[i]?.prepare());
        if (!work) continue;
        const start = performance.now();
        await withRequestContext(orm, work);
        if (round >= 0) ofOperation.get(size)?.push(performance.now() - start);
      }
    }
  }
  return timings;
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const start = Math.abs(by) % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

function report(args: readonly string[], contestants: readonly Contestant[], timings: Timings): void {
  const row = ({ name, atMost }: Operation): Row => {
    const values = [...(timings.get(name) ?? [])].map(([size, ms]) => ({ size, ms: median(ms) }));
    const [smallest] = values;
    const largest = values.at(-1);
    const growth = smallest && largest ? largest.ms / smallest.ms : 1;
    return {
      operation: name,
      ...Object.fromEntries(values.map(({ size, ms }) => [`ms at ${short(size)}`, ms])),
      growth,
      ...(atMost === undefined ? {} : { target: atMost, met: growth <= atMost }),
    };
  };
  const operations = contestants[0]?.operations ?? [];
  printReport(args, {
    title: 'What a person does with memories, medians in libraries of several sizes',
    tables: {
      seeding: contestants.map(({ size, seconds, derivedSeconds }) =>
        speedRow(size, seconds, derivedSeconds),
      ),
      'one memory, one page': operations.filter(({ heavy }) => !heavy).map(row),
      'thousands at once': operations.filter(({ heavy }) => heavy).map(row),
    },
  });
}

const short = (size: number): string =>
  size % 1_000_000 === 0 ? `${size / 1_000_000}M` : `${Math.round(size / 1_000)}k`;
