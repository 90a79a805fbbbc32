import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditTrail } from '../audit/audit-trail.ts';
import { Document } from '../documents/document.entity.ts';
import { Session } from '../sessions/session.entity.ts';
import { User } from '../users/user.entity.ts';
import { UndoStack } from '../undo/undo-stack.ts';
import { MemoryBulkService } from './memory-bulk-service.ts';
import { memoryHandlers } from './memory-handlers.ts';
import { MemoryHistoryService } from './memory-history-service.ts';
import { MemoryOutlineService } from './memory-outline-service.ts';
import { MemoryMergeService } from './memory-merge-service.ts';
import { MemoryService } from './memory-service.ts';
import { MemoryTrashService } from './memory-trash-service.ts';

/** A person of a test library, with what the tests of memories need of them. */
export interface TestPerson {
  readonly userId: string;
  readonly memories: MemoryService;
  readonly outlines: MemoryOutlineService;
  readonly bulk: MemoryBulkService;
  readonly history: MemoryHistoryService;
  readonly trash: MemoryTrashService;
  readonly merges: MemoryMergeService;
  /** All of them, as the page calls them. */
  readonly handlers: ReturnType<typeof memoryHandlers>;
  readonly undo: UndoStack;
  addSession(title?: string): Promise<string>;
  addDocument(name?: string): Promise<string>;
}

export async function addPerson(
  newEm: () => EntityManager,
  keepDays: (userId: string) => number | null = () => 30,
): Promise<TestPerson> {
  const own = newEm();
  const user = own.create(User, { name: 'Ada', email: null });
  await own.flush();
  const currentUserId = () => user.id;
  const undo = new UndoStack({ currentUserId });
  const options = { em: newEm(), currentUserId, audit: new AuditTrail(), undo };
  const services = {
    memories: new MemoryService(options),
    outlines: new MemoryOutlineService(options),
    bulk: new MemoryBulkService(options),
    history: new MemoryHistoryService(options),
    merges: new MemoryMergeService(options),
    trash: new MemoryTrashService({ ...options, keepDays: async (id) => keepDays(id) }),
  };
  return {
    ...services,
    handlers: memoryHandlers(services),
    userId: user.id,
    undo,
    async addSession(title = 'Garden') {
      const em = newEm();
      const session = em.create(Session, {
        user: user.id,
        title,
        expiresAt: new Date('2999-01-01'),
        endedAt: null,
      });
      await em.flush();
      return session.id;
    },
    async addDocument(name = 'seeds.pdf') {
      const em = newEm();
      const document = em.create(Document, {
        user: user.id,
        name,
        kind: 'pdf',
        sizeBytes: 1,
        sha256: randomBytes(32),
      });
      await em.flush();
      return document.id;
    },
  };
}
