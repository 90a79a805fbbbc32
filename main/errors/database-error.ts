import { NotFoundError, OptimisticLockError } from '@mikro-orm/core';
import { meaningsByConstraint, personGone, type Meaning } from './constraint-meanings.ts';
import { LociError } from './loci-error.ts';

const databaseGone: Meaning = [
  'unavailable',
  'The database of your library is not answering. Nothing that was saved is lost; try again in a moment.',
];
const unreadableText: Meaning = [
  'invalid_input',
  'Something in this text or value cannot be stored. Remove unusual invisible characters and try again.',
];
const strangeDate: Meaning = [
  'invalid_input',
  'A date or time here is not one that Loci can keep. Only those of the years 1 to 9999 are.',
];
const changedElsewhere: Meaning = [
  'conflict',
  'Two changes met at the same moment, and this one was not saved. Please try again.',
];
const tookTooLong: Meaning = [
  'unavailable',
  'This took too long and was stopped. Nothing was changed; try again.',
];
const stillInUse: Meaning = ['conflict', 'This is still used by something else and cannot be removed.'];

/** By the five characters every error of Postgres carries: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const meaningsByState: Readonly<Record<string, Meaning>> = {
  '23505': ['conflict', 'Something like this already exists, and there can be only one.'],
  '23P01': ['conflict', 'This overlaps with something that already exists.'],
  '23503': [
    'not_found',
    'Something this belongs to no longer exists. It may have been deleted in the meantime.',
  ],
  '23001': stillInUse,
  '23514': ['invalid_input', 'A value lies outside of what Loci can keep.'],
  '23502': ['invalid_input', 'Something that is needed was left out.'],
  '22001': ['invalid_input', 'A text is longer than Loci can keep.'],
  '54000': ['invalid_input', 'Something is larger than Loci can keep.'],
  '22007': strangeDate,
  '22008': strangeDate,
  // A NUL character ends the statement early; the server refuses the rest before running any of it.
  '08P01': unreadableText,
  '40001': changedElsewhere,
  '40P01': changedElsewhere,
  '55P03': [
    'unavailable',
    'Other work on your library is not finished yet. Nothing was changed; try again in a moment.',
  ],
  '57014': ['cancelled', 'This was cancelled. Nothing was changed.'],
  '53100': [
    'unavailable',
    'The disk is full. Nothing that was saved is lost; free some space on the disk with your library and try again.',
  ],
  '25006': ['unavailable', 'The database can only be read at the moment. Nothing was changed.'],
  '42501': ['unavailable', 'Loci lacks the rights for this in the database that holds your library.'],
  '58030': [
    'unavailable',
    'The disk with your library reported an error. Make a copy of your library and have it checked.',
  ],
  XX001: ['unavailable', 'A part of your library cannot be read. Your safety copies are untouched.'],
  XX002: ['unavailable', 'A part of your library cannot be read. Your safety copies are untouched.'],
};

/** For the states not named above: the first two characters tell the kind. */
const meaningsByClass: Readonly<Record<string, Meaning>> = {
  '08': databaseGone,
  '22': unreadableText,
  '28': [
    'unavailable',
    'The database of your library did not accept Loci. Check the user and password in its address.',
  ],
  '3D': ['unavailable', 'The database that should hold your library does not exist.'],
  '53': ['unavailable', 'The database of your library has more to do than it can. Try again in a moment.'],
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
    return ['not_found', 'This no longer exists. It may have been deleted in the meantime.'];
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
