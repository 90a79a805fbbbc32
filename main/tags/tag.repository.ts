import type { EntityManager } from '@mikro-orm/postgresql';
import type { CountedTag, Tag } from '../../shared/schemas/tag.ts';
import { textArray, uuidArray } from '../database/sql-values.ts';
import { conflict, notFound } from '../errors/loci-error.ts';

export interface EnsuredTags {
  /** Of all that were asked for, each once. */
  readonly ids: readonly string[];
  /** Of those that did not exist before: to be noted in the audit. */
  readonly createdIds: readonly string[];
}

/** Each round one more tag was made elsewhere while we looked; more than a few rounds never happen. */
const ensureRounds = 10;

export class TagRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /**
   * Finds or makes a tag for each of these names, which `tagName` has cleaned. Until the end of the
   * transaction none of them can be deleted by others.
   */
  async ensure(userId: string, names: readonly string[]): Promise<EnsuredTags> {
    if (names.length === 0) return { ids: [], createdIds: [] };
    const createdIds: string[] = [];
    for (let round = 0; round < ensureRounds; round++) {
      const rows = await this.#em.execute<{ id: string | null; created: boolean }[]>(ensureSql, [
        textArray(names),
        userId,
        userId,
      ]);
      const ids = rows.flatMap(({ id }) => id ?? []);
      createdIds.push(...rows.flatMap(({ id, created }) => (id !== null && created ? id : [])));
      if (ids.length === rows.length) return { ids, createdIds };
    }
    throw conflict((texts) => texts.failures.tag.changedAtOnce);
  }

  /**
   * Counts all links in one go, which several processes of the server can share. Going down the
   * links' index tag by tag takes twice the time, and far more where there is more than one core.
   */
  async findAllCounted(userId: string): Promise<CountedTag[]> {
    return this.#em.execute(
      `select t.id, t.name, t.colour, coalesce(c.memories, 0) as memories from tag t left join (
         select l.tag_id, count(*)::int as memories from memory_tag l where not l.trashed group by l.tag_id
       ) c on c.tag_id = t.id where t.user_id = ?`,
      [userId],
    );
  }

  async countUntagged(userId: string): Promise<number> {
    const [row] = await this.#em.execute<{ count: number }[]>(
      `select count(*)::int as count from memory m where m.user_id = ? and m.deleted_at is null
       and not exists (select from memory_tag l where l.memory_id = m.id)`,
      [userId],
    );
    return row?.count ?? 0;
  }

  async findByName(userId: string, name: string): Promise<Tag | undefined> {
    const [found] = await this.#em.execute<Tag[]>(
      'select id, name, colour from tag where user_id = ? and lower(name) = lower(?)',
      [userId, name],
    );
    return found;
  }

  async findByIds(userId: string, ids: readonly string[]): Promise<Tag[]> {
    if (ids.length === 0) return [];
    return this.#em.execute<Tag[]>(
      'select id, name, colour from tag where user_id = ? and id = any(?::uuid[])',
      [userId, uuidArray(ids)],
    );
  }

  /** Takes away those of these tags that nothing is under and nobody has changed. Answers with their keys. */
  async removeUnused(userId: string, tags: readonly Tag[]): Promise<string[]> {
    if (tags.length === 0) return [];
    const ids = uuidArray(tags.map(({ id }) => id));
    // First: by then whoever is about to put a memory under one has done so, or must do without it.
    await this.#em.execute(
      'select from tag where user_id = ? and id = any(?::uuid[]) order by id for update',
      [userId, ids],
    );
    const rows = await this.#em.execute<{ id: string }[]>(
      `delete from tag t using jsonb_to_recordset(?::jsonb) as k (id uuid, name text, colour text)
       where t.user_id = ? and t.id = k.id and t.name = k.name and t.colour is not distinct from k.colour
         and not exists (select from memory_tag l where l.tag_id = t.id)
       returning t.id`,
      [JSON.stringify(tags), userId],
    );
    return rows.map((row) => row.id);
  }

  /** Nobody else changes it, or puts a memory under it, before the transaction is over. */
  async lock(userId: string, id: string): Promise<Tag | undefined> {
    const [found] = await this.#em.execute<Tag[]>(
      'select id, name, colour from tag where user_id = ? and id = ? for update',
      [userId, id],
    );
    return found;
  }

  async add(userId: string, { name, colour }: Pick<Tag, 'name' | 'colour'>): Promise<Tag> {
    const [added] = await this.#em.execute<Tag[]>(
      `insert into tag (id, user_id, name, colour) values (uuid_v7(), ?, ?, ?) returning id, name, colour`,
      [userId, name, colour],
    );
    if (!added) throw new Error('A row that was added came back empty');
    return added;
  }

  async save(userId: string, { id, name, colour }: Tag): Promise<void> {
    await this.#em.execute('update tag set name = ?, colour = ? where user_id = ? and id = ?', [
      name,
      colour,
      userId,
      id,
    ]);
  }

  /** Those in the trash too. */
  async findMemoryIds(id: string): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select memory_id as id from memory_tag where tag_id = ? order by memory_id',
      [id],
    );
    return rows.map((row) => row.id);
  }

  /** Of these, the ones that still exist; none of them is changed or purged before the transaction is over. */
  async lockMemories(userId: string, memoryIds: readonly string[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select id from memory where user_id = ? and id = any(?::uuid[]) order by id for no key update',
      [userId, uuidArray(memoryIds)],
    );
    return rows.map((row) => row.id);
  }

  /** Answers with the whole row, for `restore`. */
  async delete(userId: string, id: string): Promise<string> {
    const [deleted] = await this.#em.execute<{ row: string }[]>(
      'delete from tag t where t.user_id = ? and t.id = ? returning to_jsonb(t)::text as row',
      [userId, id],
    );
    if (!deleted) throw notFound('tag');
    return deleted.row;
  }

  async restore(deleted: string): Promise<void> {
    await this.#em.execute('insert into tag select * from jsonb_populate_record(null::tag, ?::jsonb)', [
      deleted,
    ]);
  }
}

/** What makes names the same is the server's to say, here and in the index alike. In one order, or two could wait for each other. */
const ensureSql = `
  with asked as materialized (
    select distinct on (lower(a.name)) lower(a.name) as key, a.name
    from unnest(?::text[]) with ordinality as a(name, place) order by lower(a.name), a.place
  ), found as materialized (
    select t.id, a.key from asked a join tag t on t.user_id = ? and lower(t.name) = a.key
    order by a.key for key share of t
  ), added as (
    insert into tag (id, user_id, name)
    select uuid_v7(), ?, a.name from asked a where not exists (select from found f where f.key = a.key) order by a.key
    on conflict (user_id, lower(name)) do nothing
    returning id, lower(name) as key
  )
  select coalesce(f.id, n.id) as id, n.id is not null as created
  from asked a left join found f using (key) left join added n using (key)`;
