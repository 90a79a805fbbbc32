import type { FailureCode } from '../../shared/ipc/result.ts';

export interface LociErrorOptions {
  /** For `invalid_input` the offending fields, for `conflict` the current state. Crosses to the page. */
  readonly details?: unknown;
  /** What was caught. Goes to the log, never to the page. */
  readonly cause?: unknown;
}

/** A failure that was meant for people: the router passes code, message and details on as they are. */
export class LociError extends Error {
  readonly code: FailureCode;
  readonly details: unknown;

  constructor(code: FailureCode, message: string, { details, cause }: LociErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LociError';
    this.code = code;
    this.details = details;
  }
}

/** `what` is one of the words people see: memory, session, tag, … */
export function notFound(what: string, cause?: unknown): LociError {
  return new LociError(
    'not_found',
    `This ${what} no longer exists. It may have been deleted in the meantime.`,
    {
      cause,
    },
  );
}

/** `current` is the state that won: the page shows it beside what the person wanted to save. */
export function conflict(message: string, current?: unknown): LociError {
  return new LociError('conflict', message, { details: current });
}

/** Names the field the way the router does for input that does not fit its schema. */
export function invalidInput(path: string, message: string): LociError {
  return new LociError('invalid_input', message, { details: [{ path, message }] });
}

/** Something Loci needs cannot be used now; the message says what to do about it. */
export function unavailable(message: string, cause?: unknown): LociError {
  return new LociError('unavailable', message, { cause });
}
