import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { mostNewMemories } from '../shared/schemas/memory.ts';
import type { SearchHit, SearchRequest } from '../shared/schemas/search.ts';
import { AuditTrail } from '../main/audit/audit-trail.ts';
import type { Database } from '../main/database/orm.ts';
import { withRequestContext } from '../main/database/request-context.ts';
import { forkWorker } from '../main/embedding/child-process-host.ts';
import { startEmbedder, type Embedder } from '../main/embedding/embedder.ts';
import { silentLog } from '../main/logging/log.ts';
import { MemoryService } from '../main/memories/memory-service.ts';
import { EmbeddingQueue } from '../main/search/embedding-queue.ts';
import { KeywordLeg } from '../main/search/keyword-leg.ts';
import { SearchService } from '../main/search/search-service.ts';
import { SemanticIndex } from '../main/search/semantic-index.ts';
import { keepWordScale } from '../main/search/word-scale.ts';
import { UserService } from '../main/users/user-service.ts';
import { root, shippedModelDir } from '../scripts/places.mjs';
import { openLibrary } from './library/open-library.ts';
import { areaUnderCurve, meanOf, qualityOf, type Quality } from './ranking-quality.ts';
import { option, percentile, printReport, progress } from './report.ts';
import { withTemporaryDir } from './temporary-dir.ts';

const usage = 'npm run --silent eval -- --corpus F.jsonl --queries F.jsonl --qrels F.tsv [--json]';

const document = z.object({ ['_id']: z.string(), title: z.string().optional(), text: z.string() });
const question = z.object({ ['_id']: z.string(), text: z.string() });
type Document = z.infer<typeof document>;
type Question = z.infer<typeof question>;

const legs = { keyword: 'words', semantic: 'meaning', hybrid: 'both' } as const;
type Leg = keyof typeof legs;
/** Recall is looked at down to here. */
const depth = 100;

