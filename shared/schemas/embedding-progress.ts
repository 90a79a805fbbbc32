import { z } from 'zod';

/** 'waiting' for the model, 'elsewhere': another app that has this library open does it. */
export const embeddingStates = ['idle', 'working', 'paused', 'waiting', 'elsewhere'] as const;

const memories = z.int().nonnegative();

/** How many memories of the library, its trash left out, can be found by meaning. */
export const embeddingProgress = z.object({
  state: z.enum(embeddingStates),
  ready: memories,
  pending: memories,
  failed: memories,
  /** Grows with whatever is read here: since an answer in which it was less, more can be found. */
  stored: z.int().nonnegative(),
  /** Why nothing goes on, or why some failed, in a sentence for a person. */
  problem: z.string().optional(),
});
export type EmbeddingProgress = z.infer<typeof embeddingProgress>;
