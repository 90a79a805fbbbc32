import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import type { Embedder } from '../embedding/embedder.ts';

export interface ComparingModel {
  readonly id: number;
  readonly dimension: number;
}

/**
 * The model whose vectors are compared with each other: the one that is running, and where none is, the latest one
 * that left any. What is stored can be compared without it.
 */
export async function findComparingModel(
  em: EntityManager,
  embedder: Pick<Embedder, 'status'>,
): Promise<ComparingModel | undefined> {
  const { model } = embedder.status();
  const [found] = await runPrepared<{ id: number; dimension: number }>(em, {
    name: 'loci_comparing_model',
    sql: `select m.id, m.dimension from embedding_model m
      where exists (select from chunk_embedding e where e.model_id = m.id)
      order by (m.name, m.revision) is not distinct from ($1::text, $2::text) desc, m.id desc limit 1`,
    values: [model?.name ?? null, model?.revision ?? null],
  });
  return found;
}
