import { z } from 'zod';
import { id } from './id.ts';
import { memoryChange, mergedText, newMemory } from './memory.ts';

/** In whichever order they are looked at. */
const pair = z.tuple([id, id]);

/** What somebody is writing and the library does not have yet: a new memory, a change of one, or one text out of two. */
export const draft = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('new'), memory: newMemory }),
  z.strictObject({ of: z.literal('change'), change: memoryChange }),
  z.strictObject({ of: z.literal('merge'), pair, merged: mergedText }),
]);
export type Draft = z.output<typeof draft>;

/** There is one for a new memory, one for each memory, and one for each two. */
export const draftName = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('new') }),
  z.strictObject({ of: z.literal('change'), id }),
  z.strictObject({ of: z.literal('merge'), pair }),
]);
export type DraftName = z.output<typeof draftName>;

export const keptDraft = z.object({ keptAt: z.iso.datetime(), draft });
export type KeptDraft = z.infer<typeof keptDraft>;
