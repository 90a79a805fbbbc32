import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray, uuidArray } from '../database/sql-values.ts';
import type { TagLinks } from './tag-links.ts';

export interface LinkSearch {
  /** Those that are there, or those that are not. */
  readonly there: boolean;
  /** Only of these memories. */
  readonly of: readonly string[];
  /** Only those that were made at this time, as Postgres writes it. */
  readonly madeAt?: string;
}

/** The links of `TagLinks`, one by one: for the parameters of `linkParams`. */
const eachLink = `unnest(?::uuid[]) with ordinality as m(id, place)
  join unnest(?::uuid[], ?::int4multirange[]) as t(id, places) on m.place::int <@ t.places`;

/** When each of them was made that was there before: for the parameters of `timeParams`. */
const eachTime = `select s.id as tag_id, p.place, e.at::timestamptz as at
  from unnest(?::uuid[], ?::text[]) as s(id, times), jsonb_each_text(s.times::jsonb) as e(at, places),
    unnest(e.places::int4multirange) as r(places), generate_series(lower(r.places), upper(r.places) - 1) as p(place)`;

/** Memories and tags are sent apart and only meet in the server. */
export class MemoryLinkRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Of these, the tags that are this person's; none of them is deleted until the end of the transaction. */
  async lockTags(userId: string, tagIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.#em.execute<{ id: string }[]>(
      'select id from tag where user_id = ? and id = any(?::uuid[]) order by id for key share',
      [userId, uuidArray(tagIds)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Some of these links, of the same memories at the same places. */
  async find(links: TagLinks, { there, of, madeAt }: LinkSearch): Promise<TagLinks> {
    const underTags = await this.#em.execute<{ tagId: string; places: string; times: string | null }[]>(
      `select id as "tagId", range_agg(places)::text as places,
         (jsonb_object_agg(at, places::text) filter (where at is not null))::text as times
       from (
         select t.id, l.created_at::text as at, range_agg(int4range(m.place::int, m.place::int + 1)) as places
         from ${eachLink} join unnest(?::uuid[]) as o(id) on o.id = m.id
         left join memory_tag l on l.memory_id = m.id and l.tag_id = t.id
         where l.tag_id is ${there ? 'not null' : 'null'} ${madeAt === undefined ? '' : 'and l.created_at = ?::timestamptz'}
         group by t.id, l.created_at
       ) found group by id`,
      [...linkParams(links), uuidArray(of), ...(madeAt === undefined ? [] : [madeAt])],
    );
    const known = new Map(links.underTags.map(({ tagId, times }) => [tagId, times]));
    return {
      ...links,
      underTags: underTags.map(({ tagId, places, times: found }) => {
        const times = found ?? known.get(tagId);
        return { tagId, places, ...(times === undefined ? {} : { times }) };
      }),
    };
  }

  /**
   * Those that were there before are made as of then, all others now: when that is, is the answer. The memories
   * must be locked, or their date and place beside the link could be of before.
   */
  async add(links: TagLinks): Promise<string> {
    const timed = links.underTags.some(({ times }) => times !== undefined);
    if (links.underTags.length > 0) {
      await this.#em.execute(
        `insert into memory_tag (memory_id, tag_id, created_at, occurred_at, trashed)
         select m.id, t.id, ${timed ? 'coalesce(w.at, now())' : 'now()'}, k.occurred_at, k.deleted_at is not null
         from ${eachLink} join memory k on k.id = m.id
         ${timed ? `left join (${eachTime}) w on w.tag_id = t.id and w.place = m.place` : ''}
         on conflict do nothing`,
        [...linkParams(links), ...(timed ? timeParams(links) : [])],
      );
    }
    const [row] = await this.#em.execute<{ at: string }[]>('select now()::timestamptz(3)::text as at');
    if (!row) throw new Error('The server does not know the time');
    return row.at;
  }

  async remove(links: TagLinks): Promise<void> {
    if (links.underTags.length === 0) return;
    await this.#em.execute(
      `delete from memory_tag l using ${eachLink} where l.memory_id = m.id and l.tag_id = t.id`,
      linkParams(links),
    );
  }

  /** Whether any of these memories is under more tags than this. */
  async hasMoreTags(memoryIds: readonly string[], most: number): Promise<boolean> {
    const rows = await this.#em.execute<unknown[]>(
      `select l.memory_id from memory_tag l where l.memory_id = any(?::uuid[])
       group by l.memory_id having count(*) > ? limit 1`,
      [uuidArray(memoryIds), most],
    );
    return rows.length > 0;
  }
}

function timeParams({ underTags }: TagLinks): string[] {
  return [
    uuidArray(underTags.map(({ tagId }) => tagId)),
    textArray(underTags.map(({ times = '{}' }) => times)),
  ];
}

function linkParams({ memoryIds, underTags }: TagLinks): string[] {
  return [
    uuidArray(memoryIds),
    uuidArray(underTags.map(({ tagId }) => tagId)),
    textArray(underTags.map(({ places }) => places)),
  ];
}
