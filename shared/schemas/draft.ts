import { z } from 'zod';
import { id } from './id.ts';
import { memoryChange, newMemory } from './memory.ts';

/** What somebody is writing and the library does not have yet: a new memory, or a change of one. */
export const draft = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('new'), memory: newMemory }),
  z.strictObject({ of: z.literal('change'), change: memoryChange }),
]);
export type Draft = z.output<typeof draft>;

/** There is one for a new memory, and one for each memory. */
export const draftName = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('new') }),
  z.strictObject({ of: z.literal('change'), id }),
]);
export type DraftName = z.output<typeof draftName>;

export const keptDraft = z.object({ keptAt: z.iso.datetime(), draft });
export type KeptDraft = z.infer<typeof keptDraft>;
