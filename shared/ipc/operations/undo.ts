import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { command } from '../define.ts';

export const undoOperations = {
  /** Takes back what an operation offered with its `undoId`, as far as nothing else has changed it since. */
  run: command(z.strictObject({ undoId: id }), z.object({ notUndone: z.int().nonnegative() })),
} as const;
