import type { Embedder } from '../main/embedding/embedder.ts';
import { option, percentile, printReport, progress, wholeNumber, type Row } from './report.ts';
import { openSearchApp, type SearchApp } from './search-app.ts';
import { collectionDir, searchCollection, withEmbedder } from './search-collection.ts';
import { searchLibrary } from './search-library.ts';
import { filterNames, filters, measure, type Timings } from './search-measure.ts';
import { comparePeers } from './search-peers.ts';
import { makeQueries } from './search-queries.ts';
import { measureRecall, type Recall } from './search-recall.ts';
import { type, type Typing } from './search-typing.ts';
import { withTemporaryDir } from './temporary-dir.ts';

const slowestMs = 40;
const timesRaw = 3;
const growthToMillion = 3;
const latestAfterKeyMs = 80;
const leastRecall = 0.985;
const warmUpCount = 40;

/**
 * How long a search takes from the request to its answer, through the router, in libraries of real sentences; against
 * the least that any search by meaning has to do, in the same run.
 *
 *     npm run bench -- search [--memories 100000 | 10000,100000,1000000] [--queries 500] [--recall-queries 100]
 *       [--typed 12] [--json] [--data <folder of SciFact>]
 *     npm run bench -- search --peers [--memories 100000] [--only lancedb,sqlite] [--json]
 *
 * The first 50,000 texts are real and embedded by the app's own worker; more are mixtures of these (see
 * search-texts.ts). Vectors and libraries stay in build/bench, so only the first run takes long.
 */
export async function run(args: string[]): Promise<void> {
  const sizes = (option(args, 'memories') ?? '100000').split(',').map(Number);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 1_000))
    throw new Error('--memories takes numbers of at least 1000, with commas between.');
  await withTemporaryDir('search', (_dir, signal) =>
    withEmbedder(async (embedder) => {
      const apps: SearchApp[] = [];
      try {
        await measureAll(args, sizes, { embedder, apps, signal });
      } finally {
        for (const app of apps) await app.close();
      }
    }),
  );
}

interface Means {
  readonly embedder: Embedder;
  /** Closed in the end, whatever happens. */
  readonly apps: SearchApp[];
  readonly signal: AbortSignal;
}

async function measureAll(
  args: readonly string[],
  sizes: readonly number[],
  { embedder, apps, signal }: Means,
): Promise<void> {
  const most = Math.max(...sizes);
  const { scifact, texts, model, mixed } = await searchCollection(args, most, { embedder, signal });
  const dir = collectionDir;
  if (args.includes('--peers'))
    return comparePeers({ args, dir, scifact, texts: mixed(most), embedder, signal });
  for (const size of sizes.toSorted((a, b) => a - b)) {
    progress(`A library of ${size} memories`);
    const made = await searchLibrary({ dir, texts: mixed(size), model, signal });
    apps.push(await openSearchApp({ made, memories: size, embedder, signal }));
  }
  const count = wholeNumber(args, 'queries', 500);
  const all = makeQueries(
    { texts, claims: scifact.queries.map(({ text }) => text) },
    count * filterNames.length + warmUpCount,
  );
  const queries = all.slice(warmUpCount);
  const timings = await measure(apps, { embedder, queries, warmUp: all.slice(0, warmUpCount), signal });
  const typed = queries
    .filter((query) => query.includes(' ') && query.length <= 40)
    .slice(0, wholeNumber(args, 'typed', 12));
  const typings: Typing[] = [];
  const recalls: { memories: number; recall: Recall }[] = [];
  for (const app of apps) {
    progress(`Typing, in ${app.memories} memories`);
    typings.push(await type(app, typed, signal));
    progress(`Recall, in ${app.memories} memories`);
    const asked = queries.slice(0, wholeNumber(args, 'recall-queries', 100));
    recalls.push({ memories: app.memories, recall: await measureRecall(app, embedder, asked, signal) });
  }
  printReport(args, {
    title: `Search through the router, ${count} different queries of 1 to 12 words, milliseconds`,
    tables: {
      targets: targetsOf(timings, typings, recalls),
      'whole queries': timings.flatMap(({ memories, whole }) =>
        filterNames.map((name) => ({
          memories,
          passing: name === 'none' ? 'all' : name,
          ...spread(whole[name]),
        })),
      ),
      'the same against the least': timings.flatMap(againstRaw),
      'parts of a query without a filter': timings.flatMap(({ memories, legs }) =>
        Object.entries(legs).map(([part, ms]) => ({ memories, part, ...spread(ms) })),
      ),
      'a key every 60 to 200 ms': typings.map(({ memories, keys, cancelled, settledMs }) => ({
        memories,
        keys,
        cancelled,
        settled: settledMs.length,
        ...spread(settledMs),
      })),
      'recall of the ten nearest': recalls.map(({ memories, recall }) => ({ memories, ...recall })),
      'making the libraries, seconds': apps.map(({ memories, made }) => ({ memories, ...made.seconds })),
    },
  });
}

const spread = (ms: readonly number[]) => ({
  p50: percentile(ms, 50),
  p95: percentile(ms, 95),
  p99: percentile(ms, 99),
  worst: Math.max(...ms),
});

function againstRaw({ memories, whole, raw, rawSql }: Timings): Row[] {
  return [
    { memories, what: 'whole query', ...spread(whole.none) },
    { memories, what: 'embedding and one statement', ...spread(raw) },
    { memories, what: 'the statement alone', ...spread(rawSql) },
    {
      memories,
      what: 'times as long',
      p50: percentile(whole.none, 50) / percentile(raw, 50),
      p95: percentile(whole.none, 95) / percentile(raw, 95),
      p99: percentile(whole.none, 99) / percentile(raw, 99),
    },
  ];
}

function targetsOf(
  timings: readonly Timings[],
  typings: readonly Typing[],
  recalls: readonly { memories: number; recall: Recall }[],
): Row[] {
  const rows: Row[] = [];
  const atMost = (target: string, value: number, limit: number) =>
    rows.push({ target, value, limit, met: value <= limit });
  const p95 = (memories: number) => {
    const found = timings.find((each) => each.memories === memories);
    return found && percentile(found.whole.none, 95);
  };
  for (const { memories, whole, raw } of timings) {
    if (memories <= 100_000)
      for (const name of filterNames)
        atMost(`p95 at ${memories}${filters[name]}, ms`, percentile(whole[name], 95), slowestMs);
    atMost(`p95 at ${memories}, times the least`, percentile(whole.none, 95) / percentile(raw, 95), timesRaw);
  }
  const [small, large] = [p95(10_000), p95(1_000_000)];
  if (small !== undefined && large !== undefined)
    atMost('p95 at 1000000, times the one at 10000', large / small, growthToMillion);
  for (const { memories, settledMs } of typings)
    atMost(`latest after its key at ${memories}, ms`, Math.max(...settledMs), latestAfterKeyMs);
  for (const { memories, recall } of recalls)
    for (const [how, value] of Object.entries(recall))
      rows.push({
        target: `recall@10 at ${memories}, ${how}`,
        value,
        limit: leastRecall,
        met: value >= leastRecall,
      });
  return rows;
}
