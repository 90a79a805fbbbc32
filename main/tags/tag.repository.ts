import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray } from '../database/sql-values.ts';
import { conflict } from '../errors/loci-error.ts';

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
    throw conflict('These tags were changed by others at the same moment. Please try again.');
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
