import type { NewSession } from '../../shared/schemas/session.ts';

export interface SessionToStart {
  readonly title: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

const dayMs = 86_400_000;
const dayInWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** What a person did not say about a session is filled in. */
export function sessionToStart({ title, expiresAt }: NewSession, lifetimeDays: number): SessionToStart {
  const startedAt = new Date();
  return {
    title: title ?? `Session of ${dayInWords.format(startedAt)}`,
    startedAt,
    expiresAt: expiresAt === undefined ? expiryAfter(startedAt, lifetimeDays) : new Date(expiresAt),
  };
}

export function expiryAfter(time: Date, lifetimeDays: number): Date {
  return new Date(time.getTime() + lifetimeDays * dayMs);
}
