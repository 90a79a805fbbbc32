import type { EntityManager } from '@mikro-orm/postgresql';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import { type QueueScope, scopeCondition } from './chunk.repository.ts';
import type { QueueConnection } from './embedding-queue-connection.ts';

/** A piece that has no vector yet. */
export interface WaitingPiece {
  readonly id: string;
  readonly memoryId: string;
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
  readonly textHash: Uint8Array;
  /** How often it could not be embedded; since the first time it is tried alone. */
  readonly attempts: number;
  /** Of the whole memory. */
  readonly bytes: number;
}

export interface EmbeddedPiece {
  readonly id: string;
  readonly vector: Float32Array;
}

/** Memories that are not in the trash, each in one of these. */
export interface EmbeddingCounts {
  readonly ready: number;
  readonly pending: number;
  readonly failed: number;
  /** Why one of those that failed did. */
  readonly failure?: string;
}

/** The queue: pieces of the library that wait for a vector of one model. */
export class EmbeddingQueueRepository {
  readonly #connection: QueueConnection;

  constructor(connection: QueueConnection) {
    this.#connection = connection;
  }

  /** The number of this model in the library. One that is new finds all memories waiting for it; the first is in use. */
  async ensureModel({ name, revision, dimension, maxTokens }: ModelIdentity): Promise<number> {
    const known = await this.#findModel(name, revision);
    if (known !== undefined) return known;
    return this.#connection.inTransaction(async () => {
      // What is being written now is queued by what is read here or by its trigger: nothing falls in between.
      await this.#connection.query('lock table memory in share mode');
      const madeMeanwhile = await this.#findModel(name, revision);
      if (madeMeanwhile !== undefined) return madeMeanwhile;
      const [model] = await this.#connection.query<{ id: number }>(
        `insert into embedding_model (id, name, revision, dimension, max_tokens, in_use, used_at)
         select next_embedding_model_number(), $1, $2, $3, $4, is_first, case when is_first then now() end
         from (select not coalesce(bool_or(in_use), false) as is_first from embedding_model) known returning id`,
        [name, revision, dimension, maxTokens],
      );
      if (!model) throw new Error('The model was not noted');
      await this.#connection.query(
        `insert into uncut_memory (memory_id, model_id) select id, $1 from memory order by id`,
        [model.id],
      );
      return model.id;
    });
  }

  async #findModel(name: string, revision: string): Promise<number | undefined> {
    const [model] = await this.#connection.query<{ id: number }>(
      'select id from embedding_model where name = $1 and revision = $2',
      [name, revision],
    );
    return model?.id;
  }

  /** The newest first. Not those whose text has changed since: they are cut anew before. */
  async findWaiting(
    modelId: number,
    scope: QueueScope,
    inWork: readonly string[],
    limit: number,
  ): Promise<WaitingPiece[]> {
    const [condition, value] = scopeCondition(scope, 'c', 4);
    const rows = await this.#connection.query<{
      id: string;
      memory_id: string;
      start_offset: number;
      end_offset: number;
      tokens: number;
      text_hash: Buffer;
      attempts: number;
      bytes: number;
    }>(
      `select c.id, c.memory_id, c.start_offset, c.end_offset, c.tokens, c.text_hash, c.attempts,
         octet_length(m.content) as bytes
       from memory_chunk c join memory m on m.id = c.memory_id
       where c.model_id = $1 and c.status <> 'ready' and (c.retry_at is null or c.retry_at <= now())
         and c.id <> all($2::uuid[]) and ${condition}
         and not exists (select from uncut_memory u where u.memory_id = c.memory_id and u.model_id = $1)
       order by c.queued_at desc, c.memory_id desc, c.position
       limit $3`,
      [modelId, inWork, limit, value],
    );
    return rows.map((row) => ({
      id: row.id,
      memoryId: row.memory_id,
      start: row.start_offset,
      end: row.end_offset,
      tokens: row.tokens,
      textHash: row.text_hash,
      attempts: row.attempts,
      bytes: row.bytes,
    }));
  }

  async findTexts(
    memoryIds: readonly string[],
  ): Promise<Map<string, { title: string | null; text: string }>> {
    const rows = await this.#connection.query<{ id: string; title: string | null; text: string }>(
      'select id, title, content as text from memory where id = any($1::uuid[])',
      [memoryIds],
    );
    return new Map(rows.map(({ id, title, text }) => [id, { title, text }]));
  }

  /** In one statement: after a crash a piece is ready with its vector, or waits as if nothing had been done. */
  async store(modelId: number, pieces: readonly EmbeddedPiece[]): Promise<void> {
    await this.#connection.query(
      `with given as (
         select * from unnest($2::uuid[], $3::text[]) as given (id, embedding)
       ), ready as (
         update memory_chunk c set status = 'ready', retry_at = null, error = null
         from given g where c.id = g.id and c.status <> 'ready'
         returning c.id, c.memory_id
       )
       insert into chunk_embedding (chunk_id, memory_id, model_id, embedding)
       select id, ready.memory_id, $1, given.embedding::halfvec from ready join given using (id)`,
      [modelId, pieces.map(({ id }) => id), pieces.map(({ vector }) => halvesLiteral(vector))],
    );
  }

  /** One of them may be what fails: from now on each is tried alone. */
  async suspect(ids: readonly string[]): Promise<void> {
    await this.#connection.query(
      `update memory_chunk set attempts = greatest(attempts, 1) where id = any($1::uuid[])`,
      [ids],
    );
  }

  async fail(id: string, error: string, retryAfterMs: number): Promise<void> {
    await this.#connection.query(
      `update memory_chunk
       set status = 'failed', attempts = attempts + 1, error = $2, retry_at = now() + $3 * interval '1 ms'
       where id = $1 and status <> 'ready'`,
      [id, error, retryAfterMs],
    );
  }

  /** How long until a piece that failed is tried again. */
  async findNextRetryMs(modelId: number): Promise<number | undefined> {
    const [row] = await this.#connection.query<{ ms: number | null }>(
      `select (extract(epoch from min(retry_at) - now()) * 1000)::float8 as ms
       from memory_chunk where model_id = $1 and status <> 'ready'`,
      [modelId],
    );
    return row?.ms ?? undefined;
  }
}

