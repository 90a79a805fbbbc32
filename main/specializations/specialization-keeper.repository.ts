import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import { textArray } from '../database/sql-values.ts';
import { vectorLiteral } from '../database/vector.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import type { TopicText } from './telling-topics.ts';

/** One whose meaning is to be made (anew). */
export interface QueuedSpecialization {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly domain: string;
  readonly tags: readonly string[];
  /** As Postgres writes it; null: only the vectors of this model are missing. */
  readonly queuedAt: string | null;
}

export interface SpecializationMeaning {
  readonly source: 'description' | 'memories';
  readonly vector: Float32Array;
}

/** What is known of the meanings of specializations, and of which it is not known yet. */
export class SpecializationKeeperRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** The number of a model that has left vectors or is about to. */
  async findModelId({ name, revision }: ModelIdentity): Promise<number | undefined> {
    const [found] = await runPrepared<{ id: number }>(this.#em, {
      name: 'loci_specialization_model',
      sql: 'select id from embedding_model where name = $1 and revision = $2 and not is_going',
      values: [name, revision],
    });
    return found?.id;
  }

  /** Of all people: what was changed, and what has no vector of this model. Those in the trash wait until they are back. */
  async findQueued(
    modelId: number,
    without: readonly string[],
    most: number,
  ): Promise<QueuedSpecialization[]> {
    return runPrepared<QueuedSpecialization & { [column: string]: unknown }>(this.#em, {
      name: 'loci_specializations_queued',
      sql: `select s.id, s.name, s.description, s.domain, s.tags, q.queued_at::text as "queuedAt"
        from specialization s left join specialization_queue q on q.specialization_id = s.id
        where s.deleted_at is null and s.id <> all($3::uuid[]) and (q.specialization_id is not null or not exists (
          select from specialization_meaning e where e.specialization_id = s.id and e.model_id = $1::smallint))
        order by q.queued_at nulls last, s.id limit $2::integer`,
      values: [modelId, most, [...without]],
    });
  }

  /** Of its memories outside of the trash, those linked last, the beginnings. */
  async findTexts(id: string, most: number): Promise<TopicText[]> {
    return runPrepared<TopicText & { [column: string]: unknown }>(this.#em, {
      name: 'loci_specialization_texts',
      sql: `select m.title, left(m.content, 2000) as content
        from specialization_memory l join memory m on m.id = l.memory_id
        where l.specialization_id = $1::uuid and m.deleted_at is null
        order by l.created_at desc, m.id desc limit $2::integer`,
      values: [id, most],
    });
  }

  /** To be called in a transaction. What was changed meanwhile stays in the queue. */
  async store(
    { id, queuedAt }: QueuedSpecialization,
    modelId: number,
    meanings: readonly SpecializationMeaning[],
    topics: readonly string[],
  ): Promise<void> {
    // Somebody may have removed it for good.
    const there = await this.#em.execute<unknown[]>('select from specialization where id = ? for key share', [
      id,
    ]);
    if (there.length === 0) return;
    await this.#em.execute(
      'delete from specialization_meaning where specialization_id = ? and model_id = ?',
      [id, modelId],
    );
    if (meanings.length > 0)
      await this.#em.execute(
        `insert into specialization_meaning (specialization_id, model_id, position, source, embedding)
         select ?::uuid, ?::smallint, (place - 1)::smallint, source, vector::halfvec
         from unnest(?::text[], ?::text[]) with ordinality t(source, vector, place)`,
        [
          id,
          modelId,
          textArray(meanings.map(({ source }) => source)),
          textArray(meanings.map(({ vector }) => vectorLiteral(vector))),
        ],
      );
    const changed = await this.#em.execute<unknown[]>(
      `update specialization_word set topics = ?::text[] where specialization_id = ? and topics <> ?::text[]
       returning specialization_id`,
      [textArray(topics), id, textArray(topics)],
    );
    if (changed.length > 0) await this.#em.execute('select write_specialization_words(array[?::uuid])', [id]);
    if (queuedAt !== null)
      await this.#em.execute(
        'delete from specialization_queue where specialization_id = ? and queued_at = ?::timestamptz',
        [id, queuedAt],
      );
  }
}
