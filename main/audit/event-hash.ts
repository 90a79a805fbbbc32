import { createHash } from 'node:crypto';
import type { AuditAction, AuditActor } from '../../shared/schemas/audit.ts';

/** What an event says; its hash covers all of it. */
export interface EventContent {
  readonly userId: string;
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  readonly entity: string;
  readonly entityId: string | null;
  readonly fields: readonly string[];
  readonly stateHash: Uint8Array | null;
}

/** Before the first event there is nothing to vouch for. */
export const beginningHash: Uint8Array = new Uint8Array(32);

export function eventHash(previousHash: Uint8Array, event: EventContent): Buffer {
  const said = JSON.stringify([
    event.userId,
    event.sequence,
    event.occurredAt.toISOString(),
    event.actor,
    event.action,
    event.entity,
    event.entityId,
    event.fields,
    event.stateHash && Buffer.from(event.stateHash).toString('hex'),
  ]);
  return createHash('sha256').update(previousHash).update(said).digest();
}
