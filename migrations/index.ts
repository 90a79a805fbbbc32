import type { MigrationObject } from '@mikro-orm/core';
import { Migration20261121060000_create_user_and_setting } from './Migration20261121060000_create_user_and_setting.ts';

/**
 * In the order they are applied; never edited or taken out once a library may have seen them.
 * Each is named here as well, because bundlers rename classes and a library remembers the names.
 */
export const migrations: readonly MigrationObject[] = [
  {
    name: 'Migration20261121060000_create_user_and_setting',
    class: Migration20261121060000_create_user_and_setting,
  },
];
