import { z } from 'zod';
import { command } from '../define.ts';

export const undoOperations = {
  /** Takes back what an operation offered with its `undoId`, as far as nothing else has changed it since. */
  run: command(
    z.strictObject({ undoId: z.uuid() }),
    z.object({ label: z.string(), notUndone: z.int().nonnegative() }),
  ),
} as const;
