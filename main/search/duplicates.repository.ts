import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '../database/sql-values.ts';
import { vectorLiteral } from '../database/vector.ts';
import type { KeptText } from '../memories/kept-text.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import type { Likeness } from './duplicates-likeness.ts';
import type { ComparingModel } from './related-model.ts';

export interface QueuedMemory {
  readonly id: string;
  /** Of when it was queued: if it is queued anew meanwhile, it stays. */
  readonly stamp: string;
  /** False: it is gone or in the trash, and nothing is to be done. */
  readonly isLive: boolean;
}

export interface PairKey {
  readonly memoryId: string;
  readonly otherId: string;
}

export interface StoredPair extends PairKey {
  readonly similarity: number;
  readonly overlap: number;
}

/** Of a long memory some pieces are enough to meet its copies by. */
const mostPieces = 4;
/** Copies are among the very nearest, or there are so many of them that any few lead to the others. */
const mostNear = 12;
/** A sentence more, and the pieces of a copy begin elsewhere. */
const leastPieceSimilarity = 0.85;

/** Of two lists of words, how many both have, and how many there are. */
const countWords = (own: string, other: string): string => `
  select coalesce(sum(least(p, q)), 0)::integer as shared, coalesce(sum(greatest(p, q)), 0)::integer as total,
    coalesce(sum(greatest(p - q, 0)) filter (where lexeme ~ '^\\d'), 0)::integer as numbers,
    coalesce(sum(greatest(q - p, 0)) filter (where lexeme ~ '^\\d'), 0)::integer as "otherNumbers"
  from (
    select lexeme, max(p) as p, max(q) as q from (
      select lexeme, cardinality(positions) as p, 0 as q from unnest(${own})
      union all select lexeme, 0, cardinality(positions) from unnest(${other})) each
    group by lexeme) counted`;

