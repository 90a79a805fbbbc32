import type { CountedSession, Session } from '../../shared/schemas/session.ts';
import type { CountedSessionRow, SessionRow } from './session.repository.ts';

export function toSession({ id, title, startedAt, expiresAt, endedAt }: SessionRow): Session {
  return {
    id,
    title,
    startedAt: startedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

export function toCountedSession(row: CountedSessionRow): CountedSession {
  return { ...toSession(row), memories: row.memories };
}
