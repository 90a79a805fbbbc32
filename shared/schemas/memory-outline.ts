import { z } from 'zod';
import { id } from './id.ts';
import { maxPageSize, memoryFilter } from './memory.ts';

export const outlineRequest = z.strictObject({ filter: memoryFilter.optional() });

/** Every memory of a list in its order, the newest first, as little as it takes to lay the list out. */
export const memoryOutline = z.object({
  /** Keys, 16 bytes each. */
  ids: z.instanceof(Uint8Array<ArrayBuffer>),
  /** Of each, what the list is ordered by: milliseconds since 1970 as a little-endian double. */
  times: z.instanceof(Uint8Array<ArrayBuffer>),
});
export type MemoryOutline = z.infer<typeof memoryOutline>;

export const memoriesToSummarize = z.strictObject({ ids: z.array(id).min(1).max(maxPageSize) });
