import type { Problem } from '../../shared/schemas/app-status.ts';
import { toLociError } from '../errors/database-error.ts';

/** Every way in which a database that answers cannot be used as a library. The window has a text for each. */
export type OpenErrorCode =
  | 'address_invalid'
  | 'database_unreachable'
  | 'encryption_failed'
  | 'login_refused'
  | 'database_missing'
  | 'server_not_ready'
  | 'server_too_old'
  | 'encoding_wrong'
  | 'letters_unknown'
  | 'database_read_only'
  | 'extension_missing'
  | 'extension_forbidden'
  | 'rights_missing'
  | 'library_newer'
  | 'update_failed';

const texts: Record<OpenErrorCode, Omit<Problem, 'code'>> = {
  address_invalid: {
    title: 'The address of your database cannot be read',
    meaning: 'LOCI_DATABASE_URL does not name a PostgreSQL database. Nothing was opened or changed.',
    advice:
      'It looks like postgresql://user:password@host:5432/database. Characters such as @ / : # in a password ' +
      'are written as %40 %2F %3A %23.',
  },
  database_unreachable: {
    title: 'The database of your library does not answer',
    meaning: 'Loci could not connect to it. Nothing was changed in it.',
    advice: 'Make sure that the server runs and that its address and port are right, then try again.',
  },
  encryption_failed: {
    title: 'There is no safe connection to the database',
    meaning:
      'Loci and the server could not agree on an encrypted connection, or its certificate is not to be trusted. ' +
      'Nothing was sent or changed.',
    advice:
      'Ask who runs the server for the right end of the address, such as ?sslmode=verify-full or ' +
      '?sslmode=verify-full&sslrootcert=/path/to/certificate.',
  },
  login_refused: {
    title: 'The database server did not let Loci in',
    meaning: 'It answers, but not to this user with this password. Nothing was changed in it.',
    advice: 'Check the user and the password in the address of the database, then try again.',
  },
  database_missing: {
    title: 'There is no such database on the server',
    meaning: 'The server answers, but the database that should hold your library does not exist there.',
    advice: 'Check the name at the end of its address, or have an empty database of that name made.',
  },
  server_not_ready: {
    title: 'The database server is not ready',
    meaning: 'It is just starting or stopping, or has no room for another connection. Nothing was changed.',
    advice: 'Try again in a moment.',
  },
  server_too_old: {
    title: 'The database server is too old',
    meaning: 'Loci needs PostgreSQL 15 or newer with pgvector 0.8 or newer. Nothing was changed in it.',
    advice: 'Update the server, or let Loci use the database it brings along.',
  },
  encoding_wrong: {
    title: 'This database cannot hold every text',
    meaning:
      'It keeps text in an encoding that lacks most of the letters of the world. Nothing was changed in it.',
    advice: "Have a new database made: create database … template template0 encoding 'UTF8'",
  },
  letters_unknown: {
    title: 'This database does not know all letters',
    meaning:
      'In its locale capital and small letters belong together otherwise than Loci takes them to. Nothing was changed in it.',
    advice:
      "Have a new database made: create database … template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale 'C'",
  },
  database_read_only: {
    title: 'This database can only be read',
    meaning:
      'It is a copy that follows another server, or was set to be read only. Nothing was changed in it.',
    advice: 'Give Loci the address of the server that may be written to.',
  },
  extension_missing: {
    title: 'The database server lacks something Loci needs',
    meaning:
      'Finding memories by meaning and by word needs extensions that are not installed there. Nothing was changed.',
    advice: 'Install pgvector and the contrib extensions on the server, then try again.',
  },
  extension_forbidden: {
    title: 'An administrator has to allow what Loci needs',
    meaning:
      'The server has the extensions Loci needs, but the user Loci connects with may not put them into this database. Nothing was changed.',
    advice:
      'Let an administrator of the server run in this database: ' +
      'create extension vector; create extension pg_trgm; create extension unaccent;',
  },
  rights_missing: {
    title: 'Loci may not work in this database',
    meaning: 'The user Loci connects with lacks rights in it. Nothing was changed.',
    advice:
      'Let an administrator of the server make this user the owner of the database and of all tables in it.',
  },
  library_newer: {
    title: 'This library was used with a newer Loci',
    meaning: 'It has been updated for a version that this one does not know. It was left exactly as it is.',
    advice: 'Install the newest version of Loci and open the library with it.',
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

  constructor(
    code: OpenErrorCode,
    detail: string,
    { advice, ...options }: { cause?: unknown; advice?: string | undefined } = {},
  ) {
    super(`${texts[code].title}: ${detail}`, options);
    this.name = 'DatabaseOpenError';
    this.code = code;
    this.detail = detail;
    this.problem = { code, ...texts[code], ...(advice === undefined ? {} : { advice }) };
  }
}

/** What kept us from connecting or looking, by the codes of Postgres, of Node's sockets and of TLS. */
export function explainConnectError(error: unknown): unknown {
  if (error instanceof DatabaseOpenError) return error;
  const code = connectErrorCode(error);
  return code ? new DatabaseOpenError(code, withoutValues(error), { cause: error }) : error;
}

function connectErrorCode(error: unknown): OpenErrorCode | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string') {
    if (code === '3D000') return 'database_missing';
    if (code === '42501') return 'rights_missing';
    if (code === '57P03' || code.startsWith('53')) return 'server_not_ready';
    // Without encryption a server may refuse us by the same code as a wrong password.
    if (code.startsWith('28'))
      return /no encryption|SSL off/.test(error.message) ? 'encryption_failed' : 'login_refused';
    if (tlsCodes.test(code)) return 'encryption_failed';
  }
  // These come from the driver, without any code.
  if (/SSL connection/.test(error.message)) return 'encryption_failed';
  if (/SASL|password must be a string/.test(error.message)) return 'login_refused';
  return toLociError(error)?.code === 'unavailable' ? 'database_unreachable' : undefined;
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes and OpenSSL's own. */
const tlsCodes = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO$)/;

/** What may be logged of any error: its kind, code and what it is about; a message can quote values. */
export function withoutValues(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const facts = ['code', 'table', 'constraint'].map((key): unknown => Reflect.get(error, key));
  return [error.name, ...facts].filter((fact) => typeof fact === 'string').join(' ');
}
