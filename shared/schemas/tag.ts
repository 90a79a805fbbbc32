import { z } from 'zod';
import { id } from './id.ts';
import { name } from './name.ts';

/** Names, not values: each theme has its own shade of them. */
export const tagColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const;
export type TagColour = (typeof tagColours)[number];

export const tagName = name(100);

export const tag = z.object({
  id,
  name: z.string(),
  colour: z.enum(tagColours).nullable(),
});
export type Tag = z.infer<typeof tag>;

/** `memories` are those under the tag that are not in the trash. */
export const countedTag = tag.extend({ memories: z.int() });
export type CountedTag = z.infer<typeof countedTag>;

export const newTag = z.strictObject({ name: tagName, colour: z.enum(tagColours).nullable().default(null) });
export type NewTag = z.output<typeof newTag>;

export const tagChange = z.strictObject({
  id,
  name: tagName.optional(),
  colour: z.enum(tagColours).nullable().optional(),
});
export type TagChange = z.output<typeof tagChange>;

/** All that is under the first comes under the second, and the first goes. */
export const tagMerge = z.strictObject({ id, intoId: id });
export type TagMerge = z.output<typeof tagMerge>;
