import type { UndoableServiceParts } from '../undo/service-parts.ts';
import type { CountedSession, NewSession, Session, SessionPage } from '../../shared/schemas/session.ts';
import { toPage, type PageRequest } from '../../shared/schemas/page.ts';
import type { Undoable } from '../../shared/schemas/undo.ts';
import { inTransaction } from '../database/transaction.ts';
import { notFound } from '../errors/loci-error.ts';
import type { SettingService } from '../settings/setting-service.ts';
import { toCountedSession, toSession } from './session-dto.ts';
import { expiryAfter, sessionToStart } from './session-to-start.ts';
import { SessionRepository, type SessionRow } from './session.repository.ts';

export interface SessionServiceOptions extends UndoableServiceParts {
  readonly settings: Pick<SettingService, 'get'>;
}

/** Stretches of work, of which the newest that has not ended is the one new memories go to. */
export class SessionService {
  readonly #options: SessionServiceOptions;
  readonly #sessions: SessionRepository;

  constructor(options: SessionServiceOptions) {
    this.#options = options;
    this.#sessions = new SessionRepository(options.em);
  }

  async current(): Promise<Session | null> {
    const row = await this.#sessions.findCurrent(this.#options.currentUserId());
    return row ? toSession(row) : null;
  }

  async list({ cursor, limit }: PageRequest): Promise<SessionPage> {
    const rows = await this.#sessions.findNewest(this.#options.currentUserId(), limit + 1, cursor);
    const { items, nextCursor } = toPage(rows.map(toCountedSession), limit, (session) => session.startedAt);
    return { sessions: items, nextCursor };
  }

  async find({ id }: { id: string }): Promise<CountedSession | null> {
    const row = await this.#sessions.findCounted(this.#options.currentUserId(), id);
    return row ? toCountedSession(row) : null;
  }

  async start(wish: NewSession): Promise<Session> {
    const { em, audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return inTransaction(em, async () => {
      const started = await this.#sessions.add(userId, sessionToStart(wish, await this.#lifetimeDays()));
      audit.note({ userId, action: 'created', entity: 'session', ids: [started.id] });
      return toSession(started);
    });
  }

  rename({ id, title }: { id: string; title: string }): Promise<Session> {
    return this.#change(id, (session) => ({ ...session, title }));
  }

  /** An ended one stays as it ended. */
  end({ id }: { id: string }): Promise<Session> {
    return this.#change(id, (session) => ({
      ...session,
      // A clock that was set back must not end it before it began.
      endedAt: session.endedAt ?? new Date(Math.max(Date.now(), session.startedAt.getTime())),
    }));
  }

  /** One that had expired gets a new time to live. */
  reopen({ id }: { id: string }): Promise<Session> {
    return this.#change(id, async (session) => {
      const now = new Date();
      const expired = session.expiresAt <= now;
      const expiresAt = expired ? expiryAfter(now, await this.#lifetimeDays()) : session.expiresAt;
      return { ...session, expiresAt, endedAt: null };
    });
  }

  /** Ends what nobody ended in time; for the app to call now and then. Answers with how many those were. */
  async endExpired(): Promise<number> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      const ended = await this.#sessions.endExpired();
      for (const [userId, sessions] of Map.groupBy(ended, (session) => session.userId)) {
        const ids = sessions.map(({ id }) => id);
        audit.note({ userId, actor: 'app', action: 'changed', entity: 'session', ids, fields: ['ended_at'] });
      }
      return ended.length;
    });
  }

  async delete({ id }: { id: string }): Promise<Undoable> {
    const { em, audit, undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const { title, deleted, memoryIds } = await inTransaction(em, async () => {
      const session = await this.#lock(userId, id);
      const released = await this.#sessions.releaseMemories(userId, id);
      const row = await this.#sessions.delete(userId, id);
      audit.note({ userId, action: 'changed', entity: 'memory', ids: released, fields: ['session_id'] });
      audit.note({ userId, action: 'deleted', entity: 'session', ids: [id] });
      return { title: session.title, deleted: row, memoryIds: released };
    });
    const undoId = undo.offer(
      userId,
      `Session “${title}” deleted`,
      () => this.#restore(userId, id, deleted, memoryIds),
      { rows: memoryIds.length },
    );
    return { undoId };
  }

  #restore(userId: string, id: string, deleted: string, memoryIds: readonly string[]) {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      await this.#sessions.restore(deleted);
      const taken = await this.#sessions.takeBackMemories(userId, id, memoryIds);
      audit.note({ userId, action: 'restored', entity: 'session', ids: [id] });
      audit.note({ userId, action: 'changed', entity: 'memory', ids: taken, fields: ['session_id'] });
      return { notUndone: memoryIds.length - taken.length };
    });
  }

  async #change(
    id: string,
    change: (session: SessionRow) => SessionRow | Promise<SessionRow>,
  ): Promise<Session> {
    const { em, audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return inTransaction(em, async () => {
      const before = await this.#lock(userId, id);
      const after = await change(before);
      const fields = changedFields(before, after);
      if (fields.length === 0) return toSession(before);
      await this.#sessions.save(userId, after);
      audit.note({ userId, action: 'changed', entity: 'session', ids: [id], fields });
      return toSession(after);
    });
  }

  async #lock(userId: string, id: string): Promise<SessionRow> {
    const session = await this.#sessions.lock(userId, id);
    if (!session) throw notFound('session');
    return session;
  }

  async #lifetimeDays(): Promise<number> {
    const { 'sessions.lifetimeDays': days } = await this.#options.settings.get();
    return days;
  }
}

function changedFields(before: SessionRow, after: SessionRow): string[] {
  return [
    ...(before.title === after.title ? [] : ['title']),
    ...(before.expiresAt.getTime() === after.expiresAt.getTime() ? [] : ['expires_at']),
    ...(before.endedAt?.getTime() === after.endedAt?.getTime() ? [] : ['ended_at']),
  ];
}
