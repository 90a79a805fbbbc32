import type { AuditEvent } from '../../shared/schemas/audit.ts';
import type { AuditEvent as StoredAuditEvent } from './audit-event.entity.ts';

/** Without the hashes: they mean something to the verification alone. */
export function toAuditEvent(stored: StoredAuditEvent): AuditEvent {
  return {
    id: stored.id,
    sequence: stored.sequence,
    occurredAt: stored.occurredAt.toISOString(),
    actor: stored.actor,
    action: stored.action,
    entity: stored.entity,
    entityId: stored.entityId ?? null,
    fields: stored.fields,
  };
}
