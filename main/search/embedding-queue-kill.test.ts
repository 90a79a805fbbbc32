import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { connectionUrl } from '../database/connection.ts';
import { openDatabase } from '../database/orm.ts';
import { waitForServer } from '../database/lost-connection.ts';
import { builtModelDir, cosine, startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson } from '../memories/testing.ts';
// oxlint-disable-next-line no-restricted-imports -- The server that the tests share must not crash: it takes one more.
import { openCluster } from '../postgres/cluster.ts';
// oxlint-disable-next-line no-restricted-imports -- As above.
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import { loadChunker } from './embedding-queue-chunker.ts';
import type { SaidLine } from './embedding-queue-test-app.ts';

/** A server of this test's own, because it will crash, with a backlog of memories. */
async function openBacklog(memories: number) {
  const libraryDir = await mkdtemp(path.join(temporaryParent, 'loci-kill-'));
  const cluster = await openCluster(
    { binariesDir, libraryDir, log: silentLog, appVersion: 'test' },
    { throwAway: true },
  );
  const database = await openDatabase({ connection: cluster.connection, log: silentLog, poolSize: 2 });
  onTestFinished(async () => {
    await database.close();
    await cluster.stop();
    await rm(libraryDir, { recursive: true, force: true });
  });
  await database.migrate();
  const em = database.orm.em.fork();
  const { userId } = await addPerson(() => database.orm.em.fork());
  await em.execute(
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), ?, repeat('Memory ' || n || ' is about the garden and its pond. ', 1 + n % 20),
       sha256('x'), 'note', now() from generate_series(1, ?::int) n`,
    [userId, memories],
  );
  // Every vector that is ever written, in the transaction that writes it.
  await em.execute('create table embedding_log (chunk_id uuid not null, text_hash bytea not null)');
  await em.execute(`
    create function log_embedding() returns trigger language plpgsql as $$
    begin
      insert into embedding_log select new.chunk_id, text_hash from memory_chunk where id = new.chunk_id;
      return null;
    end $$`);
  await em.execute(
    'create trigger log_embedding after insert on chunk_embedding for each row execute function log_embedding()',
  );
  return { em, userId, connection: cluster.connection, url: connectionUrl(cluster.connection) };
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

test(
  'whatever is killed in the middle, each piece is embedded exactly once, and as if nothing had happened',
  { timeout: 240_000 },
  async () => {
    const { em, userId, connection, url } = await openBacklog(300);
    const killServer = async () => {
      const client = new Client(connection);
      client.on('error', () => undefined);
      await client.connect();
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      // One backend that dies without a word makes the server begin anew, from its log.
      for (const { pid } of rows) process.kill(pid, 'SIGKILL');
      await client.end().catch(() => undefined);
    };

    for (const afterBatches of [1, 3])
      await runApp(url, userId, (line, kill) => {
        if ('stored' in line && line.stored === afterBatches) kill();
      });

    let workerPid = 0;
    const kills: Promise<void>[] = [];
    let isIdle = false;
    await runApp(url, userId, (line) => {
      if ('workerPid' in line) workerPid = line.workerPid;
      if ('idle' in line) isIdle = true;
      if (!('stored' in line)) return;
      if (line.stored === 2 || line.stored === 7) process.kill(workerPid, 'SIGKILL');
      if (line.stored === 4 || line.stored === 9) kills.push(killServer());
    });
    await Promise.all(kills);
    expect(kills).toHaveLength(2);
    expect(isIdle).toBe(true);

    await waitForServer(em);
    const [counts] = await em.execute<Record<string, number>[]>(
      `select (select count(*)::int from embedding_log) as written,
         (select count(distinct chunk_id)::int from embedding_log) as pieces,
         (select count(*)::int from memory_chunk where status = 'ready') as ready,
         (select count(*)::int from memory_chunk) as chunks,
         (select count(*)::int from chunk_embedding) as vectors,
         (select count(*)::int from uncut_memory) as uncut`,
    );
    const memories = await em.execute<{ id: string; content: string }[]>(
      'select id, content from memory order by id',
    );
    const chunker = await loadChunker(builtModelDir);
    const expected = memories.flatMap(({ id, content }) =>
      [...chunker.pieces({ title: null, text: content })].map(({ position, start, end }) => ({
        memory_id: id,
        position,
        start_offset: start,
        end_offset: end,
      })),
    );
    const all = expected.length;
    expect(counts).toEqual({ written: all, pieces: all, ready: all, chunks: all, vectors: all, uncut: 0 });
    const pieces = await em.execute<Record<string, unknown>[]>(
      'select memory_id, position, start_offset, end_offset from memory_chunk order by memory_id, position',
    );
    expect(pieces).toEqual(expected);

    const sample = await em.execute<{ text: string; embedding: string }[]>(
      `select substr(m.content, c.start_offset + 1, c.end_offset - c.start_offset) as text, e.embedding::text
       from chunk_embedding e join memory_chunk c on c.id = e.chunk_id join memory m on m.id = c.memory_id
       order by md5(e.chunk_id::text) limit 60`,
    );
    await using embedder = startTestEmbedder();
    const undisturbed = await embedder.embed(sample.map(({ text }) => text));
    for (const [i, { embedding }] of sample.entries())
      expect(cosine(Float32Array.from(JSON.parse(embedding)), undisturbed[i])).toBeGreaterThan(0.97);
  },
);
