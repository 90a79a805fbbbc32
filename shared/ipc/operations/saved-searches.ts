import { z } from 'zod';
import { newSavedSearch, savedSearch, savedSearchChange } from '../../schemas/saved-search.ts';
import { undoable } from '../../schemas/undo.ts';
import { operation } from '../define.ts';

const nothing = z.undefined();

export const savedSearchOperations = {
  /** In the order the person gave them. */
  list: operation(nothing, z.array(savedSearch)),
  create: operation(newSavedSearch, savedSearch),
  change: operation(savedSearchChange, savedSearch),
  /** Those that are not named come after those that are. */
  reorder: operation(z.strictObject({ ids: z.array(z.uuid()).max(10_000) }), z.array(savedSearch)),
  delete: operation(z.strictObject({ id: z.uuid() }), undoable),
} as const;
