import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { tagColours } from '../../shared/schemas/tag.ts';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/** A word to gather memories under. Upper and lower case make no difference. */
export const Tag = defineEntity({
  name: 'Tag',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    name: p.text(),
    colour: p.enum(tagColours).nullable(),
  },
  checks: [
    {
      name: 'tag_name_check',
      expression: `name <> '' and name = btrim(name) and char_length(name) <= 100`,
    },
  ],
  indexes: [
    {
      name: 'tag_user_id_name_unique',
      expression: 'create unique index "tag_user_id_name_unique" on "tag" ("user_id", lower("name"))',
    },
  ],
});
export type Tag = InferEntity<typeof Tag>;
