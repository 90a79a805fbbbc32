import { z } from 'zod';
import { countedTag, newTag, tag, tagChange, tagMerge } from '../../schemas/tag.ts';
import { undoable } from '../../schemas/undo.ts';
import { operation } from '../define.ts';

const nothing = z.undefined();

export const tagOperations = {
  /** In the order of their names. */
  list: operation(nothing, z.array(countedTag)),
  /** How many memories outside of the trash are under no tag at all. */
  countUntagged: operation(nothing, z.int()),
  create: operation(newTag, tag),
  /** When the name is taken, the conflict's details are the tag that has it: the two can be merged. */
  change: operation(tagChange, tag),
  merge: operation(tagMerge, undoable),
  /** The memories under it stay. */
  delete: operation(z.strictObject({ id: z.uuid() }), undoable),
} as const;
