import { isDeepStrictEqual } from 'node:util';
import type { ServiceParts } from '../undo/service-parts.ts';
import {
  settingKey,
  settings as settingsSchema,
  settingSchemas,
  anySettingsChange,
  type AnySettingsChange,
  type Settings,
  type SettingsChange,
} from '../../shared/schemas/settings.ts';
import { inTransaction } from '../database/transaction.ts';
import { invalidInput } from '../errors/loci-error.ts';
import type { Log } from '../logging/log.ts';
import { SettingRepository } from './setting.repository.ts';

export interface SettingServiceOptions extends ServiceParts {
  readonly log: Log;
  /** Told all settings of the current person after each real change. */
  readonly onChange: (settings: Settings) => void;
}

/** What a person prefers: typed, with defaults, and never a reason not to start. */
export class SettingService {
  readonly #options: SettingServiceOptions;
  readonly #repository: SettingRepository;

  constructor(options: SettingServiceOptions) {
    this.#options = options;
    this.#repository = new SettingRepository(options.em);
  }

  async get(): Promise<Settings> {
    return this.getOf(this.#options.currentUserId());
  }

  /** Of somebody who may be away. */
  async getOf(userId: string): Promise<Settings> {
    return this.#readable(await this.#repository.findStored(userId));
  }

  /** Of which what is stored is not what it can be. */
  async damaged(): Promise<(keyof SettingsChange)[]> {
    const stored = await this.#repository.findStored(this.#options.currentUserId());
    return settingKey.options.filter(
      (key) => stored.has(key) && !settingSchemas[key].safeParse(stored.get(key)).success,
    );
  }

  /** Writes what is different from before, and nothing else. Two people at two settings do not undo each other. */
  async set(change: AnySettingsChange): Promise<Settings> {
    const valid = anySettingsChange.safeParse(change);
    if (!valid.success)
      throw invalidInput(valid.error.issues[0]?.path.join('.') ?? '', 'There is no such setting or value.');
    const { audit, em } = this.#options;
    const userId = this.#options.currentUserId();
    const { settings, changed } = await inTransaction(em, async () => {
      const before = await this.#repository.findStored(userId);
      const differing = new Map(
        Object.entries(valid.data).filter(
          ([key, value]) => value !== undefined && !isDeepStrictEqual(before.get(key), value),
        ),
      );
      if (differing.size > 0) {
        const saved = await this.#repository.save(userId, differing);
        for (const [key, id] of saved)
          audit.note({ userId, action: 'changed', entity: 'setting', ids: [id], fields: [key] });
      }
      return { settings: this.#readable(new Map([...before, ...differing])), changed: differing.size > 0 };
    });
    // Whoever has taken over meanwhile has settings of their own, and was told them.
    if (changed && this.#options.currentUserId() === userId) this.#options.onChange(settings);
    return settings;
  }

  /** Each value that does not fit falls back alone: one damaged setting must not take the others with it. */
  #readable(stored: ReadonlyMap<string, unknown>): Settings {
    const fitting = Object.entries(settingSchemas).map(([key, schema]) => {
      if (!stored.has(key)) return [key, undefined];
      const parsed = schema.safeParse(stored.get(key));
      if (parsed.success) return [key, parsed.data];
      // By name alone: the value may be anything a person wrote.
      this.#options.log.warn('A setting is damaged; its default is used', { key });
      return [key, undefined];
    });
    return settingsSchema.parse(Object.fromEntries(fitting));
  }
}
