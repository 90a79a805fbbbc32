import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * A library for tests with rows in every table, and in them what is easily lost on the way: zero bytes and
 * backslashes, empty and missing, the last digit of a number, lists within lists.
 */

const key = (kind: number, number: number) =>
  `0190a0b0-00${String(kind).padStart(2, '0')}-7000-8000-${String(number).padStart(12, '0')}`;
const bytes = (text: string) => `\\x${createHash('sha256').update(text).digest('hex')}`;
const vector = (seed: number) =>
  `[${Array.from({ length: 384 }, (_, index) => Math.fround(Math.sin(seed + index) * 10 ** -(index % 30))).join(',')}]`;
const awkward =
  'Tab\there, line\nand\r\nline, \\N and \\. and \\\\x, "quotes" and \'quotes\', ☂ 𝔘 é é \u{10FFFF}, {a,NULL,"b"}';
const times = {
  created_at: '2019-02-28T23:59:59.999Z',
  updated_at: '2020-02-29T00:00:00.001Z',
};
const user = key(1, 1);
const [session, document, memory, trashed, tag, specialization] = [2, 3, 4, 5, 6, 7].map((kind) =>
  key(kind, 1),
);

type Row = Readonly<Record<string, unknown>>;

/** By table, those that others belong to first. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  app_user: [
    { id: user, ...times, name: awkward, email: 'Ada@Example.org', last_used_at: '2021-01-01T00:00:00Z' },
    { id: key(1, 2), ...times, name: 'Grace', email: null, last_used_at: '2021-01-02T00:00:00Z' },
  ],
  setting: [
    {
      id: key(8, 1),
      ...times,
      user_id: user,
      key: 'appearance.theme',
      value: { deep: [1.5, null, awkward, { '': 12345678901234567000 }] },
    },
  ],
  session: [
    {
      id: session,
      ...times,
      user_id: user,
      title: awkward,
      started_at: '0044-03-15T12:00:00.123Z',
      expires_at: '9999-12-31T23:59:59.999Z',
      ended_at: null,
    },
  ],
  document: [
    {
      id: document,
      ...times,
      user_id: user,
      name: awkward,
      kind: 'text',
      size_bytes: '9007199254740993',
      sha256: `\\x00ff5c27${'00'.repeat(28)}`,
      imported_at: '2020-01-01T00:00:00.5Z',
    },
  ],
  memory: [
    {
      id: memory,
      ...times,
      user_id: user,
      session_id: session,
      document_id: document,
      title: null,
      content: awkward,
      content_hash: bytes(awkward),
      importance: 0.1 + 0.2,
      pinned: true,
      source: 'note',
      occurred_at: '2020-06-01T00:00:00.001Z',
      version: 3,
      seal: key(9, 1),
      deleted_at: null,
    },
    {
      id: trashed,
      ...times,
      user_id: user,
      session_id: null,
      document_id: null,
      title: 'Only a title',
      content: '',
      content_hash: bytes(''),
      importance: 1,
      pinned: false,
      source: 'web',
      occurred_at: '2020-06-02T00:00:00Z',
      version: 1,
      seal: key(9, 2),
      deleted_at: '2020-07-01T00:00:00Z',
    },
    {
      id: key(4, 2),
      ...times,
      user_id: key(1, 2),
      content: '\\'.repeat(10_000),
      content_hash: bytes('\\'.repeat(10_000)),
      importance: 5e-324,
      pinned: false,
      source: 'file',
      occurred_at: '2020-06-03T00:00:00Z',
      version: 1,
      seal: key(9, 3),
    },
  ],
  memory_version: [
    {
      id: key(10, 1),
      ...times,
      memory_id: memory,
      number: 1,
      title: '',
      content: 'before',
      importance: 1 / 3,
      tags: [awkward, '', 'NULL', 'a,b', '{}'],
      cause: 'edit',
    },
    {
      id: key(10, 2),
      ...times,
      memory_id: memory,
      number: 2,
      title: null,
      content: '',
      importance: 0,
      tags: ['was', 'gone'],
      tag_ids: [tag, key(6, 3)],
      cause: 'undo',
      merged: true,
    },
  ],
  memory_distinction: [{ id: key(15, 1), ...times, memory_id: memory, other_id: trashed }],
  tag: [
    { id: tag, ...times, user_id: user, name: 'Größe \\N', colour: 'teal' },
    { id: key(6, 2), ...times, user_id: user, name: '☂', colour: null },
  ],
  memory_tag: [
    // Not what a trigger would put there: a copy must not put it right.
    {
      memory_id: memory,
      tag_id: tag,
      created_at: times.created_at,
      occurred_at: '2001-01-01T00:00:00Z',
      trashed: true,
    },
    {
      memory_id: trashed,
      tag_id: tag,
      created_at: times.created_at,
      occurred_at: '2020-06-02T00:00:00Z',
      trashed: true,
    },
  ],
  embedding_model: [{ id: 1, name: awkward, revision: 'r1', dimension: 384 }],
  uncut_memory: [{ memory_id: trashed, model_id: 1, queued_at: '2020-02-29T00:00:00.000001Z' }],
  memory_chunk: [
    {
      id: key(11, 1),
      memory_id: memory,
      model_id: 1,
      position: 0,
      start_offset: 0,
      end_offset: 10,
      tokens: 3,
      text_hash: bytes('chunk'),
      queued_at: '2020-02-29T00:00:00.000001Z',
      status: 'ready',
      attempts: 0,
      retry_at: null,
      error: null,
      // As they were at first.
      ...times,
      model: 'minilm',
      revision: 'r1',
      embedding: vector(1),
    },
    {
      id: key(11, 2),
      memory_id: memory,
      model_id: 1,
      position: 1,
      start_offset: 10,
      end_offset: 20,
      tokens: 3,
      text_hash: bytes('failed'),
      queued_at: '2020-02-29T00:00:00.000001Z',
      status: 'failed',
      attempts: 2,
      retry_at: '9999-12-31T23:59:59.999999Z',
      error: awkward,
      ...times,
      model: 'minilm',
      revision: 'r1',
      embedding: null,
    },
  ],
  chunk_embedding: [{ chunk_id: key(11, 1), memory_id: memory, model_id: 1, embedding: vector(1) }],
  specialization: [
    {
      id: specialization,
      ...times,
      user_id: user,
      name: 'Gardening',
      description: awkward,
      domain: 'plants',
      model_path: 'C:\\adapters\\new',
      format: 'safetensors',
      base_model: 'llama',
      rank: 8,
      alpha: 16.000000000000004,
      target_modules: ['q_proj', 'v,proj', ''],
      dtype: 'bf16',
      parameter_count: '9007199254740993',
      file_size_bytes: 1,
      sha256: bytes('file'),
      tensor_hash: bytes('tensors'),
      adapter_config: { r: 8, nested: { list: [1, [2, null]] } },
      status: 'ready',
      problem: null,
      embedding: vector(2),
      tags: ['trusted', 'a,b', 'NULL'],
      version: 2,
      deleted_at: null,
    },
  ],
  specialization_meaning: [
    {
      specialization_id: specialization,
      model_id: 1,
      position: 0,
      source: 'description',
      embedding: vector(3),
    },
  ],
  specialization_memory: [
    { specialization_id: specialization, memory_id: memory, created_at: times.created_at, role: 'training' },
  ],
  duplicate_queue: [{ memory_id: trashed, model_id: 1, queued_at: '2020-02-29T00:00:00.000001Z' }],
  duplicate_pair: [{ memory_id: memory, other_id: trashed, similarity: 0.97, overlap: 0.1 }],
  memory_past_word: [
    {
      memory_id: memory,
      number: 1,
      ended_at: times.created_at,
      language: 'simple',
      words: "'größte':1A,2 'it''s':16383",
      weights: '{1:0.5,999999999:2}/1000000000',
    },
  ],
  // Triggers add those of the memories above to what is to be counted.
  word: [{ word: 'größte', documents: 2147483647, length: '9007199254740993' }],
  word_spelling: [{ word: 'größte' }],
  word_scale: [{ id: true, average_length: 0.1 }],
  saved_search: [{ id: key(12, 1), ...times, user_id: user, name: 'New', query: awkward, position: 3 }],
  job: [
    {
      id: key(13, 1),
      ...times,
      user_id: user,
      kind: 'import',
      status: 'failed',
      progress: '9007199254740993',
      total: null,
      parameters: { path: awkward },
      checkpoint: null,
      result: { done: [] },
      error: awkward,
      started_at: times.created_at,
      finished_at: times.updated_at,
      runner: 2147483647,
    },
  ],
  audit_event: [
    {
      id: key(14, 1),
      ...times,
      user_id: key(1, 2),
      sequence: 1,
      occurred_at: times.created_at,
      actor: 'person',
      action: 'created',
      entity: 'memory',
      entity_id: key(4, 2),
      fields: ['title', 'content'],
      state_hash: null,
      previous_hash: bytes('before'),
      hash: bytes('after'),
    },
  ],
};

/** Puts these rows into the tables that are there; a schema of an earlier time may lack tables and columns. */
export async function fillLibrary(em: EntityManager): Promise<void> {
  for (const [table, list] of Object.entries(rows)) await fillTable(em, table, list);
}

