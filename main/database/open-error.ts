import type { Problem } from '../../shared/schemas/app-status.ts';
import { textsIn, textsNow } from '../../shared/texts/index.ts';
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
    // The log is English, whatever is spoken.
    super(`${textsIn.en.problems.database[code].title}: ${detail}`, options);
    this.name = 'DatabaseOpenError';
    this.code = code;
    this.detail = detail;
    const texts = textsNow();
    this.problem = { code, ...texts.problems.database[code], ...(advice === undefined ? {} : { advice }) };
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
