import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { auditActions, auditActors } from '../../shared/schemas/audit.ts';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/**
 * Who did what to which, and when; never what was written. The events of a person form a chain:
 * `hash` covers the event and the hash before it, `stateHash` the row as the change left it.
 */
export const AuditEvent = defineEntity({
  name: 'AuditEvent',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    sequence: p.bigint('number'),
    occurredAt: p.datetime(3),
    actor: p.enum(auditActors),
    action: p.enum(auditActions),
    /** The kind of thing, by the name of its table. */
    entity: p.text(),
    entityId: p.uuid().nullable(),
    /** By name, what of it was changed. */
    fields: p.array().defaultRaw(`'{}'`),
    stateHash: p.uint8array().nullable(),
    previousHash: p.uint8array(),
    hash: p.uint8array(),
  },
  uniques: [{ name: 'audit_event_user_id_sequence_unique', properties: ['user', 'sequence'] }],
  checks: [
    { name: 'audit_event_sequence_check', expression: 'sequence >= 1' },
    { name: 'audit_event_entity_check', expression: `entity <> '' and char_length(entity) <= 100` },
    {
      name: 'audit_event_hash_check',
      expression:
        'octet_length(hash) = 32 and octet_length(previous_hash) = 32 and octet_length(state_hash) = 32',
    },
  ],
  indexes: [
    {
      name: 'audit_event_entity_id_index',
      expression:
        'create index "audit_event_entity_id_index" on "audit_event" ("entity_id", "sequence" desc)',
    },
    {
      name: 'audit_event_rare_entity_index',
      expression: `create index "audit_event_rare_entity_index" on "audit_event" ("user_id", "entity", "sequence" desc) where entity <> 'memory'`,
    },
    {
      name: 'audit_event_rare_action_index',
      expression: `create index "audit_event_rare_action_index" on "audit_event" ("user_id", "action", "sequence" desc) where action not in ('created', 'changed', 'imported')`,
    },
  ],
});
export type AuditEvent = InferEntity<typeof AuditEvent>;
