import type { ClientBase } from 'pg';
import { beginningHash, eventHash } from '../../main/audit/event-hash.ts';
import { stateHashSql } from '../../main/audit/sealed-state.ts';
import type { AuditedEntity } from '../../shared/schemas/audit.ts';
import type { Happening, Rows } from './rows.ts';

interface HashedHappening extends Happening {
  readonly stateHash: Buffer | null;
}

/**
 * Puts rows into the tables as the app would have left them, many with one statement, and adds to the
 * audit what happened to them: hashed by the server from the rows, chained as the audit itself does.
 */
export class Store {
  readonly #client: ClientBase;
  readonly #userId: string;
  /** Happened to rows that are stored, but after what is being stored now. */
  #later: HashedHappening[] = [];
  #sequence = 0;
  #hash = beginningHash;

  /** @param client with the transaction that all of it is a part of */
  constructor(client: ClientBase, userId: string) {
    this.#client = client;
    this.#userId = userId;
  }

  async addUser(createdAt: string, happening: Happening): Promise<void> {
    await this.#client.query(
      `insert into app_user (id, created_at, updated_at, last_used_at, name) values ($1, $2, $2, $2, 'Me')`,
      [this.#userId, createdAt],
    );
    await this.#audit([happening]);
  }

  async add(rows: Rows): Promise<void> {
    await this.#insert(
      'session',
      { title: 'text', started_at: 'timestamptz', expires_at: 'timestamptz', ended_at: 'timestamptz' },
      rows.session,
    );
    await this.#insert(
      'document',
      { name: 'text', kind: 'text', size_bytes: 'bigint', imported_at: 'timestamptz' },
      rows.document,
      // There are no bytes that this could be the hash of.
      { sha256: `sha256(uuid_send(d.id))` },
    );
    await this.#insert('tag', { name: 'text', colour: 'text' }, rows.tag);
    await this.#insert(
      'memory',
      {
        session_id: 'uuid',
        document_id: 'uuid',
        title: 'text',
        content: 'text',
        importance: 'double precision',
        pinned: 'boolean',
        source: 'text',
        occurred_at: 'timestamptz',
        version: 'integer',
        seal: 'uuid',
        deleted_at: 'timestamptz',
      },
      rows.memory,
      { content_hash: `sha256(convert_to(d.content, 'UTF8'))` },
    );
    await this.#addLinks(rows);
    await this.#addVersions(rows);
    await this.#audit(rows.happening, rows.memory.at(-1)?.occurred_at);
  }

  /** The rest of the audit. To be called once, when nothing more is to be added. */
  async finish(): Promise<void> {
    await this.#audit([]);
  }

  /** @param columns with their types, beside those that every table begins with; @param derived by SQL from the row `d` */
  async #insert(
    table: 'session' | 'document' | 'tag' | 'memory',
    columns: Readonly<Record<string, string>>,
    rows: readonly object[],
    derived: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    if (rows.length === 0) return;
    const typed = { id: 'uuid', created_at: 'timestamptz', updated_at: 'timestamptz', ...columns };
    const own = Object.keys(typed);
    await this.#client.query(
      `insert into ${table} (user_id, ${[...own, ...Object.keys(derived)].join(', ')})
       select $1, ${[...own.map((column) => `d.${column}`), ...Object.values(derived)].join(', ')}
       from json_to_recordset($2::json) as d(${Object.entries(typed)
         .map((pair) => pair.join(' '))
         .join(', ')})`,
      [this.#userId, JSON.stringify(rows)],
    );
  }

  async #addLinks({ link, memory }: Rows): Promise<void> {
    if (link.length === 0) return;
    await this.#client.query(
      `insert into memory_tag (memory_id, tag_id, created_at, occurred_at, trashed)
       select m.id, l.tag_id, m.created_at, m.occurred_at, m.deleted_at is not null
       from unnest($1::uuid[], $2::uuid[]) as l(memory_id, tag_id) join memory m on m.id = l.memory_id
       where m.id between $3 and $4`,
      [
        link.map(({ memoryId }) => memoryId),
        link.map(({ tagId }) => tagId),
        memory.at(0)?.id,
        memory.at(-1)?.id,
      ],
    );
  }

  async #addVersions({ version }: Rows): Promise<void> {
    if (version.length === 0) return;
    await this.#client.query(
      `insert into memory_version
         (id, created_at, updated_at, memory_id, number, title, content, importance, tags, cause)
       select d.id, d.created_at, d.created_at, d.memory_id, d.number, d.title, d.content, d.importance, d.tags, d.cause
       from json_to_recordset($1::json) as d(id uuid, created_at timestamptz, memory_id uuid, number integer,
         title text, content text, importance double precision, tags text[], cause text)`,
      [JSON.stringify(version)],
    );
  }

  /** @param until nothing is to come any more that happened before; without it, nothing at all */
  async #audit(happenings: readonly Happening[], until?: string): Promise<void> {
    this.#later.push(...(await this.#hashStates(happenings)));
    const end = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
    const due = this.#later
      .filter(({ occurredAt }) => occurredAt.getTime() <= end)
      .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
    this.#later = this.#later.filter(({ occurredAt }) => occurredAt.getTime() > end);
    // At the end there may be more than fits into one statement.
    for (let start = 0; start < due.length; start += 5_000)
      await this.#addEvents(due.slice(start, start + 5_000));
  }

  async #hashStates(happenings: readonly Happening[]): Promise<HashedHappening[]> {
    const hashes = new Map<Happening, Buffer>();
    for (const [entity, ofEntity] of Map.groupBy(happenings, (happening) => happening.entity)) {
      const isOld = Map.groupBy(ofEntity, ({ before }) => before !== undefined);
      await this.#hashOldStates(entity, isOld.get(true) ?? [], hashes);
      await this.#hashStatesNow(entity, isOld.get(false) ?? [], hashes);
    }
    return happenings.map((happening) => ({ ...happening, stateHash: hashes.get(happening) ?? null }));
  }

  async #hashStatesNow(
    entity: AuditedEntity,
    happenings: readonly Happening[],
    into: Map<Happening, Buffer>,
  ): Promise<void> {
    const { rows } = await this.#client.query<{ id: string; hash: Buffer }>(
      `select r.id, ${stateHashSql(entity)} as hash from ${entity} r where r.id = any($1::uuid[])`,
      [happenings.map(({ entityId }) => entityId)],
    );
    const byId = new Map(rows.map(({ id, hash }) => [id, hash]));
    for (const happening of happenings) {
      const hash = byId.get(happening.entityId);
      if (hash) into.set(happening, hash);
    }
  }

  /** The row as it is now, but for what was otherwise then. Its tags are those of now: only their names are known. */
  async #hashOldStates(
    entity: AuditedEntity,
    happenings: readonly Happening[],
    into: Map<Happening, Buffer>,
  ): Promise<void> {
    if (happenings.length === 0) return;
    const { rows } = await this.#client.query<{ position: number; hash: Buffer }>(
      `select b.position, ${stateHashSql(entity)} as hash
       from json_to_recordset($1::json) as b(position integer, id uuid, before jsonb)
       join ${entity} now on now.id = b.id cross join lateral jsonb_populate_record(now, b.before) r`,
      [
        JSON.stringify(
          happenings.map(({ entityId, before }, position) => ({ position, id: entityId, before })),
        ),
      ],
    );
    for (const { position, hash } of rows) {
      const happening = happenings[position];
      if (happening) into.set(happening, hash);
    }
  }

  async #addEvents(happenings: readonly HashedHappening[]): Promise<void> {
    const rows = happenings.map(({ id, before: _before, ...happening }) => {
      const event = { ...happening, userId: this.#userId, sequence: ++this.#sequence };
      const previousHash = this.#hash;
      this.#hash = eventHash(previousHash, event);
      return {
        id,
        sequence: event.sequence,
        at: event.occurredAt,
        actor: event.actor,
        action: event.action,
        entity: event.entity,
        entity_id: event.entityId,
        fields: event.fields,
        state: event.stateHash?.toString('hex'),
        previous: Buffer.from(previousHash).toString('hex'),
        hash: Buffer.from(this.#hash).toString('hex'),
      };
    });
    await this.#client.query(
      `insert into audit_event (id, created_at, updated_at, user_id, sequence, occurred_at, actor, action, entity,
         entity_id, fields, state_hash, previous_hash, hash)
       select d.id, d.at, d.at, $1, d.sequence, d.at, d.actor, d.action, d.entity,
         d.entity_id, d.fields, decode(d.state, 'hex'), decode(d.previous, 'hex'), decode(d.hash, 'hex')
       from json_to_recordset($2::json) as d(id uuid, sequence bigint, at timestamptz, actor text, action text,
         entity text, entity_id uuid, fields text[], state text, previous text, hash text)`,
      [this.#userId, JSON.stringify(rows)],
    );
  }
}
