import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import { vectorLiteral } from '../database/vector.ts';
import type { ComparingModel } from '../search/related-model.ts';

export interface NearMemory {
  readonly id: string;
  readonly similarity: number;
  readonly source: 'description' | 'memories';
}

export interface NearestLinked {
  readonly specializationId: string;
  readonly memoryId: string;
  readonly title: string;
  readonly similarity: number;
}

/** As much of a text as names it. */
const titleOf = (memory: string) =>
  `coalesce(nullif(${memory}.title, ''), left(split_part(ltrim(${memory}.content), E'\\n', 1), 80))`;
/** Of the memories of a specialization, so many pieces are compared. */
const mostPieces = 2000;

/** Which memories are near to specializations, and to which of their memories. */
export class MemorySuggestionRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Not linked to it yet, the nearest first: by each of its vectors, the nearest of all. */
  async findNear(
    userId: string,
    specializationId: string,
    { id, dimension }: ComparingModel,
    most: number,
  ): Promise<NearMemory[]> {
    return runPrepared<NearMemory & { [column: string]: unknown }>(this.#em, {
      name: `loci_memory_suggestions_${id}`,
      sql: `
        with own as materialized (
          select source, embedding from specialization_meaning
          where specialization_id = $2::uuid and model_id = ${id}
        )
        select id, similarity, source from (
          select distinct on (near.memory_id) near.memory_id as id, least(1, near.similarity) as similarity, own.source
          from own cross join lateral (
            select e.memory_id, -(e.embedding <#> own.embedding) as similarity from chunk_embedding e
            where e.model_id = ${id}
              and exists (select from (select * from memory where id = e.memory_id offset 0) m
                where m.user_id = $1::uuid and m.deleted_at is null offset 0)
              and not exists (select from specialization_memory l
                where l.specialization_id = $2::uuid and l.memory_id = e.memory_id offset 0)
            order by (e.embedding::halfvec(${dimension})) <#> own.embedding::halfvec(${dimension})
            limit $3::integer) near
          order by near.memory_id, near.similarity desc) best
        order by similarity desc, id limit $3::integer`,
      values: [userId, specializationId, most],
    });
  }

  /** Of the memories that these specializations have, the one nearest to each of these vectors. */
  async findNearestLinked(
    userId: string,
    specializationIds: readonly string[],
    { id }: ComparingModel,
    vector: Float32Array,
  ): Promise<Map<string, NearestLinked>> {
    const rows = await runPrepared<NearestLinked & { [column: string]: unknown }>(this.#em, {
      name: `loci_nearest_linked_${id}`,
      sql: `select s.id as "specializationId", n.memory_id as "memoryId", ${titleOf('m')} as title, n.similarity
        from specialization s cross join lateral (
          select k.memory_id, -(k.embedding <#> $3::halfvec) as similarity from (
            select e.memory_id, e.embedding from specialization_memory l
              join memory live on live.id = l.memory_id and live.deleted_at is null
              join chunk_embedding e on e.memory_id = l.memory_id and e.model_id = ${id}
            where l.specialization_id = s.id limit ${mostPieces}) k
          order by similarity desc limit 1) n join memory m on m.id = n.memory_id
        where s.user_id = $1::uuid and s.id = any($2::uuid[])`,
      values: [userId, [...specializationIds], vectorLiteral(vector)],
    });
    return new Map(rows.map((row) => [row.specializationId, row]));
  }

  /** Of each of these memories, which one of a specialization's is nearest to it. */
  async findNearestOfEach(
    specializationId: string,
    memoryIds: readonly string[],
    { id }: ComparingModel,
  ): Promise<Map<string, { readonly id: string; readonly title: string; readonly similarity: number }>> {
    const rows = await runPrepared<{ asked: string; id: string; title: string; similarity: number }>(
      this.#em,
      {
        name: `loci_nearest_of_each_${id}`,
        sql: `
        with linked as materialized (
          select e.memory_id, e.embedding from specialization_memory l
            join memory live on live.id = l.memory_id and live.deleted_at is null
            join chunk_embedding e on e.memory_id = l.memory_id and e.model_id = ${id}
          where l.specialization_id = $1::uuid limit ${mostPieces}
        ), best as (
          select distinct on (e.memory_id) e.memory_id as asked, k.memory_id as id,
            least(1, -(e.embedding <#> k.embedding)) as similarity
          from chunk_embedding e cross join linked k
          where e.memory_id = any($2::uuid[]) and e.model_id = ${id}
          order by e.memory_id, e.embedding <#> k.embedding, k.memory_id
        )
        select b.asked, b.id, b.similarity, ${titleOf('m')} as title from best b join memory m on m.id = b.id`,
        values: [specializationId, [...memoryIds]],
      },
    );
    return new Map(rows.map(({ asked, ...near }) => [asked, near]));
  }

  /** Specializations outside of the trash whose own vectors are nearest to one. */
  async findNearestSpecialization(
    userId: string,
    { id }: ComparingModel,
    vector: Float32Array,
  ): Promise<{ readonly id: string; readonly name: string; readonly similarity: number } | undefined> {
    const [found] = await runPrepared<{ id: string; name: string; similarity: number }>(this.#em, {
      name: `loci_nearest_specialization_${id}`,
      sql: `select s.id, s.name, -(e.embedding <#> $2::halfvec) as similarity
        from specialization s join specialization_meaning e on e.specialization_id = s.id and e.model_id = ${id}
        where s.user_id = $1::uuid and s.deleted_at is null order by similarity desc, s.id limit 1`,
      values: [userId, vectorLiteral(vector)],
    });
    return found;
  }

  async findText(
    userId: string,
    specializationId: string,
  ): Promise<{ readonly title: string; readonly content: string } | undefined> {
    const [found] = await runPrepared<{ title: string; content: string }>(this.#em, {
      name: 'loci_specialization_told',
      sql: `select concat_ws(' ', s.name, s.domain, array_to_string(s.tags, ' '), array_to_string(w.topics, ' ')) as title,
          s.description as content
        from specialization s left join specialization_word w on w.specialization_id = s.id
        where s.user_id = $1::uuid and s.id = $2::uuid`,
      values: [userId, specializationId],
    });
    return found;
  }

  async isLinked(specializationIds: readonly string[], memoryId: string): Promise<Set<string>> {
    const rows = await runPrepared<{ id: string }>(this.#em, {
      name: 'loci_is_linked',
      sql: `select specialization_id as id from specialization_memory
        where memory_id = $2::uuid and specialization_id = any($1::uuid[])`,
      values: [[...specializationIds], memoryId],
    });
    return new Set(rows.map(({ id }) => id));
  }

  async hasMeaning(specializationId: string): Promise<boolean> {
    const rows = await runPrepared(this.#em, {
      name: 'loci_specialization_has_meaning',
      sql: 'select from specialization_meaning where specialization_id = $1::uuid limit 1',
      values: [specializationId],
    });
    return rows.length > 0;
  }

  async findTopicTexts(
    userId: string,
    memoryIds: readonly string[],
  ): Promise<Map<string, { readonly title: string | null; readonly content: string }>> {
    const rows = await runPrepared<{ id: string; title: string | null; content: string }>(this.#em, {
      name: 'loci_topic_texts',
      sql: `select id, title, left(content, 2000) as content from memory
        where user_id = $1::uuid and id = any($2::uuid[])`,
      values: [userId, [...memoryIds]],
    });
    return new Map(rows.map(({ id, ...text }) => [id, text]));
  }
}
