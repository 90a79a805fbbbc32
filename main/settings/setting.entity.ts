import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/** One value a person chose. What was never chosen has no row: its default may still change. */
export const Setting = defineEntity({
  name: 'Setting',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    key: p.text(),
    value: p.json<unknown>(),
  },
  uniques: [{ name: 'setting_user_id_key_unique', properties: ['user', 'key'] }],
  checks: [{ name: 'setting_key_check', expression: `key <> '' and char_length(key) <= 100` }],
});
export type Setting = InferEntity<typeof Setting>;
