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

  async save(userId: string, values: ReadonlyMap<string, unknown>): Promise<void> {
    if (values.size === 0) return;
    const rows = [...values].map(([key, value]) => ({ user: userId, key, value }));
    await this.#em.upsertMany(Setting, rows, {
      onConflictFields: ['user', 'key'],
      onConflictExcludeFields: ['id', 'createdAt'],
    });
  }
}
