/** Runs one statement of the transaction that the work is done in. */
export type Run = (sql: string) => Promise<readonly object[]>;

interface Index {
  readonly name: string;
  readonly definition: string;
  /** Of columns of the index that no statistics are to be gathered of, or more than usual. */
  readonly targets: readonly { readonly column: number; readonly target: number }[];
}

/**
 * Takes the indexes of tables away while much is written to them, and builds them when it is done: at
 * once costs a fraction of row by row. Keys stay, for what is looked up meanwhile. To be called in a
 * transaction; after it they are as they were.
 */
export async function withoutIndexes<T>(
  run: Run,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Its columns are those of the query.
  const indexes = (await run(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition,
       (select coalesce(json_agg(json_build_object('column', attnum, 'target', attstattarget)), '[]')
        from pg_attribute where attrelid = i.indexrelid and attstattarget >= 0) as targets
     from pg_index i
     where i.indrelid = any(array[${tables.map((table) => `'${table}'`).join(', ')}]::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
     order by 1`,
  )) as readonly Index[];
  for (const { name } of indexes) await run(`drop index ${name}`);
  const result = await work();
  for (const { name, definition, targets } of indexes) {
    await run(definition);
    for (const { column, target } of targets)
      await run(`alter index ${name} alter column ${column} set statistics ${target}`);
  }
  return result;
}
