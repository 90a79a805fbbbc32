import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { UndoStack } from './undo-stack.ts';

/** What a service works with that changes what belongs to a person. */
export interface ServiceParts {
  readonly em: EntityManager;
  /** Asked each time, because another person of this library may take over. */
  readonly currentUserId: () => string;
  readonly audit: AuditTrail;
}

/** And one whose changes can be taken back. */
export interface UndoableServiceParts extends ServiceParts {
  readonly undo: Pick<UndoStack, 'offer'>;
}
