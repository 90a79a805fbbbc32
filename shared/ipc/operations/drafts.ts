import { z } from 'zod';
import { draft, draftName, keptDraft } from '../../schemas/draft.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

export const draftOperations = {
  /** The latest first. */
  list: query(nothing, z.array(keptDraft)),
  /** In place of the one there was; on the disk when it answers. */
  keep: command(draft, nothing),
  discard: command(draftName, nothing),
} as const;
