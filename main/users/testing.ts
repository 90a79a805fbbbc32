import { IsolationLevel, type EntityManager } from '@mikro-orm/postgresql';
import { onTestFinished } from 'vitest';
import { auditedEntities } from '../../shared/schemas/audit.ts';
import { AuditEvent } from '../audit/audit-event.entity.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { AuditRepository } from '../audit/audit.repository.ts';
import { openTestDatabase, type TestDatabase } from '../database/testing.ts';
import { uuidArray } from '../database/sql-values.ts';
import { silentLog } from '../logging/log.ts';
import { SettingService } from '../settings/setting-service.ts';
import { UndoStack } from '../undo/undo-stack.ts';
import { UserService } from './user-service.ts';

/** What the services of a library are made of, and a person who is at work with it. */
export interface TestLibrary {
  readonly database: TestDatabase;
  readonly em: EntityManager;
  readonly newEm: () => EntityManager;
  readonly audit: AuditTrail;
  readonly undo: UndoStack;
  readonly users: UserService;
  readonly settings: SettingService;
  readonly currentUserId: () => string;
  /** Adds somebody who is at work from then until the test is over. */
  addPerson(): Promise<string>;
  addMemories(count: number, links?: MemoryLinks): Promise<string[]>;
  /** What the current person's chain says, in short: `changed tag name`, and each in a row only once. */
  events(): Promise<string[]>;
  /** What was changed without being noted, or noted before it was changed. */
  unnoted(): Promise<string[]>;
}

export interface MemoryLinks {
  readonly sessionId?: string;
  readonly documentId?: string;
  readonly tagId?: string;
  readonly trashed?: boolean;
}

export async function openTestLibrary(): Promise<TestLibrary> {
  const database = await openTestDatabase();
  const { newEm, em } = database;
  const audit = new AuditTrail();
  const users = new UserService({ em: newEm(), audit, onSwitch: () => undefined });
  const currentUserId = () => users.currentUserId;
  const first = await users.ensureDefaultUser();
  return {
    database,
    em,
    newEm,
    audit,
    users,
    currentUserId,
    undo: new UndoStack({ currentUserId }),
    settings: new SettingService({
      em: newEm(),
      audit,
      log: silentLog,
      currentUserId,
      onChange: () => undefined,
    }),
    async addPerson() {
      const person = await users.create({ name: 'Ada', email: null, session: {} });
      await users.switchTo(person.id);
      onTestFinished(async () => void (await users.switchTo(first.id)));
      return person.id;
    },
    addMemories: (count, links = {}) => addMemories(em, currentUserId(), count, links),
    events: () => readEvents(newEm(), currentUserId()),
    // Jobs go on writing: seen is what was there in one moment.
    unnoted: () =>
      newEm().transactional((own) => findUnnoted(own, currentUserId()), {
        isolationLevel: IsolationLevel.REPEATABLE_READ,
      }),
  };
}

async function addMemories(
  em: EntityManager,
  userId: string,
  count: number,
  links: MemoryLinks,
): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `insert into memory (id, user_id, session_id, document_id, content, content_hash, source, occurred_at, deleted_at)
     select uuid_v7(), ?, ?::uuid, ?::uuid, 'memory ' || n, sha256(convert_to(n::text, 'UTF8')), 'note',
       now() - n * interval '1 minute', case when ? then now() end
     from generate_series(1, ?) n returning id`,
    [userId, links.sessionId ?? null, links.documentId ?? null, links.trashed ?? false, count],
  );
  const ids = rows.map(({ id }) => id);
  if (links.tagId !== undefined) {
    await em.execute(
      `insert into memory_tag (memory_id, tag_id, occurred_at, trashed)
       select id, ?::uuid, occurred_at, deleted_at is not null from memory where id = any(?::uuid[])`,
      [links.tagId, uuidArray(ids)],
    );
  }
  return ids;
}

async function readEvents(em: EntityManager, userId: string): Promise<string[]> {
  const events = await em.find(AuditEvent, { user: userId }, { orderBy: { sequence: 'asc' } });
  const lines = events.map(({ actor, action, entity, fields }) =>
    [...(actor === 'app' ? ['app'] : []), action, entity, ...fields].join(' '),
  );
  return lines.filter((line, index) => line !== lines[index - 1]);
}

async function findUnnoted(em: EntityManager, userId: string): Promise<string[]> {
  const events = await em.find(AuditEvent, { user: userId }, { orderBy: { sequence: 'asc' } });
  const last = new Map(events.map((event) => [`${event.entity} ${event.entityId}`, event.stateHash]));
  const unnoted: string[] = [];
  for (const entity of auditedEntities) {
    const owner = entity === 'app_user' ? 'id' : 'user_id';
    const rows = await em.execute<{ id: string }[]>(`select id from ${entity} where ${owner} = ?`, [userId]);
    const ids = rows.map(({ id }) => id);
    const noted = events.flatMap((event) => (event.entity === entity ? (event.entityId ?? []) : []));
    const states = await new AuditRepository(em).findStateHashes(entity, [...ids, ...noted]);
    for (const id of new Set([...ids, ...noted])) {
      const key = `${entity} ${id}`;
      // The memories of a test are put in past the services.
      if (entity === 'memory' && !last.has(key)) continue;
      const [is, said] = [states.get(id), last.get(key)].map(
        (hash) => hash && Buffer.from(hash).toString('hex'),
      );
      if ((is ?? null) !== (said ?? null) || !last.has(key)) unnoted.push(key);
    }
  }
  return unnoted;
}
