import type { TextPiece } from '../embedding/chunking.ts';
import type { QueueConnection } from './embedding-queue-connection.ts';

/** A memory whose text is to be cut, as it was when its stamp was read or later. */
export interface UncutText {
  readonly memoryId: string;
  readonly queuedAt: string;
  readonly title: string | null;
  readonly text: string;
}

export interface CutText {
  readonly memoryId: string;
  /** Of the text that was cut: if it has changed since, these pieces are not taken. */
  readonly queuedAt: string;
  readonly pieces: readonly TextPiece[];
}

/** What is looked at first: named memories, the library, or its trash. */
export type QueueScope = { readonly memoryIds: readonly string[] } | { readonly trashed: boolean };

const mostTexts = 128;
/** No text has this hash. */
const neverCut = Buffer.alloc(32);

/** From memories to their pieces. */
export class ChunkRepository {
  readonly #connection: QueueConnection;

  constructor(connection: QueueConnection) {
    this.#connection = connection;
  }

  /** The newest first, no more than `maxBytes` of text unless a single one is larger. */
  async findUncut(modelId: number, scope: QueueScope, maxBytes: number): Promise<UncutText[]> {
    const [condition, value] = scopeCondition(scope, 'u', 3);
    const rows = await this.#connection.query<{
      memory_id: string;
      stamp: string;
      title: string | null;
      content: string;
    }>(
      `select memory_id, queued_at::text as stamp, title, content
       from (select *, sum(bytes) over (order by queued_at desc, memory_id desc rows unbounded preceding) as through
             from (select u.memory_id, u.queued_at, m.title, m.content, octet_length(m.content) as bytes
                   from uncut_memory u join memory m on m.id = u.memory_id
                   where u.model_id = $1 and ${condition}
                   order by u.queued_at desc, u.memory_id desc limit ${mostTexts}) newest) measured
       where through - bytes < $2
       order by queued_at desc, memory_id desc`,
      [modelId, maxBytes, value],
    );
    return rows.map(({ memory_id: memoryId, stamp: queuedAt, title, content: text }) => ({
      memoryId,
      queuedAt,
      title,
      text,
    }));
  }

  /**
   * Puts new pieces in the place of the old ones. What was embedded before keeps its vector, wherever in the text
   * it stands now.
   */
  async replacePieces(modelId: number, cuts: readonly CutText[]): Promise<void> {
    const pieces = cuts.flatMap((cut) => cut.pieces.map((piece) => ({ ...piece, memoryId: cut.memoryId })));
    await this.#connection.query(
      `with kept as materialized (
         -- Nobody purges it meanwhile; one who does already is waited for here and not in the middle.
         select id from memory where id = any($2::uuid[]) order by id for key share
       ), cut as (
         delete from uncut_memory u using unnest($2::uuid[], $3::text[]) as read (memory_id, stamp), kept
         where u.memory_id = read.memory_id and u.model_id = $1 and u.queued_at = read.stamp::timestamptz
           and kept.id = u.memory_id
         returning u.memory_id, u.queued_at
       ), piece as (
         select p.*, cut.queued_at,
           row_number() over (partition by memory_id, text_hash order by position) as copy
         from unnest($4::uuid[], $5::int[], $6::int[], $7::int[], $8::int[], $9::bytea[])
           as p (memory_id, position, start_offset, end_offset, tokens, text_hash)
         join cut using (memory_id)
       ), known as (
         select c.id, memory_id, c.text_hash,
           row_number() over (partition by memory_id, c.text_hash order by c.position) as copy
         from memory_chunk c join cut using (memory_id) where c.model_id = $1
       ), gone as (
         delete from memory_chunk c using known k
         where c.id = k.id and not exists (
           select from piece p
           where p.memory_id = k.memory_id and p.text_hash = k.text_hash and p.copy = k.copy)
       ), moved as (
         update memory_chunk c
         set position = p.position, start_offset = p.start_offset, end_offset = p.end_offset
         from known k join piece p using (memory_id, text_hash, copy)
         where c.id = k.id
           and (c.position, c.start_offset, c.end_offset) <> (p.position, p.start_offset, p.end_offset)
       )
       insert into memory_chunk
         (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at)
       select uuid_v7(), p.memory_id, $1, p.position, p.start_offset, p.end_offset, p.tokens, p.text_hash, p.queued_at
       from piece p
       where not exists (
         select from known k
         where k.memory_id = p.memory_id and k.text_hash = p.text_hash and k.copy = p.copy)`,
      [
        modelId,
        cuts.map(({ memoryId }) => memoryId),
        cuts.map(({ queuedAt }) => queuedAt),
        pieces.map(({ memoryId }) => memoryId),
        pieces.map(({ position }) => position),
        pieces.map(({ start }) => start),
        pieces.map(({ end }) => end),
        pieces.map(({ tokens }) => tokens),
        pieces.map(({ textHash }) => Buffer.from(textHash)),
      ],
    );
  }

  /**
   * A text that could not be cut becomes one piece that failed. When that is tried again it turns out not to be what
   * the text is cut into, and the text is cut anew.
   */
  async noteUncuttable(
    modelId: number,
    { memoryId, queuedAt, text }: UncutText,
    error: string,
    retryAfterMs: (attempts: number) => number,
  ): Promise<void> {
    const [before] = await this.#connection.query<{ attempts: number }>(
      `select coalesce(max(attempts), 0) as attempts from memory_chunk
       where memory_id = $1 and model_id = $2 and text_hash = $3`,
      [memoryId, modelId, neverCut],
    );
    const attempts = (before?.attempts ?? 0) + 1;
    await this.#connection.query(
      `with kept as materialized (
         select id from memory where id = $1 for key share
       ), cut as (
         delete from uncut_memory u using kept
         where u.memory_id = kept.id and u.model_id = $2 and u.queued_at = $3::timestamptz returning u.memory_id, u.queued_at
       ), gone as (
         delete from memory_chunk c using cut where c.memory_id = cut.memory_id and c.model_id = $2
       )
       insert into memory_chunk
         (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at, status, attempts, retry_at, error)
       select uuid_v7(), memory_id, $2, 0, 0, $4, 0, $5, queued_at, 'failed', $6, now() + $7 * interval '1 ms', $8
       from cut`,
      [memoryId, modelId, queuedAt, text.length, neverCut, attempts, retryAfterMs(attempts), error],
    );
  }

  /** For pieces that are not what cutting makes of the text today. */
  async cutAgain(modelId: number, memoryIds: readonly string[]): Promise<void> {
    await this.#connection.query(
      `insert into uncut_memory (memory_id, model_id)
       select id, $1 from memory where id = any($2::uuid[]) on conflict do nothing`,
      [modelId, memoryIds],
    );
  }
}

/** A condition on a row with a `memory_id`, and the value of its parameter; `m` is the memory. */
export function scopeCondition(
  scope: QueueScope,
  row: string,
  parameter: number,
): [sql: string, value: unknown] {
  return 'memoryIds' in scope
    ? [`${row}.memory_id = any($${parameter}::uuid[])`, scope.memoryIds]
    : [`(m.deleted_at is not null) = $${parameter}::boolean`, scope.trashed];
}
