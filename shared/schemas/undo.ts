import { z } from 'zod';
import { id } from './id.ts';

/** What `undo.run` takes to take it back. */
export const undoable = z.object({ undoId: id });
export type Undoable = z.infer<typeof undoable>;
