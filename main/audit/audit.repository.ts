import { raw, type RawQueryFragment } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
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

  /** Events of one person, in the order of the chain, from the one after its end. */
  async add(events: readonly StoredEvent[]): Promise<void> {
    const [first] = events;
    if (!first) return;
    // Ten thousand memories that are changed at once say the same of each: that is sent once.
    const kinds = new Map<string, number>();
    const kindOf = ({ actor, action, entity, fields }: StoredEvent) => {
      const kind = JSON.stringify({ actor, action, entity, fields });
      const number = kinds.get(kind) ?? kinds.size + 1;
      kinds.set(kind, number);
      return number;
    };
    await this.#em.execute(
      `insert into audit_event
         (id, user_id, sequence, occurred_at, actor, action, entity, entity_id, fields, state_hash, previous_hash, hash)
       select uuid_v7(), ?, ? + e.number, ?, k.actor, k.action, k.entity, e.entity_id, k.fields,
         decode(e.state_hash, 'hex'), decode(lag(e.hash, 1, ?) over (order by e.number), 'hex'), decode(e.hash, 'hex')
       from unnest(?::int[], ?::uuid[], ?::text[], ?::text[])
           with ordinality e(kind, entity_id, state_hash, hash, number)
         join (select position, r.* from jsonb_array_elements(?::jsonb) with ordinality j(kind, position),
               jsonb_to_record(j.kind) r(actor text, action text, entity text, fields text[])) k
         on k.position = e.kind
       order by e.number`,
      [
        first.userId,
        first.sequence - 1,
        first.occurredAt,
        hex(first.previousHash),
        plainArray(events.map(kindOf)),
        plainArray(events.map((event) => event.entityId)),
        plainArray(events.map((event) => event.stateHash && hex(event.stateHash))),
        plainArray(events.map((event) => hex(event.hash))),
        `[${[...kinds.keys()].join(',')}]`,
      ],
    );
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/**
 * Numbers, keys and hashes need no escaping. The ORM escapes a text letter by letter, which takes
 * longer than all the rest when there are ten thousand of them.
 */
function plainArray(values: readonly (string | number | null)[]): RawQueryFragment {
  const literal = `{${values.map((value) => value ?? 'NULL').join(',')}}`;
  if (!/^[\w{},-]*$/.test(literal)) throw new Error('Only numbers, keys and hashes');
  return raw(`'${literal}'`);
}
