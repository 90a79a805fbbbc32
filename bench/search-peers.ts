import fs from 'node:fs';
import path from 'node:path';
import type { Embedder } from '../main/embedding/embedder.ts';
import type { SearchHit } from '../shared/schemas/search.ts';
import { installPeers } from './peers/install.ts';
import {
  peerNames,
  type PeerData,
  type PeerMode,
  type PeerName,
  PeerProcess,
  type PeerQuery,
  type PeerSeconds,
} from './peers/peer-process.ts';
import { meanOf, qualityOf } from './ranking-quality.ts';
import { option, percentile, printReport, progress, type Row } from './report.ts';
import type { SciFact } from './scifact.ts';
import { ask, openSearchApp } from './search-app.ts';
import { searchLibrary } from './search-library.ts';
import { plainText } from './search-queries.ts';
import type { SearchTexts } from './search-texts.ts';
import { dot, embedOnce, type VectorTable } from './search-vectors.ts';

const depth = 10;
/** Asked of one after the other, so that what slows the machine for a while slows all of them. */
const blockSize = 20;
/** Whoever takes longer for a query is asked one block of them. */
const tooSlowMs = 400;
const leastLead = 0.02;
const leastRecall = 0.985;
const toBeat: PeerName = 'lancedb';

export interface PeersOptions {
  readonly args: readonly string[];
  readonly dir: string;
  readonly scifact: SciFact;
  readonly texts: SearchTexts;
  readonly embedder: Embedder;
  readonly signal: AbortSignal;
}

/** How one searches the same texts by the same vectors; what it finds are places of texts. */
interface Contestant {
  readonly name: string;
  readonly seconds: PeerSeconds;
  readonly ask: (
    mode: PeerMode,
    queries: readonly PeerQuery[],
  ) => Promise<{ ms: number[]; found: number[][] }>;
}

/**
 * Loci beside what one could take instead, all from npm: how long indexes take, how long a search takes without the
 * embedding of the query, how much of the ten nearest is found, and how good the first ten are where people judged it.
 * There each has the same text and vector; Loci alone has a place for what of it is the title.
 */
export async function comparePeers(options: PeersOptions): Promise<void> {
  const { args, scifact, texts, embedder, signal } = options;
  const only = option(args, 'only')?.split(',');
  const names = peerNames.filter((name) => only?.includes(name) ?? true);
  const claims = scifact.queries.map(({ text }) => plainText(text));
  const vectors = await embedder.embed(claims, { priority: 'query', signal });
  const queries = claims.map((text, i) => ({ text, vector: [...(vectors[i] ?? [])] }));

  const speed = await withContestants(names, options, texts, async (contestants) => ({
    seconds: contestants.map(({ name, seconds }) => ({ engine: name, ...seconds })),
    modes: await measureModes(contestants, queries, signal),
    recall: await measureRecalls(contestants, queries, texts),
  }));
  const abstracts = scifact.documents.map(({ title, text }) => `${title} ${text}`);
  const quality = args.includes('--no-quality')
    ? new Map<string, number>()
    : await withContestants(
        names,
        options,
        {
          ...textsOf(abstracts, await embedOnce(options.dir, abstracts, embedder, signal)),
          title: (place) => scifact.documents[place]?.title ?? '',
        },
        (contestants) => measureQuality(contestants, queries, scifact),
      );
  printReport(args, {
    title: `Loci beside others: ${texts.count} texts, ${queries.length} claims, milliseconds without the query's embedding`,
    tables: {
      targets: targetsOf(speed, quality),
      searching: speed.modes.map((row) => ({
        ...row,
        ...(row.mode === 'vector' ? { recall10: speed.recall.get(row.engine) ?? 0 } : {}),
        ...(row.mode === 'hybrid' && quality.has(row.engine) ? { ndcg10: quality.get(row.engine) ?? 0 } : {}),
      })),
      'making the index, seconds': speed.seconds,
    },
  });
}

const textsOf = (texts: readonly string[], vectors: VectorTable): SearchTexts => ({
  count: texts.length,
  text: (place) => texts[place] ?? '',
  vector: (place) => vectors.at(place),
});

