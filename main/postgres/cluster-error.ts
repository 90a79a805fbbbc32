import { textsIn, textsNow } from '../../shared/texts/index.ts';
import { systemCodeOf } from '../errors/system-code.ts';

/** Every way in which the library's database can fail to open, or be lost. A closed set: the window has a text for each. */
export type ClusterErrorCode =
  | 'wrong_major'
  | 'permission'
  | 'disk_full'
  | 'damaged'
  | 'binaries_missing'
  | 'not_ours'
  | 'busy'
  | 'already_open'
  | 'initdb_failed'
  | 'start_timeout'
  | 'start_failed'
  | 'lost';

/** What a person is told: what happened, what it means for them, what they can do. */
export interface ClusterProblem {
  readonly code: ClusterErrorCode;
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
}

/** `detail` is for the log and for those who help: paths, the server's own words. Never the text of a memory. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;
  readonly problem: ClusterProblem;
  readonly detail: string;

  constructor(code: ClusterErrorCode, detail: string, options: { cause?: unknown; advice?: string } = {}) {
    // The log is English, whatever is spoken.
    super(
      `${textsIn.en.problems.cluster[code].title}: ${detail}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'ClusterError';
    this.code = code;
    this.detail = detail;
    const texts = textsNow();
    this.problem = {
      code,
      ...texts.problems.cluster[code],
      ...(options.advice === undefined ? {} : { advice: options.advice }),
    };
  }
}

/** Another app holds the library. `knocked`: it was asked to show itself and said that it would. */
export class AlreadyOpenError extends ClusterError {
  readonly knocked: boolean;

  constructor(libraryDir: string, knocked: boolean) {
    super('already_open', libraryDir);
    this.name = 'AlreadyOpenError';
    this.knocked = knocked;
  }
}

const codesOfSystem: Partial<Record<string, ClusterErrorCode>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
  ENOTSUP: 'permission',
  EIO: 'damaged',
};

/** Gives a failed system call the text a person can use; leaves everything else as it is. */
export function explainSystemError(error: unknown): unknown {
  const code = codesOfSystem[systemCodeOf(error) ?? ''];
  if (!code || !(error instanceof Error)) return error;
  return new ClusterError(code, error.message, { cause: error });
}
