/** The closed set of ways a call can fail. The page decides by code, people read the message. */
export const failureCodes = [
  'invalid_input',
  'not_found',
  'conflict',
  'unavailable',
  'locked',
  'cancelled',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** Plain data, because Electron drops everything of a thrown error but its message. */
export interface WireFailure {
  readonly code: FailureCode;
  /** A sentence or two for a person: what happened and what to do. Never a path, SQL or a stack. */
  readonly message: string;
  /** For `invalid_input` the offending fields, for `conflict` the current state. */
  readonly details?: unknown;
}

export type WireResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: WireFailure };
