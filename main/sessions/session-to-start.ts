import type { NewSession } from '../../shared/schemas/session.ts';
import { languageNow, textsNow } from '../../shared/texts/index.ts';
import { localeOf } from '../../shared/texts/language.ts';

export interface SessionToStart {
  readonly title: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

const dayMs = 86_400_000;

/** What a person did not say about a session is filled in. */
export function sessionToStart({ title, expiresAt }: NewSession, lifetimeDays: number): SessionToStart {
  const startedAt = new Date();
  return {
    title: title ?? textsNow().sessions.ofDay(dayInWords(startedAt)),
    startedAt,
    expiresAt: expiresAt === undefined ? expiryAfter(startedAt, lifetimeDays) : new Date(expiresAt),
  };
}

const dayInWords = (day: Date): string =>
  day.toLocaleDateString(localeOf[languageNow()], { day: 'numeric', month: 'long', year: 'numeric' });

export function expiryAfter(time: Date, lifetimeDays: number): Date {
  return new Date(time.getTime() + lifetimeDays * dayMs);
}
