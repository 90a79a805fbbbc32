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
import { textArray } from './sql-values.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

const createSession = 'Migration20261121080000_create_session';
const queueEmbeddings = 'Migration20261121110000_queue_embeddings';
const noteRunner = 'Migration20261121110100_note_who_runs_a_job';
const chooseModel = 'Migration20261121110200_choose_model';
const markMerged = 'Migration20261121120000_mark_merged_versions';
const findDuplicates = 'Migration20261121120100_find_duplicates';
const keepPastWords = 'Migration20261121120200_keep_past_words';
const weighPastWords = 'Migration20261121120300_weigh_past_words';
const keepOutOfStatistics = 'Migration20261121130200_keep_text_out_of_statistics';
const cutWords = 'Migration20261121140000_cut_words_in_every_script';
const findSpecializations = 'Migration20261121150000_find_specializations';
const keepTagsOfVersions = 'Migration20261121130400_keep_tags_of_versions';

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
  [queueEmbeddings]: async ({ em }) => {
    await addVersions(em, []);
    const [memory] = await em.execute('select * from memory');
    await em.execute(
      `insert into memory_chunk
         (id, memory_id, position, start_offset, end_offset, text_hash, model, revision, status, embedding)
       select gen_random_uuid(), id, 0, 0, 5, sha256('Plums'), 'minilm', 'r1', 'ready', array_fill(0.1::real, '{384}')::vector
       from memory`,
    );
    return async () => {
      expect(await em.execute('select * from memory')).toEqual([memory]);
      // Derived, and from before anything was found by it: made anew, for each model that comes.
      expect(await em.execute('select id from memory_chunk')).toEqual([]);
      await em.execute(`insert into embedding_model (id, name, revision, dimension) values (1, 'm', 'r', 3)`);
      await em.execute(`update memory set content = 'Ripe plums'`);
      expect(await em.execute('select memory_id, model_id from uncut_memory')).toEqual([
        { memory_id: memory?.['id'], model_id: 1 },
      ]);
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
  [chooseModel]: async ({ em }) => {
    await em.execute(
      `insert into embedding_model (id, name, revision, dimension) values (1, 'm', 'old', 2), (2, 'm', 'new', 2)`,
    );
    return async () => {
      // Until now the last one was what memories were found by.
      expect(
        await em.execute(
          'select id, in_use, is_going, used_at is not null as used from embedding_model order by id',
        ),
      ).toEqual([
        { id: 1, in_use: false, is_going: false, used: false },
        { id: 2, in_use: true, is_going: false, used: true },
      ]);
    };
  },
  [markMerged]: async ({ em }) => {
    await addVersions(em, ['Apples']);
    return async () => {
      const found = await em.execute(
        'select merged, updated_at = created_at as untouched from memory_version',
      );
      expect(found).toEqual([{ merged: false, untouched: true }]);
    };
  },
  [findDuplicates]: async ({ em }) => {
    await addVersions(em, []);
    await em.execute(
      `with model as (
         insert into embedding_model (id, name, revision, dimension) values (1, 'm', '1', 2) returning id
       ), piece as (
         insert into memory_chunk
           (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at, status)
         select gen_random_uuid(), memory.id, model.id, 0, 0, 1, 1, sha256('x'), now(), 'ready' from memory, model
         returning id, memory_id, model_id
       )
       insert into chunk_embedding (chunk_id, memory_id, model_id, embedding) select *, '[1,0]' from piece`,
    );
    return async () => {
      const found = await em.execute(
        'select q.model_id, m.content from duplicate_queue q join memory m on m.id = q.memory_id',
      );
      expect(found).toEqual([{ model_id: 1, content: 'Plums' }]);
    };
  },
  [findSpecializations]: async ({ em }) => {
    await em.execute(
      `with person as (insert into app_user (id, name) values (gen_random_uuid(), 'Ada') returning id)
       insert into specialization (id, user_id, name, description)
       select gen_random_uuid(), id, 'Gardening', 'Plums and apples' from person`,
    );
    const [row] = await em.execute<{ id: string }[]>('select * from specialization');
    return async () => {
      expect(await em.execute('select * from specialization')).toEqual([{ ...row, tags: [] }]);
      // Found by its words at once, and by its meaning as soon as there is a model.
      expect(
        await em.execute(
          `select specialization_id as id, words @@ to_tsquery('simple', 'plum:* & garden:*') as found from specialization_word`,
        ),
      ).toEqual([{ id: row?.id, found: true }]);
      expect(await em.execute('select specialization_id as id from specialization_queue')).toEqual([
        { id: row?.id },
      ]);
    };
  },
  [keepPastWords]: async ({ em }) => {
    // Of the texts that were, each once, however often something else of the memory was changed.
    await addVersions(em, ['Apples', 'Pears', 'Pears', 'Plums', 'Plums']);
    return async () => {
      const found = await em.execute(
        `select number, words::text, ended_at = '2020-01-01'::timestamptz + number * interval '1 day' as at_its_end
         from memory_past_word order by number`,
      );
      expect(found).toEqual([
        { number: 1, words: "'apples':1", at_its_end: true },
        { number: 3, words: "'pears':1", at_its_end: true },
      ]);
    };
  },
  [weighPastWords]: async ({ em }) => {
    await addVersions(em, ['Apples']);
    await em.execute('select write_past_words(array(select id from memory))');
    return async () => {
      const found = await em.execute(
        `select p.words::text, words_in(p.weights) = array[word_id('apples')] as weighed from memory_past_word p`,
      );
      expect(found).toEqual([{ words: "'apples':1", weighed: true }]);
    };
  },
  [keepOutOfStatistics]: async ({ em }) => {
    await addVersions(em, ['Apples', 'Pears']);
    const sampled = () =>
      em.execute(
        `select tablename from pg_stats where schemaname = 'public'
         and concat(most_common_vals, histogram_bounds, most_common_elems) ~* 'apples|pears'`,
      );
    await em.execute('select gather_word_counts(true)');
    await em.execute('analyze');
    expect(await sampled()).not.toEqual([]);
    return async () => {
      expect(await sampled()).toEqual([]);
      await em.execute('analyze');
      expect(await sampled()).toEqual([]);
      expect(await em.execute('select content from memory_version order by number')).toHaveLength(2);
    };
  },
  [keepTagsOfVersions]: async ({ em }) => {
    await addVersions(em, ['Apples']);
    await em.execute(`update memory_version set tags = '{fruit}'`);
    const [before] = await em.execute('select tags, updated_at from memory_version');
    return async () => {
      const found = await em.execute('select tags, tag_ids, updated_at from memory_version');
      expect(found).toEqual([{ ...before, tag_ids: null }]);
    };
  },
  [cutWords]: async ({ em }) => {
    await addVersions(em, ['Apples—“Pears”']);
    await em.execute(`update memory set title = 'Νέα', content = 'Plums… “Cherries”'`);
    await em.execute('select write_past_words(array(select id from memory))');
    await em.execute('select gather_word_counts(true)');
    return async () => {
      expect(await em.execute('select words::text from memory_word')).toEqual([
        { words: "'cherries':3 'plums':2 'νεα':1A" },
      ]);
      expect(await em.execute('select words::text, number from memory_past_word')).toEqual([
        { words: "'apples':1 'pears':2", number: 1 },
      ]);
      expect(await em.execute(`select word, documents from word where word > 'a' order by 1`)).toEqual(
        ['cherries', 'plums', 'νεα'].map((word) => ({ word, documents: 1 })),
      );
      expect(
        await em.execute(
          `select w.user_id = m.user_id as same, trashed from memory_word_weight w join memory m on m.id = w.memory_id
           where words_in(weights) @> array[word_id('cherries'), word_id('νεα')]`,
        ),
      ).toEqual([{ same: true, trashed: false }]);
    };
  },
};

/** A memory about plums, with what it was before. */
async function addVersions(em: EntityManager, contents: readonly string[]): Promise<void> {
  await em.execute(
    `with person as (
       insert into app_user (id, name) values (gen_random_uuid(), 'Ada') returning id
     ), memory as (
       insert into memory (id, user_id, content, content_hash, source, occurred_at, version)
       select gen_random_uuid(), id, 'Plums', sha256('Plums'), 'note', now(), 10 from person returning id
     )
     insert into memory_version (id, memory_id, number, content, importance, tags, cause, created_at, updated_at)
     select gen_random_uuid(), memory.id, n, content, 1, '{}', 'edit', t, t
     from memory, unnest(?::text[]) with ordinality v(content, n),
       lateral (select '2020-01-01'::timestamptz + n * interval '1 day' as t) d`,
    [textArray(contents)],
  );
}

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
       -- Derived, and made anew.
       and c.relname not in ('memory_chunk', 'memory_word', 'memory_word_weight', 'memory_past_word', 'word', 'word_change',
         'word_spelling', 'word_scale')
     group by 1`,
  );
  return new Map(found.map(({ name, columns }) => [name, columns]));
}

test(
  'a library that grows with every version keeps all its rows, and ends like one that is made new',
  { timeout: 120_000 },
  async () => {
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
  },
);

async function describe({ em }: TestDatabase): Promise<string[]> {
  const lines = await dumpSchema(em);
  // In which files the server keeps them is its own affair.
  return lines.map((line) => (line.startsWith('relation ') ? line.replace(/\d+$/, '') : line)).toSorted();
}

/** Where the test of a migration is that belongs to a feature. */
const besideTheirFeature: Record<string, string> = {
  Migration20261121090000_note_rows_before_audit: 'main/audit/rows-before-audit.test.ts',
  Migration20261121100200_keep_word_index: 'main/search/keyword-index.test.ts',
  Migration20261121130000_seal_versions: 'main/audit/rows-before-audit.test.ts',
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
        ...sql.matchAll(/(?:(?:alter|drop) table|update|insert into|delete from|truncate|perform)\s+(\w+)/gi),
      ])
      .map(([, table]) => String(table));
    return changed.some((table) => !own.includes(table));
  });
  for (const [name, file] of Object.entries(besideTheirFeature))
    expect(readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8')).toContain(name);
  const tested = [...Object.keys(changes), ...Object.keys(besideTheirFeature)];
  expect(touching.map(({ name }) => name).filter((name) => !tested.includes(name))).toEqual([]);
});
