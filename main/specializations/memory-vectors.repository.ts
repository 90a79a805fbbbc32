import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import type { ComparingModel } from '../search/related-model.ts';
import { centreOf, type Placed } from './vector-groups.ts';

interface VectorRow {
  readonly id: string;
  readonly vector: Buffer;
}

/** Of every memory one vector: the middle of its pieces. */
const meanOf = (model: ComparingModel, of: string) =>
  `(select vector_send(avg(e.embedding::vector(${model.dimension}))) from chunk_embedding e
    where e.memory_id = ${of} and e.model_id = ${model.id})`;

/** What memories are about, as vectors to be compared with each other. */
export class MemoryVectorRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Of a specialization's memories outside of the trash, those linked last. */
  async findLinked(specializationId: string, model: ComparingModel, most: number): Promise<Placed[]> {
    return this.#find(
      `select m.id, ${meanOf(model, 'm.id')} as vector from specialization_memory l join memory m on m.id = l.memory_id
       where l.specialization_id = $1::uuid and m.deleted_at is null
         and exists (select from chunk_embedding e where e.memory_id = m.id and e.model_id = ${model.id})
       order by l.created_at desc, m.id desc limit $2::integer`,
      [specializationId, most],
    );
  }

  /** Of a person's memories that no specialization has, the latest. */
  async findUncovered(userId: string, model: ComparingModel, most: number): Promise<Placed[]> {
    return this.#find(
      `select m.id, ${meanOf(model, 'm.id')} as vector from memory m
       where m.user_id = $1::uuid and m.deleted_at is null and ${isUncovered}
         and exists (select from chunk_embedding e where e.memory_id = m.id and e.model_id = ${model.id})
       order by m.occurred_at desc, m.id desc limit $2::integer`,
      [userId, most],
    );
  }

  async findOne(userId: string, memoryId: string, model: ComparingModel): Promise<Float32Array | undefined> {
    const [found] = await this.#find(
      `select m.id, ${meanOf(model, 'm.id')} as vector from memory m where m.user_id = $1::uuid and m.id = $2::uuid
         and exists (select from chunk_embedding e where e.memory_id = m.id and e.model_id = ${model.id})`,
      [userId, memoryId],
    );
    return found?.vector;
  }

  async countCovered(
    userId: string,
    model: ComparingModel | undefined,
  ): Promise<{ readonly memories: number; readonly linked: number; readonly waiting: number }> {
    const [row] = await runPrepared<{ memories: number; linked: number; waiting: number }>(this.#em, {
      sql: `select count(*)::int as memories, count(*) filter (where not uncovered)::int as linked,
          count(*) filter (where uncovered and not exists (
            select from chunk_embedding e where e.memory_id = id and e.model_id = $2::smallint))::int as waiting
        from (select m.id, ${isUncovered} as uncovered from memory m
          where m.user_id = $1::uuid and m.deleted_at is null) each`,
      values: [userId, model?.id ?? null],
    });
    return row ?? { memories: 0, linked: 0, waiting: 0 };
  }

  async #find(sql: string, values: readonly unknown[]): Promise<Placed[]> {
    const rows = await runPrepared<VectorRow & { [column: string]: unknown }>(this.#em, { sql, values });
    return rows.map(({ id, vector }) => ({ id, vector: centreOf([readVector(vector)]) }));
  }
}

/** One in the trash covers nothing. */
const isUncovered = `not exists (select from specialization_memory l join specialization s on s.id = l.specialization_id
  where l.memory_id = m.id and s.deleted_at is null)`;

/** As pgvector sends it: two numbers of two bytes, then floats, the greatest byte first. */
function readVector(sent: Buffer): Float32Array {
  const vector = new Float32Array((sent.length - 4) / 4);
  for (let i = 0; i < vector.length; i++) vector[i] = sent.readFloatBE(4 + 4 * i);
  return vector;
}