/** No more digits than a half can tell apart: a third of the text, and of the time it takes. */
function halvesLiteral(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => Math.round(value * 1e6) / 1e6).join(',')}]`;
}

/** What of a person's library can be found by meaning; without a model, by the one in use. */
export async function countEmbeddings(
  em: EntityManager,
  userId: string,
  model: Pick<ModelIdentity, 'name' | 'revision'> | undefined,
): Promise<EmbeddingCounts> {
  const [condition, values] = model
    ? ['name = ? and revision = ?', [model.name, model.revision]]
    : ['in_use', []];
  const [row] = await em.execute<
    { total: number; pending: number; failed: number; known: boolean; failure: string | null }[]
  >(
    `with model as (select id from embedding_model where ${condition}),
     waiting as (
       select memory_id, bool_or(status = 'pending') as pending
       from (select memory_id, 'pending' as status from uncut_memory where model_id = (select id from model)
             union all
             select memory_id, status from memory_chunk
             where model_id = (select id from model) and status <> 'ready') each
       group by memory_id
     ), counted as (
       select count(*) filter (where pending)::int as pending, count(*) filter (where not pending)::int as failed
       from waiting join memory m on m.id = memory_id where m.user_id = ? and m.deleted_at is null
     )
     select (select count(*)::int from memory where user_id = ? and deleted_at is null) as total,
       pending, failed, exists (select from model) as known,
       case when failed > 0 then (
         select c.error from memory_chunk c join memory m on m.id = c.memory_id
         where c.model_id = (select id from model) and c.status = 'failed'
           and m.user_id = ? and m.deleted_at is null
         order by c.queued_at desc limit 1) end as failure
     from counted`,
    [...values, userId, userId, userId],
  );
  const { total = 0, pending = 0, failed = 0, known = false, failure = null } = row ?? {};
  return known
    ? { ready: total - pending - failed, pending, failed, ...(failure === null ? {} : { failure }) }
    : { ready: 0, pending: total, failed: 0 };
}

/** @returns how many pieces will be tried at once, because a person asked for it */
export async function retryFailed(em: EntityManager, userId: string): Promise<number> {
  const rows = await em.execute<{ id: string }[]>(
    `update memory_chunk c set retry_at = now() from memory m
     where m.id = c.memory_id and m.user_id = ? and c.status = 'failed' returning c.id`,
    [userId],
  );
  return rows.length;
}
