import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { rowProperties } from '../database/row-properties.ts';

/** A local person, who owns all that is in the library. The table's name is longer: `user` is reserved in SQL. */
export const User = defineEntity({
  name: 'User',
  tableName: 'app_user',
  properties: {
    ...rowProperties(),
    name: p.text(),
    email: p.text().nullable(),
    /** Who was at work last is at work again after the next start. */
    lastUsedAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date()),
  },
  checks: [
    { name: 'app_user_name_check', expression: `name <> '' and char_length(name) <= 200` },
    { name: 'app_user_email_check', expression: `email ~ '.@.' and char_length(email) <= 254` },
  ],
  indexes: [
    {
      name: 'app_user_email_unique',
      expression: 'create unique index "app_user_email_unique" on "app_user" (lower("email"))',
    },
  ],
});
export type User = InferEntity<typeof User>;
