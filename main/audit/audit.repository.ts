import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidV7 } from 'uuid';
import type { AuditedEntity, AuditPageRequest } from '../../shared/schemas/audit.ts';
import { uuidArray } from '../database/sql-values.ts';
import { beginningHash, type EventContent } from './event-hash.ts';
import { AuditEvent } from './audit-event.entity.ts';
import { stateHashSql } from './sealed-state.ts';

export interface ChainEnd {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

export interface StoredEvent extends EventContent {
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

export class AuditRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** The end of a person's chain; nobody else adds to it until the transaction is over. */
  async lockChainEnd(userId: string): Promise<ChainEnd> {
    await this.#em.execute(`select pg_advisory_xact_lock(hashtextextended('audit ' || ?, 0))`, [userId]);
    // Asked for after the lock is held: a statement sees what was saved before it began.
    const [last] = await this.#em.execute<{ sequence: string; hash: Buffer }[]>(
      'select sequence, hash from audit_event where user_id = ? order by sequence desc limit 1',
      [userId],
    );
    return last ? { sequence: Number(last.sequence), hash: last.hash } : { sequence: 0, hash: beginningHash };
  }

  /** Rows that are gone are missing from the answer. */
  async findStateHashes(entity: AuditedEntity, ids: readonly string[]): Promise<Map<string, Buffer>> {
    const rows = await this.#em.execute<{ id: string; hash: Buffer }[]>(
      `select r.id, ${stateHashSql(entity)} as hash from ${entity} r where r.id = any(?::uuid[])`,
      [uuidArray(ids)],
    );
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  }

  /** The newest first, one more than asked for if there are more. */
  async findPage(userId: string, request: AuditPageRequest): Promise<AuditEvent[]> {
    const { entity, entityId, action, before, limit } = request;
    return this.#em.find(
      AuditEvent,
      {
        user: userId,
        ...(entity === undefined ? {} : { entity }),
        ...(entityId === undefined ? {} : { entityId }),
        ...(action === undefined ? {} : { action }),
        ...(before === undefined ? {} : { sequence: { $lt: before } }),
      },
      { orderBy: { sequence: 'desc' }, limit: limit + 1, disableIdentityMap: true },
    );
  }

  async add(events: readonly StoredEvent[]): Promise<void> {
    if (events.length === 0) return;
    // As one document: an array of arrays would need one type for all of its elements.
    const rows = events.map((event) => ({
      id: uuidV7(),
      user_id: event.userId,
      sequence: event.sequence,
      occurred_at: event.occurredAt.toISOString(),
      actor: event.actor,
      action: event.action,
      entity: event.entity,
      entity_id: event.entityId,
      fields: event.fields,
      state_hash: hex(event.stateHash),
      previous_hash: hex(event.previousHash),
      hash: hex(event.hash),
    }));
    await this.#em.execute(
      `insert into audit_event
         (id, user_id, sequence, occurred_at, actor, action, entity, entity_id, fields, state_hash, previous_hash, hash)
       select e.id, e.user_id, e.sequence, e.occurred_at, e.actor, e.action, e.entity, e.entity_id,
         e.fields, decode(e.state_hash, 'hex'), decode(e.previous_hash, 'hex'), decode(e.hash, 'hex')
       from jsonb_to_recordset(?::jsonb) as e(id uuid, user_id uuid, sequence bigint, occurred_at timestamptz,
         actor text, action text, entity text, entity_id uuid, fields text[], state_hash text, previous_hash text, hash text)`,
      [JSON.stringify(rows)],
    );
  }
}

function hex(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString('hex');
}
