import { textsNow } from '../../shared/texts/index.ts';
import type { Problem } from '../../shared/schemas/app-status.ts';

export type SafetyCopyErrorCode = 'no_room_for_copy' | 'copy_failed';

function wordsOf(code: SafetyCopyErrorCode, neededBytes: number): Omit<Problem, 'code'> {
  const texts = textsNow();
  if (code === 'copy_failed')
    return {
      title: texts.problems.copyFailed.title,
      meaning: texts.problems.copyFailed.meaning,
      advice: texts.problems.copyFailed.advice,
    };
  return {
    title: texts.problems.noRoomForCopy.title,
    meaning: texts.problems.noRoomForCopy.meaning,
    advice: texts.problems.noRoomForCopy.advice(Math.ceil(neededBytes / 1e6)),
  };
}

/** `detail` is for the log: counts and the system's own words. */
export class SafetyCopyError extends Error {
  readonly code: SafetyCopyErrorCode;
  readonly problem: Problem;

  constructor(
    code: SafetyCopyErrorCode,
    detail: string,
    { neededBytes = 0, cause }: { neededBytes?: number; cause?: unknown } = {},
  ) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'SafetyCopyError';
    this.code = code;
    this.problem = { code, ...wordsOf(code, neededBytes) };
  }
}
