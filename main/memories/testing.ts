import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditTrail } from '../audit/audit-trail.ts';
import { Document } from '../documents/document.entity.ts';
import { Session } from '../sessions/session.entity.ts';
import { User } from '../users/user.entity.ts';
import { MemoryService } from './memory-service.ts';

/** A person of a test library, with what the tests of memories need of them. */
export interface TestPerson {
  readonly userId: string;
  readonly memories: MemoryService;
  addSession(title?: string): Promise<string>;
  addDocument(name?: string): Promise<string>;
}

export async function addPerson(newEm: () => EntityManager): Promise<TestPerson> {
  const own = newEm();
  const user = own.create(User, { name: 'Ada', email: null });
  await own.flush();
  const options = { em: newEm(), currentUserId: () => user.id, audit: new AuditTrail() };
  return {
    userId: user.id,
    memories: new MemoryService(options),
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
