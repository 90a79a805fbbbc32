import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/** A search worth keeping, as the text a person typed. */
export const SavedSearch = defineEntity({
  name: 'SavedSearch',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    name: p.text(),
    query: p.text(),
    /** Where it stands in the list, as the person ordered it. */
    position: p.integer().default(0),
  },
  checks: [
    {
      name: 'saved_search_name_check',
      expression: `name <> '' and name = btrim(name) and char_length(name) <= 200`,
    },
    { name: 'saved_search_query_check', expression: 'char_length(query) <= 10000' },
  ],
  indexes: [
    {
      name: 'saved_search_user_id_name_unique',
      expression:
        'create unique index "saved_search_user_id_name_unique" on "saved_search" ("user_id", lower("name"))',
    },
  ],
});
export type SavedSearch = InferEntity<typeof SavedSearch>;
