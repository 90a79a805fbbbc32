import { NotFoundError, OptimisticLockError } from '@mikro-orm/core';
import { meaningsByConstraint, personGone, type Meaning } from './constraint-meanings.ts';
import { LociError } from './loci-error.ts';

const databaseGone: Meaning = ['unavailable', (texts) => texts.failures.database.gone];
const unreadableText: Meaning = ['invalid_input', (texts) => texts.failures.database.unreadableText];
const strangeDate: Meaning = ['invalid_input', (texts) => texts.failures.database.strangeDate];
const changedElsewhere: Meaning = ['conflict', (texts) => texts.failures.database.changedElsewhere];
const tookTooLong: Meaning = ['unavailable', (texts) => texts.failures.database.tookTooLong];
const stillInUse: Meaning = ['conflict', (texts) => texts.failures.database.stillInUse];

/** By the five characters every error of Postgres carries: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const meaningsByState: Readonly<Record<string, Meaning>> = {
  '23505': ['conflict', (texts) => texts.failures.database.onlyOne],
  '23P01': ['conflict', (texts) => texts.failures.database.overlaps],
  '23503': ['not_found', (texts) => texts.failures.database.ownerGone],
  '23001': stillInUse,
  '23514': ['invalid_input', (texts) => texts.failures.database.outside],
  '23502': ['invalid_input', (texts) => texts.failures.database.leftOut],
  '22001': ['invalid_input', (texts) => texts.failures.database.tooLong],
  '54000': ['invalid_input', (texts) => texts.failures.database.tooLarge],
  '22007': strangeDate,
  '22008': strangeDate,
  // A NUL character ends the statement early; the server refuses the rest before running any of it.
  '08P01': unreadableText,
  '40001': changedElsewhere,
  '40P01': changedElsewhere,
  '55P03': ['unavailable', (texts) => texts.failures.database.busy],
  '57014': ['cancelled', (texts) => texts.failures.database.cancelled],
  '53100': ['unavailable', (texts) => texts.failures.database.diskFull],
  '25006': ['unavailable', (texts) => texts.failures.database.readOnly],
  '42501': ['unavailable', (texts) => texts.failures.database.noRights],
  '58030': ['unavailable', (texts) => texts.failures.database.diskError],
  XX001: ['unavailable', (texts) => texts.failures.database.damaged],
  XX002: ['unavailable', (texts) => texts.failures.database.damaged],
};

/** For the states not named above: the first two characters tell the kind. */
const meaningsByClass: Readonly<Record<string, Meaning>> = {
  '08': databaseGone,
  '22': unreadableText,
  '28': ['unavailable', (texts) => texts.failures.database.notAccepted],
  '3D': ['unavailable', (texts) => texts.failures.database.notThere],
  '53': ['unavailable', (texts) => texts.failures.database.overloaded],
  '57': databaseGone,
};

/** What Node says when nobody is at the other end; the file of a socket is gone with its server, hence ENOENT. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  // A name cannot be looked up without a network, and an address not be had.
  'EAI_AGAIN',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

/** pg reports these without any code. */
const connectionMessages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end|driver has already been destroyed)/;

/**
 * What an error of Postgres or of the ORM means to a person; undefined for anything else, which
 * stays unknown and is masked. The message of the original quotes values: it goes into `cause` alone.
 */
export function toLociError(error: unknown): LociError | undefined {
  if (!(error instanceof Error)) return undefined;
  const meaning = meaningOf(error);
  return meaning && new LociError(...meaning, { cause: error });
}

/** The constraint an error comes from, for services that have a better sentence for it than the general one. */
export function violatedConstraint(error: unknown): string | undefined {
  return sqlStateOf(error)?.startsWith('23') ? textOf(error, 'constraint') : undefined;
}

function meaningOf(error: Error): Meaning | undefined {
  if (error instanceof OptimisticLockError) return changedElsewhere;
  if (error instanceof NotFoundError) {
    return ['not_found', (texts) => texts.failures.gone.thing];
  }
  // The ORM renames what an AbortSignal throws; the second is how Kysely marks it.
  if (error.name === 'AbortError' || '__kysely_timing__' in error) return meaningsByState['57014'];
  const state = sqlStateOf(error);
  if (state) {
    // These two share a code with their opposite, and only the English text tells which it is.
    if (state === '23503' && error.message.startsWith('update or delete')) return stillInUse;
    const constraint = violatedConstraint(error);
    if (constraint?.endsWith('_user_id_foreign')) return personGone;
    const meaning = constraint === undefined ? undefined : meaningsByConstraint[constraint];
    if (meaning) return meaning;
    if (state === '57014' && error.message.includes('timeout')) return tookTooLong;
    return meaningsByState[state] ?? meaningsByClass[state.slice(0, 2)];
  }
  const code = textOf(error, 'code') ?? '';
  const socketGone = code === 'ENOENT' && textOf(error, 'syscall') === 'connect';
  return socketGone || connectionCodes.has(code) || connectionMessages.test(error.message)
    ? databaseGone
    : undefined;
}

/** Only errors sent by the server have both; `EPERM` and its like are five characters too. */
function sqlStateOf(error: unknown): string | undefined {
  const code = textOf(error, 'code');
  return code?.length === 5 && textOf(error, 'severity') !== undefined ? code : undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
}
