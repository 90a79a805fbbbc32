import { z } from 'zod';
import { problem, type Problem } from '../../shared/schemas/app-status.ts';

/** Errors that were made for people carry a problem; a window that shows a stack helps nobody. */
const carrier = z.object({ problem });

export function describeProblem(error: unknown): Problem {
  const made = carrier.safeParse(error);
  if (made.success) return made.data.problem;
  return {
    code: 'internal',
    title: 'Loci could not open your library',
    meaning: 'Something happened that Loci has no name for. Nothing in your library was changed by it.',
    advice: 'Try again. If it stays like this, the log says what happened.',
  };
}
