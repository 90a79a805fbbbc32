import { z } from 'zod';
import { cleanText } from '../text/clean-text.ts';
import { id } from './id.ts';
import { name } from './name.ts';

const savedSearchName = name(200);
const query = z
  .string()
  .max(10_000)
  .transform((text) => cleanText(text).trim());

export const savedSearch = z.object({
  id,
  name: z.string(),
  /** As it was typed. */
  query: z.string(),
});
export type SavedSearch = z.infer<typeof savedSearch>;

export const newSavedSearch = z.strictObject({ name: savedSearchName, query });
export type NewSavedSearch = z.output<typeof newSavedSearch>;

export const savedSearchChange = z.strictObject({
  id,
  name: savedSearchName.optional(),
  query: query.optional(),
});
export type SavedSearchChange = z.output<typeof savedSearchChange>;
