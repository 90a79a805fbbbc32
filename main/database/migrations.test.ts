import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MigrationObject } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Migration } from '@mikro-orm/migrations';
import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { silentLog } from '../logging/log.ts';
import { dumpSchema, fillLibrary } from './full-library.ts';
import { openDatabase } from './orm.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

const createSession = 'Migration20261121080000_create_session';
const noteRunner = 'Migration20261121110100_note_who_runs_a_job';

/**
 * What each migration does to rows that were there before it; one that changes a table without standing here
 * fails the last test. `begin` looks at the library as the version before left it, `end` at the same one afterwards.
 */
const changes: Record<string, (library: TestDatabase) => Promise<() => Promise<void>>> = {
  [createSession]: async ({ em }) => {
    await em.execute(
      `insert into app_user (id, name) values (gen_random_uuid(), 'Ada'), (gen_random_uuid(), 'Grace')`,
    );
    return async () => {
      const found = await em.execute(
        `select name, last_used_at between created_at and now() as was_here, updated_at = created_at as untouched
         from app_user order by name`,
      );
      expect(found).toEqual(['Ada', 'Grace'].map((name) => ({ name, was_here: true, untouched: true })));
    };
  },
  [noteRunner]: async ({ em }) => {
    await em.execute(
      `with person as (insert into app_user (id, name) values (gen_random_uuid(), 'Ada') returning id)
       insert into job (id, user_id, kind, status) select gen_random_uuid(), id, 'x', 'running' from person`,
    );
    return async () => {
      // Of no app that is there, hence interrupted at the next start.
      expect(
        await em.execute('select status, runner, updated_at = created_at as untouched from job'),
      ).toEqual([{ status: 'running', runner: null, untouched: true }]);
    };
  },
};

const upTo = (index: number) => migrations.slice(0, index);

async function migrateWith(
  { connection }: TestDatabase,
  list: readonly MigrationObject[],
): Promise<string[]> {
  const app = await openDatabase({ connection, log: silentLog, poolSize: 2, migrations: list });
  try {
    return await app.migrate();
  } finally {
    await app.close();
  }
}

test.for(Object.keys(changes))('rows from before %s are as they should be after it', async (name) => {
  const index = migrations.findIndex((migration) => migration.name === name);
  const library = await openTestDatabase({ migrated: false, migrations: upTo(index) });
  await library.database.migrate();
  const end = await changes[name]?.(library);
  expect(await migrateWith(library, upTo(index + 1))).toEqual([name]);
  await end?.();
});

/** Of every table its rows, with those columns alone that it has now. */
async function readRows(em: EntityManager, tables: ReadonlyMap<string, string>): Promise<string[]> {
  const rows: string[] = [];
  for (const [table, columns] of tables) {
    const found = await em.execute<{ row: string }[]>(`select row(${columns})::text as row from ${table}`);
    rows.push(...found.map(({ row }) => `${table} ${row}`));
  }
  return rows;
}

async function findColumns(em: EntityManager): Promise<Map<string, string>> {
  const found = await em.execute<{ name: string; columns: string }[]>(
    `select c.relname as name, string_agg(a.attname, ', ' order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'schema_migration'
       -- Derived; it was made anew when it came into use.
       and c.relname <> 'memory_chunk'
     group by 1`,
  );
  return new Map(found.map(({ name, columns }) => [name, columns]));
}

test('a library that grows with every version keeps all its rows, and ends like one that is made new', async () => {
  const grown = await openTestDatabase({ migrated: false });
  for (const index of migrations.keys()) {
    await fillLibrary(grown.em);
    const columns = await findColumns(grown.em);
    const before = await readRows(grown.em, columns);
    await migrateWith(grown, upTo(index + 1));
    const after = new Set(await readRows(grown.em, columns));
    expect(before.filter((row) => !after.has(row))).toEqual([]);
  }
  const made = await openTestDatabase();
  expect(await describe(grown)).toEqual(await describe(made));
});

async function describe({ em }: TestDatabase): Promise<string[]> {
  const lines = await dumpSchema(em);
  // In which files the server keeps them is its own affair.
  return lines.map((line) => (line.startsWith('relation ') ? line.replace(/\d+$/, '') : line)).toSorted();
}

/** Where the test of a migration is that belongs to a feature. */
const besideTheirFeature: Record<string, string> = {
  Migration20261121090000_note_rows_before_audit: 'main/audit/rows-before-audit.test.ts',
};

test('a migration that changes what is there has its test', () => {
  const touching = migrations.filter(({ class: Class }) => {
    // The driver is for migrations that ask the database; those here only say what is to be done.
    const migration = Reflect.construct(Class, [{}, {}]) as Migration;
    void migration.up();
    const statements = migration.getQueries().map(String);
    const own = statements.flatMap((sql) => /create table (\w+)/.exec(sql)?.slice(1) ?? []);
    const changed = statements
      // What a function or trigger will do is done to later rows.
      .filter((sql) => !/^\s*create /i.test(sql))
      .flatMap((sql) => [
        ...sql.matchAll(/(?:alter table|update|insert into|delete from|truncate)\s+(\w+)/gi),
      ])
      .map(([, table]) => String(table));
    return changed.some((table) => !own.includes(table));
  });
  for (const [name, file] of Object.entries(besideTheirFeature))
    expect(readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8')).toContain(name);
  expect(touching.map(({ name }) => name).toSorted()).toEqual(
    [...Object.keys(changes), ...Object.keys(besideTheirFeature)].toSorted(),
  );
});
