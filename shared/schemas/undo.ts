import { z } from 'zod';

/** What `undo.run` takes to take it back. */
export const undoable = z.object({ undoId: z.uuid() });
export type Undoable = z.infer<typeof undoable>;
