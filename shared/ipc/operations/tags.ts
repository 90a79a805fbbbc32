import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { countedTag, newTag, tag, tagChange, tagMerge } from '../../schemas/tag.ts';
import { undoable } from '../../schemas/undo.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

export const tagOperations = {
  /** In the order of their names. */
  list: query(nothing, z.array(countedTag)),
  /** How many memories outside of the trash are under no tag at all. */
  countUntagged: query(nothing, z.int()),
  create: command(newTag, tag),
  /** When the name is taken, the conflict's details are the tag that has it: the two can be merged. */
  change: command(tagChange, tag),
  merge: command(tagMerge, undoable),
  /** The memories under it stay. */
  delete: command(z.strictObject({ id }), undoable),
} as const;