/** Near-duplicates as they are found and kept. Statements of the queue are about one person's memories. */
export class DuplicatesRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Those that are embedded, the longest waiting first. */
  async findQueued(userId: string, { id }: ComparingModel, limit: number): Promise<QueuedMemory[]> {
    return this.#em.execute<QueuedMemory[]>(
      `select q.memory_id as id, q.queued_at::text as stamp,
         (m.id is not null and m.deleted_at is null) as "isLive"
       from duplicate_queue q left join memory m on m.id = q.memory_id
       where q.model_id = ? and (m.user_id = ? or m.id is null)
         and not exists (select from uncut_memory u where u.memory_id = q.memory_id and u.model_id = q.model_id)
         and not exists (select from memory_chunk c
           where c.memory_id = q.memory_id and c.model_id = q.model_id and c.status = 'pending')
       order by q.queued_at, q.memory_id limit ?`,
      [id, userId, limit],
    );
  }

  /** Counts no further than to `most`. */
  async countQueued(userId: string, { id }: ComparingModel, most: number): Promise<number> {
    const [row] = await this.#em.execute<{ count: number }[]>(
      `select count(*)::integer as count from (
         select from duplicate_queue q join memory m on m.id = q.memory_id
         where q.model_id = ? and m.user_id = ? and m.deleted_at is null limit ?) queued`,
      [id, userId, most],
    );
    return row?.count ?? 0;
  }

  async queueAll(userId: string, { id }: ComparingModel): Promise<void> {
    await this.#em.execute(
      `insert into duplicate_queue (memory_id, model_id)
       select distinct e.memory_id, e.model_id from chunk_embedding e join memory m on m.id = e.memory_id
       where m.user_id = ? and m.deleted_at is null and e.model_id = ? order by 1, 2
       on conflict do nothing`,
      [userId, id],
    );
  }

  async unqueue({ id }: ComparingModel, queued: readonly QueuedMemory[]): Promise<void> {
    await this.#em.execute(
      `delete from duplicate_queue q using jsonb_to_recordset(?::jsonb) as done (id uuid, stamp text)
       where q.memory_id = done.id and q.model_id = ? and q.queued_at = done.stamp::timestamptz`,
      [JSON.stringify(queued), id],
    );
  }

  /**
   * What may be like these memories and does not say the very same, by the index of vectors where there is one. To be
   * asked in a transaction: fewer of the index are looked at than for a search, where the nearest is the tenth.
   */
  async findCandidates(userId: string, model: ComparingModel, ids: readonly string[]): Promise<PairKey[]> {
    await this.#em.execute('set local hnsw.ef_search to 40');
    const distance = (other: string) =>
      `(e.embedding::halfvec(${model.dimension})) <#> ${other}::halfvec(${model.dimension})`;
    return this.#em.execute<PairKey[]>(
      `with own as materialized (
         select p.memory_id, p.embedding, m.content_hash from (
           select e.memory_id, e.embedding, row_number() over (partition by e.memory_id order by c.position) - 1 as n,
             count(*) over (partition by e.memory_id) as total
           from chunk_embedding e join memory_chunk c on c.id = e.chunk_id
           where e.memory_id = any(?::uuid[]) and e.model_id = ${model.id}) p
           join memory m on m.id = p.memory_id
         where p.total <= ${mostPieces} or p.n % ceil(p.total / ${mostPieces}::float8)::integer = 0
       )
       select distinct least(own.memory_id, near.memory_id) as "memoryId",
         greatest(own.memory_id, near.memory_id) as "otherId"
       from own cross join lateral (
         select e.memory_id, -(${distance('own.embedding')}) as similarity from chunk_embedding e
         where e.model_id = ${model.id} and e.memory_id <> own.memory_id
           and exists (select from (select * from memory where id = e.memory_id offset 0) m
             where m.user_id = ? and m.deleted_at is null and m.content_hash <> own.content_hash offset 0)
         order by ${distance('own.embedding')} limit ${mostNear}) near
       where near.similarity > ${leastPieceSimilarity}
       union select memory_id, other_id from duplicate_pair where memory_id = any(?::uuid[])
       union select memory_id, other_id from duplicate_pair where other_id = any(?::uuid[])`,
      [uuidArray(ids), userId, uuidArray(ids), uuidArray(ids)],
    );
  }

  /** Words are those of the search, hence without endings and accents. Only what is near enough is compared by words. */
  async measure(
    model: ComparingModel,
    pairs: readonly PairKey[],
    leastSimilarity: number,
  ): Promise<Likeness[]> {
    if (pairs.length === 0) return [];
    return this.#em.execute<Likeness[]>(
      `with pair as materialized (
         select a, b from unnest(?::uuid[], ?::uuid[]) p (a, b)
       ), mean as materialized (
         select e.memory_id, avg(e.embedding::vector(${model.dimension})) as vector from chunk_embedding e
         where e.model_id = ${model.id} and e.memory_id = any(array(select a from pair union select b from pair))
         group by e.memory_id
       ), near as materialized (
         select p.a, p.b, 1 - (x.vector <=> y.vector) as similarity
         from pair p join mean x on x.memory_id = p.a join mean y on y.memory_id = p.b
       )
       select n.a as "memoryId", n.b as "otherId", n.similarity, w.shared, w.total, w.numbers, w."otherNumbers"
       from near n join memory_word x on x.memory_id = n.a join memory_word y on y.memory_id = n.b
         cross join lateral (
           ${countWords('x.words', 'y.words')}) w
       where n.similarity > ?`,
      [
        uuidArray(pairs.map(({ memoryId }) => memoryId)),
        uuidArray(pairs.map(({ otherId }) => otherId)),
        leastSimilarity,
      ],
    );
  }

  /** How many words a text that is not kept has in common with these memories, read in the language of each. */
  async measureText(
    { title, content }: KeptText,
    ids: readonly string[],
  ): Promise<Omit<Likeness, 'otherId' | 'similarity'>[]> {
    return this.#em.execute(
      `select x.memory_id as "memoryId", w.shared, w.total, w.numbers, w."otherNumbers"
       from memory_word x
         cross join lateral (select ('loci_' || x.language)::regconfig as name) c
         cross join lateral (select words_of(c.name, ?) || words_of(c.name, ?) as words) own
         cross join lateral (${countWords('own.words', 'x.words')}) w
       where x.memory_id = any(?::uuid[])`,
      [title ?? '', content, uuidArray(ids)],
    );
  }

  /** Cosine of a text's vector with the mean of all pieces of each of these memories, by the model that made it. */
  async compareVector(
    { name, revision, dimension }: ModelIdentity,
    vector: Float32Array,
    ids: readonly string[],
  ): Promise<{ memoryId: string; similarity: number }[]> {
    return this.#em.execute(
      `select e.memory_id as "memoryId", 1 - (avg(e.embedding::vector(${dimension})) <=> ?::vector) as similarity
       from chunk_embedding e join embedding_model m on m.id = e.model_id
       where m.name = ? and m.revision = ? and e.memory_id = any(?::uuid[]) group by e.memory_id`,
      [vectorLiteral(vector), name, revision, uuidArray(ids)],
    );
  }

  /** Those that a person says are something else than this one. */
  async findDistinctFrom(userId: string, memoryId: string): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select case when d.memory_id = m.id then d.other_id else d.memory_id end as id
       from memory m join memory_distinction d on m.id in (d.memory_id, d.other_id)
       where m.id = ? and m.user_id = ?`,
      [memoryId, userId],
    );
    return rows.map(({ id }) => id);
  }

  /** What is known of these memories from now on is that they are like these others, and like none else. */
  async replacePairs(ids: readonly string[], pairs: readonly StoredPair[]): Promise<void> {
    // Nobody purges them meanwhile; those that are gone already are left out.
    await this.#em.execute('select from memory where id = any(?::uuid[]) order by id for key share', [
      uuidArray([...new Set(pairs.flatMap(({ memoryId, otherId }) => [memoryId, otherId]))]),
    ]);
    await this.#em.execute(
      `with found as (
         select * from jsonb_to_recordset(?::jsonb) as p ("memoryId" uuid, "otherId" uuid, similarity real, overlap real)
       ), gone as (
         delete from duplicate_pair p
         where (p.memory_id = any(?::uuid[]) or p.other_id = any(?::uuid[]))
           and not exists (select from found f where f."memoryId" = p.memory_id and f."otherId" = p.other_id)
       )
       insert into duplicate_pair (memory_id, other_id, similarity, overlap)
       select f."memoryId", f."otherId", f.similarity, f.overlap
       from found f join memory m on m.id = f."memoryId" join memory o on o.id = f."otherId"
       on conflict (memory_id, other_id) do update set similarity = excluded.similarity, overlap = excluded.overlap`,
      [JSON.stringify(pairs), uuidArray(ids), uuidArray(ids)],
    );
  }

  /** The most similar first. */
  async findPairs(userId: string, most: number): Promise<StoredPair[]> {
    return this.#em.execute<StoredPair[]>(
      `select p.memory_id as "memoryId", p.other_id as "otherId", p.similarity, p.overlap
       from duplicate_pair p join memory m on m.id = p.memory_id join memory o on o.id = p.other_id
       where m.user_id = ? and m.deleted_at is null and o.user_id = m.user_id and o.deleted_at is null
         and not exists (select from memory_distinction d
           where d.memory_id = p.memory_id and d.other_id = p.other_id)
       order by p.similarity desc, p.overlap desc, p.memory_id, p.other_id limit ?`,
      [userId, most],
    );
  }

  /** Those that say the very same: known without any model. The largest groups first. */
  async findCopies(userId: string, most: number): Promise<string[][]> {
    const rows = await this.#em.execute<{ ids: string[] }[]>(
      // What stands there more than once the index knows; only that is looked at.
      `with repeated as materialized (
         select content_hash from memory where user_id = ? group by content_hash having count(*) > 1
       )
       select array_agg(m.id::text order by m.id) as ids
       from repeated r cross join lateral (
         select id, content_hash, case when content = '' then title end as title from memory
         where user_id = ? and content_hash = r.content_hash and deleted_at is null offset 0) m
       group by m.content_hash, m.title
       having count(*) > 1 order by count(*) desc, min(m.id::text) limit ?`,
      [userId, userId, most],
    );
    return rows.map(({ ids }) => ids);
  }

  async findDistinctions(userId: string, most: number): Promise<PairKey[]> {
    return this.#em.execute<PairKey[]>(
      `select d.memory_id as "memoryId", d.other_id as "otherId"
       from memory_distinction d join memory m on m.id = d.memory_id
       where m.user_id = ? order by d.id desc limit ?`,
      [userId, most],
    );
  }

  /** Those of these memories that are this person's; nobody purges them meanwhile. */
  async lockOwn(userId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select id from memory where user_id = ? and id = any(?::uuid[]) order by id for key share',
      [userId, uuidArray(ids)],
    );
    return rows.map(({ id }) => id);
  }

  /** Answers with those that were not told apart before. */
  async addDistinctions(ids: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `insert into memory_distinction (id, memory_id, other_id)
       select uuid_v7(), a, b from unnest(?::uuid[]) a join unnest(?::uuid[]) b on a < b
       on conflict (memory_id, other_id) do nothing returning id`,
      [uuidArray(ids), uuidArray(ids)],
    );
    return rows.map(({ id }) => id);
  }

  async removeDistinctions(distinctionIds: readonly string[]): Promise<void> {
    await this.#em.execute('delete from memory_distinction where id = any(?::uuid[])', [
      uuidArray(distinctionIds),
    ]);
  }
}
