import type { EntityManager } from '@mikro-orm/postgresql';
import { Setting } from './setting.entity.ts';

export class SettingRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** What was ever chosen, as it is stored: it may be of an older form, or damaged. */
  async findStored(userId: string): Promise<Map<string, unknown>> {
    const rows = await this.#em.find(Setting, { user: userId }, { disableIdentityMap: true });
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  /** Answers with the rows' keys by the names of their settings. */
  async save(userId: string, values: ReadonlyMap<string, unknown>): Promise<Map<string, string>> {
    // As one document, so that a value of null stays a value.
    const rows = await this.#em.execute<{ id: string; key: string }[]>(
      `insert into setting (id, user_id, key, value)
       select uuid_v7(), ?, e.key, e.value from jsonb_each(?::jsonb) e order by e.key
       on conflict (user_id, key) do update set value = excluded.value
       returning id, key`,
      [userId, JSON.stringify(Object.fromEntries(values))],
    );
    return new Map(rows.map(({ id, key }) => [key, id]));
  }
}
