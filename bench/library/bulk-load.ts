import type { ClientBase } from 'pg';
import { type Run, withoutIndexes } from '../../main/database/without-indexes.ts';

interface ForeignKey {
  /** As SQL writes them. */
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** What follows of each memory by itself while it is written; here it is made for all of them at the end. */
const wordTrigger = 'memory_add_words';
const tables = ['session', 'document', 'memory', 'memory_version', 'memory_tag', 'audit_event'];

/**
 * Lets `work` write an empty library without what would be done row by row: foreign keys are checked and
 * indexes built at once, when it is done, and words are left to whoever calls. To be called in a
 * transaction; after it all is as it was.
 */
export async function loadInBulk<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  const run: Run = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname`,
  );
  for (const { table, name } of rows) await run(`alter table ${table} drop constraint ${name}`);
  await run(`alter table memory disable trigger ${wordTrigger}`);
  const result = await withoutIndexes(run, tables, work);
  await run(`alter table memory enable trigger ${wordTrigger}`);
  for (const { table, name, definition } of rows)
    await run(`alter table ${table} add constraint ${name} ${definition}`);
  return result;
}
