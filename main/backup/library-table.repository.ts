import { escapeIdentifier, type ClientBase } from 'pg';
import { migrationTable } from '../database/orm-options.ts';

export interface LibraryTable {
  readonly name: string;
  /** Each with its type; those the server computes by itself are left to it. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** The tables its rows belong to. */
  readonly parents: readonly string[];
}

/** What a table holds, in a form in which two servers can be compared. */
export interface TableContent {
  readonly rows: number;
  readonly checksum: string;
}

/** Looks at and prepares whole tables, on one connection and within the transaction that is open there. */
export class LibraryTableRepository {
  readonly #client: ClientBase;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** Beside the migrations' own; none where there is no library. A server may have tables of others in between. */
  async findTables(): Promise<LibraryTable[]> {
    const { rows } = await this.#client.query<LibraryTable>(
      `select c.relname as name,
         (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                          order by a.attnum)
          from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
         array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
               where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as parents
       from pg_class c
       where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $1
         and c.relnamespace = (select m.relnamespace from pg_class m where m.oid = to_regclass($1))
         and not exists (select from pg_depend d
                         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
       order by c.relname`,
      [migrationTable],
    );
    return rows;
  }

  async isEmpty(table: LibraryTable): Promise<boolean> {
    const { rowCount } = await this.#client.query(`select from ${escapeIdentifier(table.name)} limit 1`);
    return rowCount === 0;
  }

  /** The rows are added up, so that the order in which a server finds them does not matter. */
  async findContent(table: LibraryTable): Promise<TableContent> {
    const { rows } = await this.#client.query<{ rows: string; checksum: string }>(
      `select count(*) as rows,
         coalesce(sum(('x' || encode(substring(sha256(convert_to(row(${columnList(table)})::text, 'UTF8'))
           from 1 for 8), 'hex'))::bit(64)::bigint), 0)::text as checksum
       from ${escapeIdentifier(table.name)}`,
    );
    const [content] = rows;
    return { rows: Number(content?.rows), checksum: content?.checksum ?? '' };
  }

  /** Nobody else reads or writes there until the end of the transaction. */
  async lock(tables: readonly LibraryTable[]): Promise<void> {
    const names = tables.map(({ name }) => escapeIdentifier(name)).join(', ');
    await this.#client.query(`lock table ${names} in access exclusive mode`);
  }

  /** What triggers fill in for new rows is in the copied ones already, as it was. Foreign keys are checked all the same. */
  async setTriggers(tables: readonly LibraryTable[], state: 'enable' | 'disable'): Promise<void> {
    for (const { name } of tables)
      await this.#client.query(`alter table ${escapeIdentifier(name)} ${state} trigger user`);
  }

  /** Fresh tables have no statistics, and without them the server chooses slow ways. */
  async tidy(tables: readonly LibraryTable[]): Promise<void> {
    await this.#client.query(
      `vacuum (analyze) ${tables.map(({ name }) => escapeIdentifier(name)).join(', ')}`,
    );
  }
}

export const copySql = (table: LibraryTable) => ({
  read: `copy ${escapeIdentifier(table.name)} (${columnList(table)}) to stdout`,
  write: `copy ${escapeIdentifier(table.name)} (${columnList(table)}) from stdin`,
});

function columnList({ columns }: LibraryTable): string {
  return columns.map(({ name }) => escapeIdentifier(name)).join(', ');
}
