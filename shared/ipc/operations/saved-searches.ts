import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { newSavedSearch, savedSearch, savedSearchChange } from '../../schemas/saved-search.ts';
import { undoable } from '../../schemas/undo.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

export const savedSearchOperations = {
  /** In the order the person gave them. */
  list: query(nothing, z.array(savedSearch)),
  create: command(newSavedSearch, savedSearch),
  change: command(savedSearchChange, savedSearch),
  /** Those that are not named come after those that are. */
  reorder: command(z.strictObject({ ids: z.array(id).max(10_000) }), z.array(savedSearch)),
  delete: command(z.strictObject({ id }), undoable),
} as const;
