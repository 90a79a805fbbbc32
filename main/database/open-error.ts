import type { Problem } from '../../shared/schemas/app-status.ts';

/** Every way in which a database that answers cannot be used as a library. The window has a text for each. */
export type OpenErrorCode =
  | 'database_unreachable'
  | 'library_newer'
  | 'server_too_old'
  | 'extension_missing'
  | 'rights_missing'
  | 'update_failed';

const texts: Record<OpenErrorCode, Omit<Problem, 'code'>> = {
  database_unreachable: {
    title: 'The database of your library does not answer',
    meaning: 'Loci could not connect to it. Nothing was changed in it.',
    advice:
      'Make sure that the server runs and that its address, user and password are right, then try again.',
  },
  library_newer: {
    title: 'This library was used with a newer Loci',
    meaning: 'It has been updated for a version that this one does not know. It was left exactly as it is.',
    advice: 'Install the newest version of Loci and open the library with it.',
  },
  server_too_old: {
    title: 'The database server is too old',
    meaning: 'Loci needs PostgreSQL 15 or newer with pgvector 0.8 or newer. Nothing was changed in it.',
    advice: 'Update the server, or let Loci use the database it brings along.',
  },
  extension_missing: {
    title: 'The database server lacks something Loci needs',
    meaning:
      'Finding memories by meaning and by word needs extensions that are not installed there. Nothing was changed.',
    advice: 'Install pgvector and the contrib extensions on the server, then try again.',
  },
  rights_missing: {
    title: 'Loci may not set up its tables in this database',
    meaning: 'The user Loci connects with lacks rights in it. Nothing was changed.',
    advice:
      'Let an administrator of the server make this user the owner of the database, and run in it: ' +
      'create extension vector; create extension pg_trgm; create extension unaccent;',
  },
  update_failed: {
    title: 'Your library could not be updated',
    meaning:
      'This version of Loci keeps it in a new form, and the change failed. It is exactly as it was before.',
    advice: 'Go on with the version of Loci you used last. The log says what happened.',
  },
};

/** `detail` is for the log: versions and names, never the text of a memory. */
export class DatabaseOpenError extends Error {
  readonly code: OpenErrorCode;
  readonly problem: Problem;
  readonly detail: string;

  constructor(code: OpenErrorCode, detail: string, options: { cause?: unknown } = {}) {
    super(`${texts[code].title}: ${detail}`, options);
    this.name = 'DatabaseOpenError';
    this.code = code;
    this.detail = detail;
    this.problem = { code, ...texts[code] };
  }
}

/** What may be logged of any error: its kind, code and what it is about; a message can quote values. */
export function withoutValues(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const facts = ['code', 'table', 'constraint'].map((key): unknown => Reflect.get(error, key));
  return [error.name, ...facts].filter((fact) => typeof fact === 'string').join(' ');
}