async function fillTable(em: EntityManager, table: string, list: readonly Row[]): Promise<void> {
  const found = await em.execute<{ name: string }[]>(
    `select attname as name from pg_attribute
     where attrelid = to_regclass(?) and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  if (found.length === 0) return;
  // Filled at an earlier state of the schema.
  const [already] = await em.execute<unknown[]>(`select 1 from ${table} limit 1`);
  if (already) return;
  for (const row of list) {
    const columns = found.map(({ name }) => name).filter((name) => name in row);
    await em.execute(
      `insert into ${table} (${columns.join()})
       select ${columns.join()} from jsonb_populate_record(null::${table}, ?::jsonb)`,
      [JSON.stringify(row)],
    );
  }
}

/** Every row of every table, as text, in an order that no server's habits touch. */
export async function dumpRows(em: EntityManager): Promise<Record<string, string[]>> {
  const tables = await em.execute<{ name: string }[]>(
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migration' order by relname`,
  );
  const dump: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found = await em.execute<{ text: string }[]>(`select t::text as text from ${name} t`);
    dump[name] = found.map(({ text }) => text).toSorted();
  }
  return dump;
}

/** Everything that a migration can make or change, as the server itself writes it down. */
export async function dumpSchema(em: EntityManager): Promise<string[]> {
  const lines = await em.execute<{ line: string }[]>(
    `with part as (
       select c.oid, c.relname, c.relkind from pg_class c where c.relnamespace = 'public'::regnamespace
     ), own_function as (
       select p.oid, p.prokind from pg_proc p where p.pronamespace = 'public'::regnamespace
         and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     )
     select 'extension ' || extname || ' ' || extversion as line from pg_extension
     union all select 'relation ' || relkind::text || ' ' || relname || ' ' || coalesce(pg_relation_filenode(oid)::text, '')
       from part
     union all select 'column ' || relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || ' ' || a.attnotnull || ' ' || a.attnum || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
       from part join pg_attribute a on a.attrelid = part.oid and a.attnum > 0
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     union all select 'constraint ' || c.conname || ' ' || c.convalidated || ' ' || pg_get_constraintdef(c.oid)
       from pg_constraint c where c.connamespace = 'public'::regnamespace
     union all select 'index ' || pg_get_indexdef(oid) from part where relkind = 'i'
     union all select 'trigger ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
       from part join pg_trigger t on t.tgrelid = part.oid and not t.tgisinternal
     union all select 'function ' || pg_get_functiondef(oid) from own_function where prokind in ('f', 'p')
     order by 1`,
  );
  const [table] = await em.execute<{ exists: boolean }[]>(
    `select to_regclass('schema_migration') is not null as exists`,
  );
  const applied = table?.exists
    ? await em.execute<{ line: string }[]>(
        `select 'applied ' || id || ' ' || name as line from schema_migration`,
      )
    : [];
  return [...lines, ...applied].map(({ line }) => line).toSorted();
}
