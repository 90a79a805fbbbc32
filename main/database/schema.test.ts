import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { tablesWithoutEntities } from './orm-options.ts';
import { textArray } from './sql-values.ts';
import { openTestDatabase } from './testing.ts';

const { em, orm } = await openTestDatabase();
const tables = `select c.oid from pg_class c where c.relkind = 'r' and c.relname <> 'schema_migration'
  and c.relnamespace = 'public'::regnamespace`;

test('migrations and entities describe the same tables', async () => {
  expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
});

test('migrations are listed in the order of their names, and each by the name of its class', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual(migrations.map((migration) => migration.class.name));
  expect(names).toEqual(names.toSorted());
});

/** Made of the others and made anew at any time: nobody asks when, and their keys are what suits them. */
const derived = [
  'embedding_model',
  'uncut_memory',
  'memory_chunk',
  'chunk_embedding',
  ...tablesWithoutEntities,
];

/** A link is the pair of what it links and nothing else: a key of its own would only cost space. */
const links = `select indrelid from pg_index where indisprimary and indnatts > 1`;

test('every table has a key of its own and dates itself, past the ORM too', async () => {
  const lacking = await em.execute(
    `select c.relname from pg_class c where c.oid in (${tables}) and c.oid not in (${links})
       and c.relname <> all(?::text[]) and not (
       exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
               where t.tgrelid = c.oid and p.proname = 'set_updated_at')
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'created_at' and a.attnotnull)
       and exists (select from pg_attribute a join pg_index i on i.indrelid = c.oid and i.indisprimary
                   where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype))`,
    [textArray(derived)],
  );
  expect(lacking).toEqual([]);
});

test('every foreign key has an index and says what happens when its row goes', async () => {
  const lacking = await em.execute(
    `select conname from pg_constraint f where f.contype = 'f' and f.conrelid in (${tables}) and (
       f.confdeltype = 'a' or not exists (
         select from pg_index i where i.indrelid = f.conrelid
           and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey))`,
  );
  expect(lacking).toEqual([]);
});

test('every constraint and index is named after its table', async () => {
  const names = await em.execute<{ name: string; of: string }[]>(
    `select conname as name, conrelid::regclass::text as of from pg_constraint where conrelid in (${tables})
     union all select indexrelid::regclass::text, indrelid::regclass::text from pg_index where indrelid in (${tables})`,
  );
  expect(names.filter(({ name, of }) => !name.startsWith(`${of}_`))).toEqual([]);
});
