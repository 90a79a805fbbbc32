import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { connectionUrl } from '../database/connection.ts';
import { waitForServer } from '../database/lost-connection.ts';
import { openDatabase } from '../database/orm.ts';
import { withRequestContext } from '../database/request-context.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
// oxlint-disable-next-line no-restricted-imports -- The server that the tests share must not crash: it takes one more.
import { openCluster } from '../postgres/cluster.ts';
// oxlint-disable-next-line no-restricted-imports -- As above.
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import type { SaidLine } from './embedding-queue-test-app.ts';
import { SearchService } from './search-service.ts';

const victims = ['worker', 'server', 'app'] as const;
type Victim = (typeof victims)[number];

export interface KillsOptions {
  readonly memories: number;
  readonly kills: number;
  /** One kill each time that so many batches have been stored, and a moment later, in the middle of the next. */
  readonly everyBatches: number;
  readonly onProgress?: (text: string) => void;
}

export interface KillsOutcome {
  readonly killed: Readonly<Record<Victim, number>>;
  readonly counts: {
    /** Vectors that were ever written, in transactions that were not taken back. */
    readonly written: number;
    readonly pieces: number;
    readonly ready: number;
    readonly uncut: number;
  };
  /** Pieces that are not there, or not to the bit, when nothing is killed; and the other way round. */
  readonly piecesThatDiffer: number;
  readonly queries: number;
  /** Queries whose hits, or their scores, are others when nothing is killed. */
  readonly searchesThatDiffer: number;
  readonly seconds: { readonly withKills: number; readonly without: number };
}

const questions = [
  'garden',
  'what is in the pond',
  'frost on the roses',
  'who mended the wall',
  'bees',
  'number 17',
  'a long walk through the rain',
  'the price of a ladder',
];

/**
 * Embeds a backlog while worker, server and app are killed in turn; then forgets all of it and embeds it
 * again undisturbed, to compare. For a test, and at full size for `npm run bench -- kills`.
 */
export async function embedWithKills(options: KillsOptions): Promise<KillsOutcome> {
  const { memories, onProgress = () => undefined } = options;
  const libraryDir = await mkdtemp(path.join(temporaryParent, 'loci-kill-'));
  // A server of its own, because it will crash.
  const cluster = await openCluster(
    { binariesDir, libraryDir, log: silentLog, appVersion: 'test' },
    { throwAway: true },
  );
  const database = await openDatabase({ connection: cluster.connection, log: silentLog, poolSize: 4 });
  await using embedder = startTestEmbedder();
  try {
    await database.migrate();
    const em = database.orm.em.fork();
    const userId = await fill(em, memories);
    const url = connectionUrl(cluster.connection);
    const search = new SearchService({
      em: database.orm.em,
      currentUserId: () => userId,
      embedder,
      pending: () => 0,
    });
    const findAll = async () => {
      const found: string[] = [];
      for (const text of questions) {
        const request = { text, caret: null };
        const { hits } = await withRequestContext(database.orm, () => search.query(request));
        // What is newer counts a little more, and by the second search all has become older.
        found.push(JSON.stringify(hits.map(({ memory, score }) => [memory.id, score.toFixed(6)])));
      }
      return found;
    };

    let startMs = performance.now();
    const seconds = () => (performance.now() - startMs) / 1000;
    const killed = await runWithKills(options, { url, userId, onProgress });
    const withKills = seconds();
    await waitForServer(em);
    const [counts = { written: 0, pieces: 0, ready: 0, uncut: 0 }] = await em.execute<
      KillsOutcome['counts'][]
    >(
      `select (select count(*)::int from embedding_log) as written,
         (select count(*)::int from memory_chunk) as pieces,
         (select count(*)::int from memory_chunk c join chunk_embedding e on e.chunk_id = c.id
          where status = 'ready') as ready,
         (select count(*)::int from uncut_memory) as uncut`,
    );
    await embedder.whenSettled();
    const foundAfterKills = await findAll();

    await em.execute(`create table with_kills as ${embeddedPieces}`);
    await em.execute('delete from embedding_model');
    startMs = performance.now();
    onProgress('Embedding all of it again, undisturbed');
    await runApp(url, userId, () => undefined);
    const without = seconds();
    const [differing] = await em.execute<{ count: number }[]>(
      `select count(*)::int as count from (
         (select * from with_kills except ${embeddedPieces}) union all
         (${embeddedPieces} except select * from with_kills)) different`,
    );
    const found = await findAll();
    return {
      killed,
      counts,
      piecesThatDiffer: differing?.count ?? -1,
      queries: questions.length,
      searchesThatDiffer: found.filter((hits, i) => hits !== foundAfterKills[i]).length,
      seconds: { withKills, without },
    };
  } finally {
    await database.close();
    await cluster.stop();
    await rm(libraryDir, { recursive: true, force: true });
  }
}

