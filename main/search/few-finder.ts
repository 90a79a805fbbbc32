import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import { newParameters, passing, type SearchFilter } from './search-filter.ts';

/** More are not worth naming: to send them takes as long as to look for them again. */
const usuallyNamed = 8000;
/** Even in a library of a million it is not best to look at more than these. */
const mostCounted = 30_000;
/** How long it is taken for granted that a filter lets many pass: as a query is typed, it comes with every key. */
const manyKnownMs = 10_000;
const mostKnown = 200;

/** How many memories pass a filter, and which, if they can be named. */
export interface Passing {
  readonly count: number;
  readonly ids?: readonly string[];
}

const countless: Passing = { count: Number.POSITIVE_INFINITY };

/** Knows which filters let so few memories pass that it is best to look at just these. */
export class FewFinder {
  readonly #em: EntityManager;
  readonly #mostNamed: number;
  readonly #asked = new WeakMap<SearchFilter, Promise<Passing>>();
  readonly #many = new Map<string, { readonly passing: Passing; readonly untilMs: number }>();

  constructor(em: EntityManager, { mostNamed = usuallyNamed } = {}) {
    this.#em = em;
    this.#mostNamed = mostNamed;
  }

  /** Of one filter it is found out once, whoever asks. */
  async find(filter: SearchFilter, signal?: AbortSignal): Promise<Passing> {
    const { ids } = filter;
    if (ids) return ids.length > this.#mostNamed ? { count: ids.length } : { count: ids.length, ids };
    const asked = this.#asked.get(filter) ?? this.#find(filter, signal);
    this.#asked.set(filter, asked);
    return asked;
  }

  async #find(filter: SearchFilter, signal: AbortSignal | undefined): Promise<Passing> {
    const key = filterKey(filter);
    const known = this.#many.get(key);
    if (known && known.untilMs > performance.now()) return known.passing;
    const parameters = newParameters();
    const sql = passing(filter, parameters);
    const { values } = parameters;
    const rows = await runPrepared<{ id: string }>(
      this.#em,
      { sql: `${sql} limit ${this.#mostNamed + 1}`, values },
      signal,
    );
    const ids = [...new Set(rows.map(({ id }) => id))];
    if (rows.length <= this.#mostNamed) return { count: ids.length, ids };
    const [counted] = await runPrepared<{ count: number }>(
      this.#em,
      { sql: `select count(*)::int as count from (${sql} limit ${mostCounted + 1}) p`, values },
      signal,
    );
    const count = counted?.count ?? 0;
    const many = count > mostCounted ? countless : { count };
    if (this.#many.size >= mostKnown) this.#many.clear();
    this.#many.set(key, { passing: many, untilMs: performance.now() + manyKnownMs });
    return many;
  }
}

/** The same for all queries that have the same filter, whatever words they have. */
export const filterKey = ({ userId, query, also = [] }: SearchFilter): string =>
  `${userId} ${JSON.stringify({ ...query, text: [], withoutText: [] })} ${also.map(({ key }) => key).join(' ')}`;
