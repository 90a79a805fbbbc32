import { z } from 'zod';

/** What a library's room on the disk goes to. */
export const libraryParts = [
  'memories',
  'history',
  'words',
  'meaning',
  'lookAlikes',
  'changes',
  'other',
  'outside',
] as const;
export type LibraryPart = (typeof libraryParts)[number];

const count = z.int().nonnegative();

export const libraryReport = z.object({
  /** The largest first. `outside` is what the server keeps for itself: its logs of what is being written, and the rest. */
  parts: z.array(z.object({ part: z.enum(libraryParts), bytes: z.number().nonnegative() })),
  /** Of the person at work. */
  counts: z.object({
    memories: count,
    versions: count,
    tags: count,
    sessions: count,
    documents: count,
    specializations: count,
  }),
});
export type LibraryReport = z.infer<typeof libraryReport>;

/** What a check found amiss, and of how much. */
export const libraryFindings = ['unreadable', 'altered', 'withoutWords', 'invalidIndex'] as const;

/** The result of the job `library.check`. */
export const libraryCheck = z.object({
  rows: count,
  findings: z.array(z.object({ finding: z.enum(libraryFindings), count, what: z.string().nullable() })),
});
export type LibraryCheck = z.infer<typeof libraryCheck>;