const embeddedPieces = `
  select c.memory_id, position, start_offset, end_offset, tokens, encode(text_hash, 'hex') as text_hash,
    embedding::text as embedding
  from memory_chunk c left join chunk_embedding e on e.chunk_id = c.id`;

async function fill(em: EntityManager, memories: number): Promise<string> {
  const [user] = await em.execute<{ id: string }[]>(
    `insert into app_user (id, name) values (uuid_v7(), 'Ada') returning id`,
  );
  const userId = user?.id ?? '';
  await em.execute(
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), ?, content, sha256(convert_to(content, 'UTF8')), 'note', '2020-01-01'
     from generate_series(1, ?::int) n, lateral (
       select repeat('Memory ' || n || ' is about the ' ||
           (array['garden', 'pond', 'roses', 'wall', 'bees', 'ladder', 'rain'])[1 + n % 7] || ' of number ' || n % 31 || '. ',
         1 + n % 20)) as written (content)`,
    [userId, memories],
  );
  // Every vector that is ever written, in the transaction that writes it.
  await em.execute('create table embedding_log (chunk_id uuid not null)');
  await em.execute(`
    create function log_embedding() returns trigger language plpgsql as $$
    begin
      insert into embedding_log select chunk_id from added;
      return null;
    end $$`);
  await em.execute(
    `create trigger log_embedding after insert on chunk_embedding
     referencing new table as added for each statement execute function log_embedding()`,
  );
  return userId;
}

interface Scene {
  readonly url: string;
  readonly userId: string;

  readonly onProgress: (text: string) => void;
}

async function runWithKills(
  { kills, everyBatches }: KillsOptions,
  { url, userId, onProgress }: Scene,
): Promise<Record<Victim, number>> {
  const killed = { worker: 0, server: 0, app: 0 };
  const serverKills: Promise<void>[] = [];
  let stored = 0;
  let count = 0;
  const isIdle = () => isDone;
  let isDone = false;
  while (!isIdle()) {
    let workerPid = 0;
    await runApp(url, userId, (line, killApp) => {
      if ('workerPid' in line) workerPid = line.workerPid;
      if ('idle' in line) isDone = true;
      if (!('stored' in line)) return;
      stored += 1;
      if (stored % everyBatches !== 0 || count >= kills) return;
      const victim = victims[count % victims.length] ?? 'worker';
      count += 1;
      const kill = () => {
        killed[victim] += 1;
        if (victim === 'app') killApp();
        else if (victim === 'worker') killIfThere(workerPid);
        else serverKills.push(crashServer(url));
      };
      // A batch takes half a second or so.
      setTimeout(kill, (count * 137) % 500);
      onProgress(`${stored} batches stored; kill ${count} of ${kills}: the ${victim}`);
    });
  }
  await Promise.all(serverKills);
  return killed;
}

/** One backend that dies without a word makes the server begin anew, from its log. */
async function crashServer(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    for (const { pid } of rows) process.kill(pid, 'SIGKILL');
  } finally {
    await client.end().catch(() => undefined);
  }
}

function killIfThere(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // It has just been killed, and the next has not said yet who it is.
  }
}

/** Runs the app until it has no more to do, or `onLine` has killed it. */
async function runApp(url: string, userId: string, onLine: (line: SaidLine, kill: () => void) => void) {
  const script = path.join(import.meta.dirname, 'embedding-queue-test-app.ts');
  const app = spawn(process.execPath, ['--no-warnings', script, url, userId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(app, 'exit');
  for await (const line of readline.createInterface(app.stdout))
    onLine(JSON.parse(line), () => app.kill('SIGKILL'));
  await gone;
}
