import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { rebuildWordIndex } from '../../main/search/word-index.repository.ts';
import { loadInBulk } from './bulk-load.ts';
import { imagine, startOf, type LibraryPlan } from './imagine.ts';
import { Random } from './random.ts';
import { Store } from './store.ts';
import type { SourceText } from './texts.ts';

export interface MakeLibraryOptions {
  readonly memories: number;
  /** What memories are written from. */
  readonly texts: readonly SourceText[];
  /** The same seed makes the same library, to the last key and hash. */
  readonly seed?: number;
  /** The library is filled in the eight years before. */
  readonly until?: Date;
  readonly onProgress?: (memories: number) => void;
  readonly signal?: AbortSignal;
}

export interface MadeLibrary {
  readonly userId: string;
  /** Of what a person made: memories and all that belongs to them. */
  readonly seconds: number;
  /** Of what follows from it: the words that search goes by, and what the server knows of its tables. */
  readonly derivedSeconds: number;
}

/** Of memories; as few statements as possible, none of more than a few megabytes. */
const batchSize = 2_000;
/** Any time, but always the same. */
const usualEnd = Date.UTC(2026, 10, 1);

/**
 * Fills an empty, up-to-date library with the work of one person over eight years: sessions,
 * documents, tags, memories from a line to a book, their earlier states, a trash, and the audit of it all.
 * Without embeddings. All of it or nothing is saved.
 */
export async function makeLibrary(em: EntityManager, options: MakeLibraryOptions): Promise<MadeLibrary> {
  const { memories, texts, seed = 1, until, onProgress } = options;
  const plan: LibraryPlan = { memories, texts, seed, untilMs: until?.getTime() ?? usualEnd };
  const start = performance.now();
  const secondsSince = (then: number) => (performance.now() - then) / 1_000;
  const { userId, seconds } = await inTransaction(em, async (client) => {
    const id = await loadInBulk(client, () => writeRows(client, plan, options));
    const rowSeconds = secondsSince(start);
    await rebuildWordIndex(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
    return { userId: id, seconds: rowSeconds };
  });
  // As autovacuum leaves a library: statistics for the planner, and pages known to hold nothing to be cleaned.
  await em.fork().execute('vacuum (analyze)');
  onProgress?.(memories);
  return { userId, seconds, derivedSeconds: secondsSince(start) - seconds };
}

async function writeRows(
  client: ClientBase,
  plan: LibraryPlan,
  { onProgress, signal }: Pick<MakeLibraryOptions, 'onProgress' | 'signal'>,
): Promise<string> {
  const user = await addUser(client, plan);
  let stored = 0;
  // While the server stores one batch, the next is being written here.
  let storing = Promise.resolve();
  for (const rows of imagine(plan, batchSize)) {
    signal?.throwIfAborted();
    await storing;
    onProgress?.(stored);
    stored += rows.memory.length;
    storing = user.store.add(rows);
    // Looked at above; until then it must not count as nobody's.
    storing.catch(() => undefined);
  }
  await storing;
  signal?.throwIfAborted();
  await user.store.finish();
  return user.id;
}

/**
 * On a connection of the pool: the ORM writes values into the text of a statement, character by character,
 * which takes longer than all else that is done with megabytes of them.
 */
async function inTransaction<T>(em: EntityManager, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const pool = await em.getDriver().getConnection().getNativeClient();
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function addUser(client: ClientBase, plan: LibraryPlan) {
  const { rows } = await client.query('select from app_user limit 1');
  if (rows.length > 0) throw new Error('There is a library already. Give an empty one.');
  // Before the first tag.
  const at = startOf(plan) - 30 * 24 * 3_600_000;
  const random = new Random(plan.seed + 1);
  const id = random.timedKey(at);
  const store = new Store(client, id);
  const createdAt = new Date(at);
  await store.addUser(createdAt.toISOString(), {
    id: random.timedKey(at),
    occurredAt: createdAt,
    actor: 'app',
    action: 'created',
    entity: 'app_user',
    entityId: id,
    fields: [],
  });
  return { id, store };
}
