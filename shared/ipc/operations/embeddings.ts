import { z } from 'zod';
import { embeddingProgress } from '../../schemas/embedding-progress.ts';
import { id } from '../../schemas/id.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

/** The making of meanings in the background. */
export const embeddingOperations = {
  /** The event `embeddings:progress` tells the same whenever it changes. */
  progress: query(nothing, embeddingProgress),
  /** Until it is resumed or the app is started again. */
  pause: command(nothing, nothing),
  resume: command(nothing, nothing),
  /** What could not be embedded is tried again now. */
  retryFailed: command(nothing, z.object({ pieces: z.int().nonnegative() })),
  /** These memories are on the screen: before all others. */
  hurry: command(z.strictObject({ ids: z.array(id).max(500) }), nothing),
} as const;
