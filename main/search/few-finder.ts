import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import { newParameters, passing, type SearchFilter } from './search-filter.ts';

/** More are not worth naming: to send them takes as long as to look for them again. */
const most = 8000;
/** How long it is taken for granted that a filter lets many pass: as a query is typed, it comes with every key. */
const manyKnownMs = 10_000;
const mostKnown = 200;

/** Knows which filters let so few memories pass that it is best to look at just these. */
export class FewFinder {
  readonly #em: EntityManager;
  readonly #asked = new WeakMap<SearchFilter, Promise<readonly string[] | undefined>>();
  readonly #many = new Map<string, number>();

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** All that pass, or undefined if they are many. Of one filter it is found out once, whoever asks. */
  async find(filter: SearchFilter, signal?: AbortSignal): Promise<readonly string[] | undefined> {
    if (filter.ids) return filter.ids.length > most ? undefined : filter.ids;
    const asked = this.#asked.get(filter) ?? this.#find(filter, signal);
    this.#asked.set(filter, asked);
    return asked;
  }

  async #find(filter: SearchFilter, signal: AbortSignal | undefined): Promise<readonly string[] | undefined> {
    const key = filterKey(filter);
    if ((this.#many.get(key) ?? 0) > performance.now()) return undefined;
    const parameters = newParameters();
    const rows = await runPrepared<{ id: string }>(
      this.#em,
      { sql: `${passing(filter, parameters)} limit ${most + 1}`, values: parameters.values },
      signal,
    );
    if (rows.length <= most) return [...new Set(rows.map(({ id }) => id))];
    if (this.#many.size >= mostKnown) this.#many.clear();
    this.#many.set(key, performance.now() + manyKnownMs);
    return undefined;
  }
}

/** The same for all queries that have the same filter, whatever words they have. */
export const filterKey = ({ userId, query, also = [] }: SearchFilter): string =>
  `${userId} ${JSON.stringify({ ...query, text: [], withoutText: [] })} ${also.map(({ key }) => key).join(' ')}`;
