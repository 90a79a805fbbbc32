import { z } from 'zod';
import {
  duplicateList,
  duplicatesRequest,
  duplicatesSearch,
  lookAlikes,
  memoriesToKeepApart,
} from '../../schemas/duplicates.ts';
import { id } from '../../schemas/id.ts';
import { memoryText } from '../../schemas/memory.ts';
import { undoable } from '../../schemas/undo.ts';
import { command, query } from '../define.ts';

export const duplicateOperations = {
  /** Memories that say the same or nearly, to be looked through; `memories.merge` makes one of them. */
  list: query(duplicatesRequest, duplicateList),
  /** Begins a job that compares all that was not compared yet. */
  find: command(duplicatesSearch, z.object({ jobId: id })),
  /** What there is already of a text that is not kept yet, or not as it is now. */
  ofText: query(memoryText, lookAlikes),
  keepApart: command(memoriesToKeepApart, undoable),
} as const;