interface Collection {
  readonly documents: readonly Document[];
  readonly questions: readonly Question[];
  /** Question → document → how relevant. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * How well search finds what people judged relevant, in a collection in the layout of BEIR: each document becomes a
 * memory of a new library that is thrown away again, written and embedded as the app does it; each query is
 * searched for as the app does it, by words, by meaning, and by both.
 */
export async function run(args: string[]): Promise<number> {
  const collection = readCollection(args);
  if (!collection) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  await withTemporaryDir('eval', async (dir, signal) => {
    const library = await openLibrary({
      libraryDir: path.join(dir, 'library'),
      signal,
      ...(process.env['LOCI_DATABASE_URL'] === undefined
        ? {}
        : { databaseUrl: process.env['LOCI_DATABASE_URL'] }),
    });
    const embedder = startEmbedder({
      host: () => forkWorker(path.join(root, 'main/embedding/embedding-worker.ts')),
      modelDir: path.resolve(option(args, 'model') ?? shippedModelDir),
      log: silentLog,
      background: false,
    });
    try {
      const { state, detail } = await embedder.whenSettled();
      if (state !== 'ready') throw new Error(`The worker is ${state}: ${detail}`);
      await evaluate(args, { collection, database: library.database, embedder, signal });
    } finally {
      await embedder.stop();
      await library.close();
    }
  });
  return 0;
}

interface Evaluation {
  readonly collection: Collection;
  readonly database: Database;
  readonly embedder: Embedder;
  readonly signal: AbortSignal;
}

async function evaluate(args: readonly string[], evaluation: Evaluation): Promise<void> {
  const { collection, database } = evaluation;
  const start = performance.now();
  const { search, documentOf, seconds } = await fill(evaluation);
  const results: Partial<Record<Leg, Quality & { milliseconds: number; p95Milliseconds: number }>> = {};
  const asked = { misses: 0, closeness: [] as number[] };
  for (const [leg, by] of Object.entries(legs) as [Leg, (typeof legs)[Leg]][]) {
    const qualities: Quality[] = [];
    const timings: number[] = [];
    for (const { _id: id, text } of collection.questions) {
      evaluation.signal.throwIfAborted();
      const request = { text: plain(text), caret: null, by, limit: depth } satisfies SearchRequest;
      const begun = performance.now();
      const { hits, nothingRelevant } = await withRequestContext(database.orm, () => search.query(request));
      timings.push(performance.now() - begun);
      if (leg === 'hybrid') {
        asked.closeness.push(closest(hits));
        if (nothingRelevant) asked.misses += 1;
      }
      const found = hits.flatMap(({ memory, copies }) =>
        [memory.id, ...copies].flatMap((memoryId) => documentOf.get(memoryId) ?? []),
      );
      qualities.push(qualityOf(found, collection.judgements.get(id) ?? new Map()));
    }
    results[leg] = {
      ...meanOf(qualities),
      milliseconds: percentile(timings, 50),
      p95Milliseconds: percentile(timings, 95),
    };
    progress(`${leg}: nDCG@10 ${results[leg]?.ndcg10.toFixed(4)}`);
  }
  const counts = {
    documents: documentOf.size,
    skipped: collection.documents.length - documentOf.size,
    queries: collection.questions.length,
  };
  const strangers = readStrangers(args);
  const strange = { falseAlarms: 0, closeness: [] as number[] };
  for (const text of strangers) {
    const request = { text: plain(text), caret: null } satisfies SearchRequest;
    const { hits, nothingRelevant } = await withRequestContext(database.orm, () => search.query(request));
    strange.closeness.push(closest(hits));
    if (!nothingRelevant) strange.falseAlarms += 1;
  }
  const floor = {
    auc: areaUnderCurve(asked.closeness, strange.closeness),
    missRate: asked.misses / collection.questions.length,
    falseAlarmRate: strange.falseAlarms / Math.max(1, strangers.length),
    strangers: strangers.length,
  };
  const times = { ...seconds, total: (performance.now() - start) / 1000 };
  if (args.includes('--json')) {
    console.log(JSON.stringify({ ...results, floor, counts, seconds: times }, rounded, 2));
    return;
  }
  printReport(args, {
    title: `${counts.documents} documents, ${counts.queries} queries; ${counts.skipped} documents without text skipped`,
    tables: {
      quality: Object.entries(results).map(([leg, quality]) => ({ leg, ...quality })),
      'nothing is about this': [floor],
      seconds: [times],
    },
  });
}

const closest = (hits: readonly SearchHit[]): number =>
  hits.reduce((most, { closeness }) => Math.max(most, closeness), 0);

/**
 * Questions that nothing in the collection answers: one per line, or of an everyday life, which is not what
 * collections are about as a rule.
 */
function readStrangers(args: readonly string[]): string[] {
  const file = option(args, 'strangers');
  if (file !== undefined) return linesOf(file);
  const notes = path.join(root, 'bench/everyday-notes.tsv');
  return linesOf(notes).flatMap((line) => line.split('\t')[1] ?? []);
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;

/** Writes every document as a memory and waits until each is embedded. */
async function fill({ collection, database, embedder, signal }: Evaluation) {
  const { em } = database.orm;
  const audit = new AuditTrail();
  const users = new UserService({ em, audit, onSwitch: async () => undefined });
  const inContext = <T>(work: () => Promise<T>) => withRequestContext(database.orm, work);
  await inContext(() => users.ensureDefaultUser());
  const currentUserId = () => users.currentUserId;
  const memories = new MemoryService({ em, currentUserId, audit });
  const keyword = new KeywordLeg(em);
  const index = new SemanticIndex({ database, log: silentLog });
  const documentOf = new Map<string, string>();

  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const queue = new EmbeddingQueue({
    database,
    embedder,
    currentUserId,
    log: silentLog,
  });
  let written = 0;
  try {
    const documents = collection.documents.filter(({ title, text }) => `${title ?? ''}${text}`.trim() !== '');
    // Meanwhile they are embedded already.
    for (let from = 0; from < documents.length; from += mostNewMemories) {
      signal.throwIfAborted();
      const some = documents.slice(from, from + mostNewMemories);
      const ids = await inContext(() =>
        memories.createMany(some.map(({ title, text }) => ({ content: text, title: title || null }))),
      );
      for (const [i, { _id: id }] of some.entries()) documentOf.set(ids[i] ?? '', id);
      if (from % 500 === 0) progress(`${documentOf.size} memories written`);
    }
    written = since();
    const telling = setInterval(() => void tell(queue), 10_000);
    try {
      await queue.whenIdle();
    } finally {
      clearInterval(telling);
    }
    const { ready, pending, failed, problem } = await queue.progress();
    if (pending + failed > 0)
      throw new Error(`${ready} are embedded, ${pending} wait, ${failed} failed. ${problem ?? ''}`);
  } finally {
    await queue.stop();
  }
  const embedded = since();
  await keyword.gatherCounts();
  await keepWordScale(em);
  // As autovacuum does it a minute later.
  await em.fork().execute('analyze');
  await index.stop();
  const search = new SearchService({ em, currentUserId, embedder, pending: () => 0, keyword });
  const seconds = { writing: written, embedding: embedded - written, indexing: since() - embedded };
  return { search, documentOf, seconds };
}

async function tell(queue: EmbeddingQueue): Promise<void> {
  const { ready, pending } = await queue.progress();
  progress(`${ready} embedded, ${pending} waiting`);
}

/** What is in such a collection was never meant as the language that queries are typed in here. */
const plain = (text: string): string =>
  text
    .replaceAll(/["“”„]/g, ' ')
    .replaceAll(/(^|\s)-+(?=\S)/g, '$1')
    .replaceAll(/:(?=\S)/g, ': ')
    .replaceAll(/\bOR\b/g, 'or')
    .trim();

function readCollection(args: readonly string[]): Collection | undefined {
  const [corpus, queries, qrels] = ['corpus', 'queries', 'qrels'].map((name) => option(args, name));
  if (corpus === undefined || queries === undefined || qrels === undefined) return undefined;
  const judgements = new Map<string, Map<string, number>>();
  for (const line of linesOf(qrels)) {
    const cells = line.split('\t');
    const [query = '', id = ''] = cells;
    const relevance = Number(cells.at(-1));
    // The first line has names of columns. In the older layout the second column is always 0.
    if (!Number.isFinite(relevance) || cells.length < 3) continue;
    const judged = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, judged.set(cells.length > 3 ? (cells[2] ?? '') : id, relevance));
  }
  return {
    documents: linesOf(corpus).map((line) => document.parse(JSON.parse(line))),
    questions: linesOf(queries)
      .map((line) => question.parse(JSON.parse(line)))
      .filter(({ _id: id }) => [...(judgements.get(id)?.values() ?? [])].some((relevance) => relevance > 0)),
    judgements,
  };
}

const linesOf = (file: string): string[] =>
  fs
    .readFileSync(path.resolve(file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
