import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { libraryReport } from '../../schemas/library.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

/** All of a person's data as a whole. */
export const libraryOperations = {
  report: query(nothing, libraryReport),
  /** The job `library.check` reads everything once; its result is a `libraryCheck`. */
  check: command(nothing, z.object({ jobId: id })),
  /** Sixty memories of nobody, as the library of a person of their own; they are in view then. */
  openSample: command(nothing, nothing),
  /** All of it, for good. */
  removeSample: command(nothing, nothing),
  /** The job `library.rebuild` makes anew what was only worked out of the memories: nothing anybody wrote is touched. */
  rebuild: command(nothing, z.object({ jobId: id })),
} as const;
