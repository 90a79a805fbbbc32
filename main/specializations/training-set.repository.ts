import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemoryRole } from '../../shared/schemas/specialization.ts';
import { runPrepared } from '../database/prepared-query.ts';
import type { TrainingMemory } from './training-set.ts';

/** The texts that a specialization is to be trained with. */
export class TrainingSetRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** The eldest first, from one on. */
  async findPage(
    userId: string,
    id: string,
    roles: readonly MemoryRole[],
    after: string | undefined,
    limit: number,
  ): Promise<TrainingMemory[]> {
    return runPrepared<TrainingMemory & { [column: string]: unknown }>(this.#em, {
      name: 'loci_training_texts',
      sql: `select m.id, m.title, m.content from specialization_memory l join memory m on m.id = l.memory_id
        where l.specialization_id = $2::uuid and m.user_id = $1::uuid and m.deleted_at is null
          and l.role = any($3::text[]) and ($4::uuid is null or l.memory_id > $4::uuid)
        order by l.memory_id limit $5::integer`,
      values: [userId, id, [...roles], after ?? null, limit],
    });
  }
}
