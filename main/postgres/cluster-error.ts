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

const texts: Record<ClusterErrorCode, Omit<ClusterProblem, 'code'>> = {
  wrong_major: {
    title: 'This library was made by another version of Loci',
    meaning:
      'It is stored in the format of another database version, which this Loci cannot read. Nothing was changed in it.',
    advice: 'Open it with the version of Loci that made it.',
  },
  permission: {
    title: 'Loci may not use the folder of your library',
    meaning:
      'The system refused access, or the disk cannot keep the library private to you. Nothing was changed in it.',
    advice:
      'Make sure that the folder belongs to you and lies on a local disk, not on a network share or a memory stick formatted for Windows, then try again.',
  },
  disk_full: {
    title: 'The disk is full',
    meaning: 'Everything saved so far is safe, but the database needs free space to start and to go on.',
    advice: 'Free at least 500 MB on the disk that holds your library, then try again.',
  },
  damaged: {
    title: 'The library is damaged',
    meaning:
      'Files of the database are missing or cannot be read. Loci left everything as it is: nothing was deleted, nothing was made anew.',
    advice:
      'Copy the library folder to a safe place, then restore your latest safety copy. If the disk is old, have it checked.',
  },
  binaries_missing: {
    title: 'A part of Loci is missing',
    meaning:
      'Files of the database server that comes with Loci are gone or changed. A virus scanner or an interrupted update can do this. Your library is not affected.',
    advice: 'Install Loci again. Your library stays where it is.',
  },
  not_ours: {
    title: 'This folder holds something that is not a Loci library',
    meaning: 'There are files of another program where Loci keeps its database. They were left untouched.',
    advice: 'Choose another folder for your library, or move these files away.',
  },
  busy: {
    title: 'The library is still in use',
    meaning:
      'A database server from an earlier start is still working on this library and did not stop when asked to. Two at once would damage it.',
    advice: 'Wait a minute and try again. If it stays like this, restart the computer.',
  },
  already_open: {
    title: 'Your library is already open',
    meaning: 'Another Loci on this computer has it open. It was asked to come to the front.',
    advice: 'Go on in the other window.',
  },
  initdb_failed: {
    title: 'The library could not be created',
    meaning: 'The database server could not set up a new library. Nothing was left behind.',
    advice: 'Try again. If it stays like this, the log says what happened.',
  },
  start_timeout: {
    title: 'The database did not answer in time',
    meaning: 'It was started but is not ready. Nothing was lost; the computer may be very busy.',
    advice: 'Try again. If it stays like this, the log says what happened.',
  },
  start_failed: {
    title: 'The database did not start',
    meaning: 'It stopped right after it was started. Everything saved so far is still on the disk.',
    advice: 'Try again. If it stays like this, the log says what happened.',
  },
  lost: {
    title: 'The database stopped unexpectedly',
    meaning: 'Everything saved so far is on the disk.',
    advice: 'Try again; Loci starts the database anew.',
  },
};

/** `detail` is for the log and for those who help: paths, the server's own words. Never the text of a memory. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;
  readonly problem: ClusterProblem;
  readonly detail: string;

  constructor(code: ClusterErrorCode, detail: string, options: { cause?: unknown; advice?: string } = {}) {
    const text = texts[code];
    super(`${text.title}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ClusterError';
    this.code = code;
    this.detail = detail;
    this.problem = { code, ...text, ...(options.advice === undefined ? {} : { advice: options.advice }) };
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