async function withContestants<T>(
  names: readonly PeerName[],
  { dir, embedder, signal }: PeersOptions,
  texts: SearchTexts,
  work: (contestants: readonly Contestant[]) => Promise<T>,
): Promise<T> {
  const { model } = embedder.status();
  if (!model) throw new Error('The model is not there.');
  const peersDir = installPeers();
  const home = path.join(dir, 'peers');
  const peers: PeerProcess[] = [];
  progress(`Loci, ${texts.count} texts`);
  const made = await searchLibrary({ dir, texts, model, signal });
  const app = await openSearchApp({ made, memories: texts.count, embedder, signal });
  try {
    const data = writeData(home, texts, model.dimension);
    const contestants: Contestant[] = [
      {
        name: 'loci',
        seconds: { load: made.seconds.rows, vectors: made.seconds.meanings, words: made.seconds.words },
        ask: await askLoci(app),
      },
    ];
    for (const name of names) {
      progress(`${name}, ${texts.count} texts`);
      signal.throwIfAborted();
      const peer = new PeerProcess(peersDir, name);
      peers.push(peer);
      const seconds = await peer.make({ ...data, dir: path.join(home, name) });
      contestants.push({ name, seconds, ask: (mode, queries) => peer.ask(mode, queries, depth) });
    }
    return await work(contestants);
  } finally {
    for (const peer of peers) await peer.close();
    await app.close();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function writeData(dir: string, texts: SearchTexts, dimension: number): Omit<PeerData, 'dir'> {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  const places = Array.from({ length: texts.count }, (_, place) => place);
  const textsFile = path.join(dir, 'texts.json');
  const vectorsFile = path.join(dir, 'vectors.f32');
  fs.writeFileSync(textsFile, JSON.stringify(places.map((place) => texts.text(place))));
  const numbers = new Float32Array(texts.count * dimension);
  for (const place of places) numbers.set(texts.vector(place), place * dimension);
  fs.writeFileSync(vectorsFile, new Uint8Array(numbers.buffer));
  return { textsFile, vectorsFile, dimension };
}

/** Through the router, as the window asks; a vector it has been asked for before is remembered. */
async function askLoci(app: Awaited<ReturnType<typeof openSearchApp>>): Promise<Contestant['ask']> {
  const { em } = app.server.database.orm;
  // Keys go by time, and times by the places of the texts.
  const rows = await em.fork().execute<{ id: string }[]>('select id from memory order by id');
  const placeOf = new Map(rows.map(({ id }, place) => [id, place]));
  const by = { hybrid: 'both', vector: 'meaning', words: 'words' } as const;
  return async (mode, queries) => {
    const ms: number[] = [];
    const found: number[][] = [];
    for (const { text } of queries) {
      const start = performance.now();
      // The list also heeds importance and age: the nearest are among its first, in another order.
      const limit = mode === 'vector' ? 3 * depth : depth;
      const hits = (await ask(app, { text, caret: null, by: by[mode], limit }))?.hits ?? [];
      ms.push(performance.now() - start);
      const listed = mode === 'vector' ? hits.toSorted((a, b) => nearness(b) - nearness(a)) : hits;
      found.push(listed.slice(0, depth).map(({ memory }) => placeOf.get(memory.id) ?? -1));
    }
    return { ms, found };
  };
}

const nearness = ({ meaning }: SearchHit): number => meaning?.cosine ?? -1;

interface ModeRow {
  readonly engine: string;
  readonly mode: PeerMode;
  readonly p50: number;
  readonly p95: number;
  readonly queries: number;
}

async function measureModes(
  contestants: readonly Contestant[],
  queries: readonly PeerQuery[],
  signal: AbortSignal,
): Promise<ModeRow[]> {
  const rows: ModeRow[] = [];
  for (const mode of ['hybrid', 'vector', 'words'] as const) {
    progress(`Asking all: ${mode}`);
    const timings = new Map<Contestant, number[]>();
    const slow = new Set<Contestant>();
    for (const contestant of contestants) {
      const few = queries.slice(0, 4);
      // Whoever has to embed them does so the first time.
      await contestant.ask(mode, few);
      const first = await contestant.ask(mode, few);
      if (percentile(first.ms, 50) > tooSlowMs) slow.add(contestant);
      // The embeddings are remembered from here on, pages read and code compiled.
      else await contestant.ask(mode, queries);
      timings.set(contestant, []);
    }
    for (let from = 0, turn = 0; from < queries.length; from += blockSize, turn++) {
      for (let i = 0; i < contestants.length; i++) {
        signal.throwIfAborted();
        const contestant = contestants[(i + turn) % contestants.length];
        if (!contestant || (slow.has(contestant) && turn > 0)) continue;
        const { ms } = await contestant.ask(mode, queries.slice(from, from + blockSize));
        timings.get(contestant)?.push(...ms);
      }
    }
    for (const [{ name }, ms] of timings)
      rows.push({
        engine: name,
        mode,
        p50: percentile(ms, 50),
        p95: percentile(ms, 95),
        queries: ms.length,
      });
  }
  return rows;
}

async function measureRecalls(
  contestants: readonly Contestant[],
  queries: readonly PeerQuery[],
  texts: SearchTexts,
): Promise<Map<string, number>> {
  progress('Recall of the ten nearest');
  const some = queries.slice(0, 100);
  const exact = some.map(({ vector }) => nearest(Float32Array.from(vector), texts));
  const recalls = new Map<string, number>();
  for (const { name, ask: askFor } of contestants) {
    const { found } = await askFor('vector', some);
    const shares = found.map((hits, i) => hits.filter((place) => exact[i]?.includes(place)).length / depth);
    recalls.set(name, shares.reduce((sum, share) => sum + share, 0) / shares.length);
  }
  return recalls;
}

function nearest(vector: Float32Array, texts: SearchTexts): number[] {
  const best: { place: number; likeness: number }[] = [];
  let least = -2;
  for (let place = 0; place < texts.count; place++) {
    const likeness = dot(vector, texts.vector(place));
    if (likeness <= least) continue;
    best.push({ place, likeness });
    best.sort((a, b) => b.likeness - a.likeness);
    best.length = Math.min(best.length, depth);
    if (best.length === depth) least = best.at(-1)?.likeness ?? -2;
  }
  return best.map(({ place }) => place);
}

async function measureQuality(
  contestants: readonly Contestant[],
  queries: readonly PeerQuery[],
  { documents, queries: claims, judgements }: SciFact,
): Promise<Map<string, number>> {
  progress('How good the first ten are');
  const qualities = new Map<string, number>();
  for (const { name, ask: askFor } of contestants) {
    const { found } = await askFor('hybrid', queries);
    const each = found.map((hits, i) =>
      qualityOf(
        hits.flatMap((place) => documents[place]?.id ?? []),
        judgements.get(claims[i]?.id ?? '') ?? new Map(),
      ),
    );
    qualities.set(name, meanOf(each).ndcg10);
  }
  return qualities;
}

function targetsOf(
  { modes, recall }: { modes: readonly ModeRow[]; recall: ReadonlyMap<string, number> },
  quality: ReadonlyMap<string, number>,
): Row[] {
  const rows: Row[] = [];
  const hybrid = (engine: string) => modes.find((row) => row.engine === engine && row.mode === 'hybrid')?.p50;
  const [own, rival] = [hybrid('loci'), hybrid(toBeat)];
  if (own !== undefined && rival !== undefined)
    rows.push({
      target: `hybrid p50, times that of ${toBeat}`,
      value: own / rival,
      limit: 1,
      met: own <= rival,
    });
  const recalled = recall.get('loci') ?? 0;
  rows.push({ target: 'recall@10', value: recalled, limit: leastRecall, met: recalled >= leastRecall });
  const others = [...quality].filter(([name]) => name !== 'loci').map(([, ndcg]) => ndcg);
  if (others.length > 0) {
    const lead = (quality.get('loci') ?? 0) - Math.max(...others);
    rows.push({
      target: 'nDCG@10 above the best other hybrid',
      value: lead,
      limit: leastLead,
      met: lead >= leastLead,
    });
  }
  return rows;
}
