import type { Problem } from '../../shared/schemas/app-status.ts';

export type SafetyCopyErrorCode = 'no_room_for_copy' | 'copy_failed';

const texts: Record<SafetyCopyErrorCode, (neededBytes: number) => Omit<Problem, 'code'>> = {
  no_room_for_copy: (neededBytes) => ({
    title: 'There is no room for a safety copy',
    meaning:
      'This version of Loci has to update your library, and does not do so without a copy of it. Nothing was changed.',
    advice: `Free ${Math.ceil(neededBytes / 1e6).toLocaleString('en')} MB on the disk with your library, then try again.`,
  }),
  copy_failed: () => ({
    title: 'The safety copy failed',
    meaning:
      'This version of Loci has to update your library, and does not do so without a copy of it. Nothing was changed.',
    advice: 'Try again. If it stays like this, have the disk checked; the log says what happened.',
  }),
};

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
    this.problem = { code, ...texts[code](neededBytes) };
  }
}
