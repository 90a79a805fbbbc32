import type { EntityManager } from '@mikro-orm/postgresql';
import {
  auditActions,
  auditActors,
  auditedEntities,
  type AuditedEntity,
  type Difference,
} from '../../shared/schemas/audit.ts';
import type { StoredEvent } from './audit.repository.ts';
import { isHistoryAlteredSql, ownerColumn, stateHashSql } from './sealed-state.ts';

interface EventRow {
  readonly sequence: string;
  readonly occurred_ms: number;
  readonly actor: string;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string | null;
  readonly fields: string[];
  readonly state_hash: Buffer | null;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

/** What verifying asks of the library, a page at a time: neither a chain nor a table is ever read as a whole. */
export class AuditVerificationRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async countEvents(userId: string): Promise<{ events: number; lastSequence: number }> {
    const [row] = await this.#em.execute<{ events: string; last: string }[]>(
      'select count(*) as events, coalesce(max(sequence), 0) as last from audit_event where user_id = ?',
      [userId],
    );
    return { events: Number(row?.events ?? 0), lastSequence: Number(row?.last ?? 0) };
  }

  async findEvents(userId: string, after: number, upTo: number, limit: number): Promise<StoredEvent[]> {
    const rows = await this.#em.execute<EventRow[]>(
      `select sequence, extract(epoch from occurred_at)::float8 * 1000 as occurred_ms, actor, action, entity,
         entity_id, fields, state_hash, previous_hash, hash
       from audit_event where user_id = ? and sequence > ? and sequence <= ? order by sequence limit ?`,
      [userId, after, upTo, limit],
    );
    return rows.map((row) => ({
      userId,
      sequence: Number(row.sequence),
      occurredAt: new Date(Math.round(row.occurred_ms)),
      actor: auditActors.find((actor) => actor === row.actor) ?? 'app',
      action: auditActions.find((action) => action === row.action) ?? 'changed',
      entity: row.entity,
      entityId: row.entity_id,
      fields: row.fields,
      stateHash: row.state_hash,
      previousHash: row.previous_hash,
      hash: row.hash,
    }));
  }

  async findFollower(userId: string, hash: Uint8Array): Promise<number | undefined> {
    const [row] = await this.#em.execute<{ sequence: string }[]>(
      `select sequence from audit_event where user_id = ? and previous_hash = decode(?, 'hex')
       order by sequence limit 1`,
      [userId, Buffer.from(hash).toString('hex')],
    );
    return row && Number(row.sequence);
  }

  /** Of the events in this part of the chain, those that were the last about a row which is not there any more. */
  async findRemoved(userId: string, after: number, upTo: number): Promise<Difference[]> {
    const isThere = auditedEntities.map((entity) => {
      const owner = entity === 'app_user' ? '' : `and r.${ownerColumn(entity)} = e.user_id`;
      return `when '${entity}' then exists (select from ${entity} r where r.id = e.entity_id ${owner})`;
    });
    const rows = await this.#em.execute<{ entity: AuditedEntity; id: string }[]>(
      `select e.entity, e.entity_id as id from audit_event e
       where e.user_id = ? and e.sequence > ? and e.sequence <= ?
         and e.state_hash is not null and e.entity_id is not null
         and not case e.entity ${isThere.join(' ')} else true end
         and not exists (
           select from audit_event l where l.entity_id = e.entity_id and l.user_id = e.user_id
             and l.entity = e.entity and l.sequence > e.sequence)
       order by e.sequence`,
      [userId, after, upTo],
    );
    return rows.map(({ entity, id }) => ({ entity, entityId: id, what: 'removed' }));
  }

  async countRows(userId: string, entity: AuditedEntity): Promise<number> {
    const [row] = await this.#em.execute<{ rows: string }[]>(
      `select count(*) as rows from ${entity} where ${ownerColumn(entity)} = ?`,
      [userId],
    );
    return Number(row?.rows ?? 0);
  }

  /** The end of the next page of rows by their keys; undefined after the last. */
  async findPageEnd(
    userId: string,
    entity: AuditedEntity,
    after: string,
    limit: number,
  ): Promise<{ last: string; rows: number } | undefined> {
    const [row] = await this.#em.execute<{ last: string | null; rows: number }[]>(
      `with page as (
         select id from ${entity} where ${ownerColumn(entity)} = ? and id > ? order by id limit ?
       )
       select (select id from page order by id desc limit 1) as last, (select count(*)::int from page) as rows`,
      [userId, after, limit],
    );
    return row?.last ? { last: row.last, rows: row.rows } : undefined;
  }

  /** Rows that are not as the last event about them says; in one statement, hence of one moment. */
  async findDiffering(
    userId: string,
    entity: AuditedEntity,
    after: string,
    upTo: string,
  ): Promise<Difference[]> {
    const rows = await this.#em.execute<{ id: string; is_known: boolean }[]>(
      `select r.id, e.state_hash is not null as is_known
       from ${entity} r left join lateral (
         select l.state_hash from audit_event l
         where l.entity_id = r.id and l.user_id = r.${ownerColumn(entity)} and l.entity = '${entity}'
         order by l.sequence desc limit 1
       ) e on true
       where r.${ownerColumn(entity)} = ? and r.id > ? and r.id <= ?
         and (e.state_hash is distinct from ${stateHashSql(entity)} or ${isHistoryAlteredSql(entity)})
       order by r.id`,
      [userId, after, upTo],
    );
    return rows.map(({ id, is_known: isKnown }) => ({
      entity,
      entityId: id,
      what: isKnown ? 'changed' : 'added',
    }));
  }
}
