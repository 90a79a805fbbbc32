import { z } from 'zod';
import { id } from './id.ts';
import { maxPageSize, memorySummary } from './memory.ts';

export const duplicatesRequest = z.strictObject({
  limit: z.int().min(1).max(maxPageSize).optional(),
  offset: z.int().min(0).max(100_000).optional(),
});
export type DuplicatesRequest = z.output<typeof duplicatesRequest>;

const share = z.number().min(0).max(1);

export const duplicateGroup = z.object({
  /** The one to keep, if a person has no other wish, comes first. Of many copies only some are named. */
  memories: z.array(memorySummary),
  count: z.int(),
  /** They say the very same. */
  areCopies: z.boolean(),
  /** Of the least alike: how near they are in meaning, and how many of their words they share. */
  similarity: share,
  overlap: share,
});

export const duplicateList = z.object({
  groups: z.array(duplicateGroup),
  total: z.int(),
  /** There are more than are counted: what is merged or kept apart makes room for others. */
  areMore: z.boolean(),
  /** How many memories have not been compared with the others yet. Copies are known without that. */
  waiting: z.int(),
});
export type DuplicateList = z.infer<typeof duplicateList>;

/** `again`: all of the library, and not only what is new. */
export const duplicatesSearch = z.strictObject({ again: z.boolean().optional() });
export type DuplicatesSearch = z.output<typeof duplicatesSearch>;

/** Each of them is something else than each other. */
export const memoriesToKeepApart = z.strictObject({ ids: z.array(id).min(2).max(100) });

/** What a text that is being written is like: the likest first, and only a few. */
export const lookAlikes = z.array(
  z.object({
    memory: memorySummary,
    /** It says the very same. */
    isCopy: z.boolean(),
  }),
);
export type LookAlikes = z.infer<typeof lookAlikes>;
