import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import type { ComparingModel } from './related-model.ts';
import type { Span } from '../embedding/sentences.ts';

export interface RelatedPair {
  readonly memoryId: string;
  /** From 0 to 1; what both are about, and not only one passage of theirs. */
  readonly likeness: number;
  /** Cosine of the two pieces that are nearest. */
  readonly similarity: number;
  /** Where these stand in the memory that was asked about, and in the other one. */
  readonly own: Span;
  readonly other: Span;
}

/** Of a long memory so many pieces are asked for. */
const mostPieces = 12;
/** Of each; some will be of the same memories. */
const perPiece = 40;
/** How much one near passage counts against all the rest. */
const shareOfBest = 0.6;

/** Where memories are near each other in meaning. */
export class RelatedRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Whether all of a memory can be compared. */
  async isEmbedded(memoryId: string, { id }: ComparingModel): Promise<boolean> {
    const rows = await runPrepared(this.#em, {
      name: 'loci_related_is_embedded',
      sql: `select where exists (select from chunk_embedding where memory_id = $1::uuid and model_id = $2::smallint)
          and not exists (select from uncut_memory where memory_id = $1::uuid and model_id = $2::smallint)
          and not exists (select from memory_chunk
            where memory_id = $1::uuid and model_id = $2::smallint and status = 'pending')`,
      values: [memoryId, id],
    });
    return rows.length > 0;
  }

  /**
   * The nearest first, without those that say the very same. Each piece brings the memories that are nearest to it, by
   * the index where there is one; these are then compared with all of the pieces.
   */
  async findNear(
    userId: string,
    memoryId: string,
    { id, dimension }: ComparingModel,
    { limit, without }: { readonly limit: number; readonly without: readonly string[] },
  ): Promise<RelatedPair[]> {
    const distance = `(e.embedding::halfvec(${dimension})) <#> own.embedding::halfvec(${dimension})`;
    const rows = await runPrepared<{
      memory_id: string;
      likeness: number;
      similarity: number;
      own_start: number;
      own_end: number;
      other_start: number;
      other_end: number;
    }>(this.#em, {
      name: `loci_related_${id}`,
      sql: `
        with own as materialized (
          select p.chunk_id, p.embedding, p.start_offset, p.end_offset from (
            select e.chunk_id, e.embedding, c.start_offset, c.end_offset,
              row_number() over (order by c.position) - 1 as n, count(*) over () as total
            from chunk_embedding e join memory_chunk c on c.id = e.chunk_id
            where e.memory_id = $1::uuid and e.model_id = ${id}) p
          where p.n % ceil(p.total / ${mostPieces}::float8)::integer = 0
        ), candidate as materialized (
          select distinct near.memory_id from own cross join lateral (
            select e.memory_id from chunk_embedding e
            where e.model_id = ${id}
              and exists (select from (select * from memory where id = e.memory_id offset 0) m
                where m.user_id = $2::uuid and m.deleted_at is null and m.id <> $1::uuid and m.id <> all($4::uuid[])
                  and (m.content_hash <> (select content_hash from memory where id = $1::uuid)
                    or m.content = '' and m.title is distinct from (select title from memory where id = $1::uuid))
                  and not exists (select from memory o where o.id = any($4::uuid[]) and o.content_hash = m.content_hash
                    and (m.content <> '' or m.title is not distinct from o.title)) offset 0)
            order by ${distance} limit ${perPiece}) near
        ), compared as materialized (
          select e.memory_id, e.chunk_id, own.chunk_id as own_id, own.start_offset, own.end_offset,
            -(e.embedding <#> own.embedding) as similarity
          from candidate k join chunk_embedding e on e.memory_id = k.memory_id and e.model_id = ${id} cross join own
        ), scored as (
          select memory_id, ${shareOfBest} * max(best) + ${1 - shareOfBest} * avg(best) as likeness
          from (select memory_id, own_id, max(similarity) as best from compared group by memory_id, own_id) each
          group by memory_id order by likeness desc, memory_id limit $3::integer
        )
        select s.memory_id, least(1, s.likeness) as likeness, least(1, b.similarity) as similarity,
          b.start_offset as own_start, b.end_offset as own_end, c.start_offset as other_start, c.end_offset as other_end
        from scored s cross join lateral (
          select * from compared x where x.memory_id = s.memory_id order by similarity desc, chunk_id limit 1) b
          join memory_chunk c on c.id = b.chunk_id
        order by s.likeness desc, s.memory_id`,
      values: [memoryId, userId, limit, [...without]],
    });
    return rows.map(({ memory_id, likeness, similarity, ...span }) => ({
      memoryId: memory_id,
      likeness: Math.max(0, likeness),
      similarity,
      own: { start: span.own_start, end: span.own_end },
      other: { start: span.other_start, end: span.other_end },
    }));
  }

  /** The beginning of it, as much as says what it is about. Also from the trash. */
  async findText(
    userId: string,
    memoryId: string,
  ): Promise<{ title: string | null; content: string } | undefined> {
    const [row] = await runPrepared<{ title: string | null; content: string }>(this.#em, {
      name: 'loci_related_text',
      sql: 'select title, left(content, 20000) as content from memory where id = $1::uuid and user_id = $2::uuid',
      values: [memoryId, userId],
    });
    return row;
  }
}
