import { z } from 'zod';
import { textsNow } from '../../shared/texts/index.ts';
import { problem, type Problem } from '../../shared/schemas/app-status.ts';

/** Errors that were made for people carry a problem; a window that shows a stack helps nobody. */
const carrier = z.object({ problem });

export function describeProblem(error: unknown): Problem {
  const made = carrier.safeParse(error);
  if (made.success) return made.data.problem;
  const texts = textsNow();
  return {
    code: 'internal',
    title: texts.problems.internal.title,
    meaning: texts.problems.internal.meaning,
    advice: texts.problems.internal.advice,
  };
}
