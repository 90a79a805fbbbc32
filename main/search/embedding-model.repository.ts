import type { EntityManager } from '@mikro-orm/postgresql';
import { conflict } from '../errors/loci-error.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import { semanticIndexName } from './semantic-index.ts';

/** A model whose vectors are kept in the library. */
export interface KeptModel extends ModelIdentity {
  readonly id: number;
  readonly inUse: boolean;
  /** When it was last put in use; null: it never was. */
  readonly usedAt: Date | null;
  /** Memories of the library, of all people and its trash, and how many of them have no vectors of this model. */
  readonly memories: number;
  readonly waiting: number;
  readonly failed: number;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly revision: string;
  readonly dimension: number;
  readonly max_tokens: number;
  readonly in_use: boolean;
  readonly used_at: Date | string | null;
  readonly memories: number;
  readonly waiting: number;
  readonly failed: number;
}

/** What models leave in the library. */
export interface ModelSpace {
  readonly pieces: number;
  readonly bytes: number;
}

/** The row around a vector and its places in the indexes. */
const bytesBesideVector = 120;
/** So many pieces are removed in one transaction: others need not wait for long. */
const piecesAtOnce = 5_000;

/** The models of a library, and which of them it is searched with. */
export class EmbeddingModelRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Without those that are on their way out. */
  async findKept(): Promise<KeptModel[]> {
    const rows = await this.#em.execute<Row[]>(
      `with waiting as (
         select model_id, memory_id, bool_or(status = 'pending') as pending
         from (select model_id, memory_id, 'pending' as status from uncut_memory
               union all
               select model_id, memory_id, status from memory_chunk where status <> 'ready') each
         group by model_id, memory_id
       ), counted as (
         select model_id, count(*) filter (where pending)::int as waiting,
           count(*) filter (where not pending)::int as failed
         from waiting group by model_id
       )
       select m.id, name, revision, dimension, max_tokens, in_use, used_at,
         (select count(*)::int from memory) as memories,
         coalesce(waiting, 0) as waiting, coalesce(failed, 0) as failed
       from embedding_model m left join counted on counted.model_id = m.id
       where not is_going order by m.id`,
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      revision: row.revision,
      dimension: row.dimension,
      maxTokens: row.max_tokens,
      inUse: row.in_use,
      usedAt: row.used_at === null ? null : new Date(row.used_at),
      memories: row.memories,
      waiting: row.waiting,
      failed: row.failed,
    }));
  }

  /**
   * How much of the library is there for each model. The tables are shared: of what they take, each model has as much
   * as it has pieces and vectors, by their length; its index is its own.
   */
  async findSpace(): Promise<Map<number, ModelSpace>> {
    const rows = await this.#em.execute<{ id: number; pieces: number; bytes: number; index_bytes: number }[]>(
      `with index as (
         select m.id, coalesce(pg_relation_size(to_regclass(replace(?, '*', m.id::text))), 0)::float8 as bytes
         from embedding_model m
       ), counted as (
         select m.id, coalesce(c.pieces, 0)::float8 as pieces, coalesce(c.ready, 0)::float8 * (? + 2 * m.dimension) as weight
         from embedding_model m left join (
           select model_id, count(*) as pieces, count(*) filter (where status = 'ready') as ready
           from memory_chunk group by model_id
         ) c on c.model_id = m.id
       ), shared as (
         select pg_total_relation_size('memory_chunk')::float8 as pieces,
           pg_total_relation_size('chunk_embedding')::float8 - (select coalesce(sum(bytes), 0) from index) as vectors
       )
       select id, counted.pieces,
         shared.pieces * counted.pieces / greatest(sum(counted.pieces) over (), 1)
           + shared.vectors * weight / greatest(sum(weight) over (), 1) as bytes,
         index.bytes as index_bytes
       from counted join index using (id) cross join shared`,
      [semanticIndexName('*'), bytesBesideVector],
    );
    return new Map(
      rows.map(({ id, pieces, bytes, index_bytes: indexBytes }) => [
        id,
        { pieces, bytes: Math.round(bytes + indexBytes) },
      ]),
    );
  }

  async countMemories(): Promise<number> {
    const [row] = await this.#em.execute<{ count: number }[]>('select count(*)::int as count from memory');
    return row?.count ?? 0;
  }

  /** The number of this model in the library. One that is new is not in use, and all memories wait for it. */
  async ensure({ name, revision, dimension, maxTokens }: ModelIdentity): Promise<number> {
    const find = async () => {
      const [model] = await this.#em.execute<{ id: number; is_going: boolean }[]>(
        'select id, is_going from embedding_model where name = ? and revision = ?',
        [name, revision],
      );
      if (model?.is_going) throw conflict((texts) => texts.failures.model.removing);
      return model?.id;
    };
    const known = await find();
    if (known !== undefined) return known;
    // What is being written now is queued by what is read here or by its trigger: nothing falls in between.
    await this.#em.execute('lock table memory in share mode');
    const madeMeanwhile = await find();
    if (madeMeanwhile !== undefined) return madeMeanwhile;
    const [model] = await this.#em.execute<{ id: number }[]>(
      `insert into embedding_model (id, name, revision, dimension, max_tokens)
       values (next_embedding_model_number(), ?, ?, ?, ?) returning id`,
      [name, revision, dimension, maxTokens],
    );
    if (!model) throw new Error('The model was not noted');
    await this.#em.execute(
      'insert into uncut_memory (memory_id, model_id) select id, ? from memory order by id',
      [model.id],
    );
    return model.id;
  }

  /** From here on the library is searched with this one. @returns false if it is not there any more */
  async putInUse(id: number): Promise<boolean> {
    // Of two that switch at once one waits here for the other.
    await this.#em.execute('lock table embedding_model in share row exclusive mode');
    const there = await this.#em.execute('select from embedding_model where id = ? and not is_going', [id]);
    if (there.length === 0) return false;
    await this.#em.execute('update embedding_model set in_use = false where in_use and id <> ?', [id]);
    await this.#em.execute(
      'update embedding_model set in_use = true, used_at = clock_timestamp() where id = ? and not in_use',
      [id],
    );
    return true;
  }

  /** Whether memories wait for it that were not there, or not like this, when it was looked last. */
  async hasWaiting(id: number): Promise<boolean> {
    const [row] = await this.#em.execute<{ waiting: boolean }[]>(
      `select exists (select from uncut_memory where model_id = ?)
         or exists (select from memory_chunk where model_id = ? and status = 'pending') as waiting`,
      [id, id],
    );
    return row?.waiting ?? false;
  }

  /** @returns false if it is in use, or not there */
  async beginRemoval(id: number): Promise<boolean> {
    const rows = await this.#em.execute(
      'update embedding_model set is_going = true where id = ? and not in_use returning id',
      [id],
    );
    return rows.length === 1;
  }

  async findGoing(): Promise<{ id: number; revision: string }[]> {
    return this.#em.execute('select id, revision from embedding_model where is_going order by id');
  }

  /** @returns whether something was left to remove */
  async removeSome(id: number): Promise<boolean> {
    const rows = await this.#em.execute(
      `delete from memory_chunk where id in (select id from memory_chunk where model_id = ? limit ?) returning id`,
      [id, piecesAtOnce],
    );
    return rows.length > 0;
  }

  async remove(id: number): Promise<void> {
    await this.#em.execute('delete from embedding_model where id = ? and is_going', [id]);
  }
}
