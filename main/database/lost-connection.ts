import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { toLociError } from '../errors/database-error.ts';

/** The server is restarted within a second or two; recovering after a crash can take some more. */
const serverBackWithinMs = 15_000;
const firstPauseMs = 20;
const longestPauseMs = 500;

/** SQLSTATEs with which the server ends a connection, or says that it is not ready for one yet. */
const lostStates = new Set(['08000', '08003', '08006', '57P01', '57P02', '57P03', '25P03']);
const lostCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // A network that is away for a moment.
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EAI_AGAIN',
]);
/** Said by pg, without a code. Not: that a pool was closed, or that none of its connections was free. */
const lostMessages = /^(Connection terminated|Client has encountered a connection error)/;

/** The connection broke, or none could be had: nothing that was asked is wrong, and asking again may work. */
export function isConnectionLost(error: unknown): boolean {
  return hasCause(error, ({ message, code, syscall, severity }) => {
    if (typeof code !== 'string') return lostMessages.test(message);
    if (typeof severity === 'string') return lostStates.has(code);
    // The file of a socket goes with its server.
    return lostCodes.has(code) || (code === 'ENOENT' && syscall === 'connect');
  });
}

/** Two transactions got in each other's way, and the server chose this one to begin again. */
export function isTransactionConflict(error: unknown): boolean {
  return hasCause(error, ({ code, severity }) => {
    return typeof severity === 'string' && (code === '40001' || code === '40P01');
  });
}

interface ErrorFacts {
  readonly message: string;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly severity?: unknown;
}

/** A service may have put a sentence around what the server said. */
function hasCause(error: unknown, matches: (facts: ErrorFacts) => boolean): boolean {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 10; inner = inner.cause, depth++) {
    if (matches(inner)) return true;
  }
  return false;
}

/** True as soon as the server answers again; false if it does not in time, or the library was closed. */
export async function waitForServer(em: EntityManager, untilMs = serverDeadline()): Promise<boolean> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await em.fork().execute('select 1');
      return true;
    } catch (error) {
      if (!isConnectionLost(error) || Date.now() + pauseMs > untilMs) return false;
    }
    await setTimeout(pauseMs);
  }
}

/** For reading outside of a transaction: true when the connection was lost and there is one again. */
export async function isServerBack(em: EntityManager, error: unknown): Promise<boolean> {
  return isConnectionLost(error) && waitForServer(em);
}

/** When to give up waiting for a server that is lost now. */
export function serverDeadline(): number {
  return Date.now() + serverBackWithinMs;
}

export type Outcome = 'committed' | 'aborted' | 'unknown';

/**
 * What became of a transaction whose connection was lost while it was being committed. To be asked
 * when the server answers again.
 */
export async function outcomeOf(em: EntityManager, xid: string, untilMs: number): Promise<Outcome> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      const asking = em.fork();
      const [row] = await asking.execute<{ status: string | null }[]>(
        'select pg_xact_status(?::xid8) as status',
        [xid],
      );
      if (row?.status === 'committed' || row?.status === 'aborted') return row.status;
      // Too long ago for the server to remember.
      if (row?.status !== 'in progress') return 'unknown';
      // Only the network broke, and the other end still waits for the commit: it must not come any more.
      await asking.execute(
        'select pg_terminate_backend(pid) from pg_stat_activity where backend_xid = ?::xid8::xid',
        [xid],
      );
    } catch (error) {
      if (!isConnectionLost(error) && toLociError(error)?.code !== 'unavailable') return 'unknown';
    }
    if (Date.now() + pauseMs > untilMs) return 'unknown';
    await setTimeout(pauseMs);
  }
}
