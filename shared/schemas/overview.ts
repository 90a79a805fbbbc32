import { z } from 'zod';
import { savedSearch } from './saved-search.ts';
import { countedSession } from './session.ts';
import { countedTag } from './tag.ts';

/** What there is in a library, at a glance: what the sidebar shows. */
export const overview = z.object({
  /** Of memories outside of the trash. */
  memories: z.int(),
  pinned: z.int(),
  untagged: z.int(),
  trash: z.int(),
  /** The newest that has not ended. */
  currentSessionId: z.string().nullable(),
  /** The latest few. */
  sessions: z.array(countedSession),
  sessionCount: z.int(),
  /** In the order of their names. */
  tags: z.array(countedTag),
  /** In the order the person gave them. */
  savedSearches: z.array(savedSearch),
  specializations: z.int(),
});
export type Overview = z.infer<typeof overview>;
