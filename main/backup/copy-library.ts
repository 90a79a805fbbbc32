import type { PoolClient } from 'pg';
import { copyRows } from '../database/copy-rows.ts';
import { DatabaseOpenError, withoutValues } from '../database/open-error.ts';
import type { Database } from '../database/orm.ts';
import { withClient } from '../database/with-client.ts';
import { toLociError } from '../errors/database-error.ts';
import { CopyLibraryError } from './copy-library-error.ts';
import {
  copySql,
  LibraryTableRepository,
  type LibraryTable,
  type TableContent,
} from './library-table.repository.ts';

export interface CopyLibraryOptions {
  readonly from: Database;
  /** Holds no library yet, or one in which nobody has ever been. */
  readonly to: Database;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
}

export interface CopyProgress {
  /** First all is read for its checksums, then copied, then read again on the other side. */
  readonly step: 'reading' | 'copying' | 'checking';
  readonly table: string;
  readonly rows: number;
  /** Zero while they are being counted. */
  readonly totalRows: number;
}

/**
 * Copies a whole library from one PostgreSQL to another, in whichever versions: as it is at one moment,
 * every row as it is, and compared afterwards. All of it is there in the end or nothing; the
 * original is only read.
 *
 * @returns how many rows each table has
 */
export async function copyLibrary(options: CopyLibraryOptions): Promise<Readonly<Record<string, number>>> {
  const { from, to, signal } = options;
  try {
    await requireCurrent(from);
    await withClient(to, signal, async (client) => {
      const tables = new LibraryTableRepository(client);
      await requireEmpty(tables, await tables.findTables());
    });
    await to.migrate();
    return await withClient(from, signal, (source) =>
      withClient(to, signal, (target) => copyAll(source, target, options)),
    );
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof CopyLibraryError || error instanceof DatabaseOpenError) throw error;
    const meaning = toLociError(error);
    throw new CopyLibraryError('copy_failed', withoutValues(error), {
      cause: error,
      advice: meaning?.message,
    });
  }
}

async function copyAll(
  source: PoolClient,
  target: PoolClient,
  options: CopyLibraryOptions,
): Promise<Record<string, number>> {
  const original = new LibraryTableRepository(source);
  const copy = new LibraryTableRepository(target);
  // One moment for all tables, whatever happens meanwhile.
  await source.query('begin isolation level repeatable read, read only');
  // A server may have limits meant for queries.
  const withoutLimits =
    'set local statement_timeout to 0; set local idle_in_transaction_session_timeout to 0';
  await source.query(withoutLimits);
  await target.query('begin isolation level read committed');
  await target.query(withoutLimits);
  // What is only checked at the end would stand in the way of the triggers' return.
  await target.query('set constraints all immediate');

  const tables = inOrderOfKeys(matching(await original.findTables(), await copy.findTables()));
  await copy.lock(tables);
  await requireEmpty(copy, tables);
  const contents = await readContents(original, tables, (table) =>
    options.onProgress?.({ step: 'reading', table, rows: 0, totalRows: 0 }),
  );
  const totalRows = [...contents.values()].reduce((sum, { rows }) => sum + rows, 0);

  await copy.setTriggers(tables, 'disable');
  let rows = 0;
  for (const table of tables) {
    await copyRows({
      from: source,
      to: target,
      ...copySql(table),
      onRows(count) {
        rows += count;
        options.onProgress?.({ step: 'copying', table: table.name, rows, totalRows });
      },
    });
  }
  await copy.setTriggers(tables, 'enable');

  const copied = await readContents(copy, tables, (table) =>
    options.onProgress?.({ step: 'checking', table, rows, totalRows }),
  );
  const different = tables.filter(({ name }) => !isSame(contents.get(name), copied.get(name)));
  if (different.length > 0)
    throw new CopyLibraryError('copy_differs', different.map(({ name }) => name).join(', '));
  await target.query('commit');
  await source.query('commit');
  // The copy holds; this only makes it quick from the start.
  await copy.tidy(tables).catch(() => undefined);
  return Object.fromEntries([...copied].map(([name, content]) => [name, content.rows]));
}

async function requireCurrent(from: Database): Promise<void> {
  const pending = await from.pendingMigrations();
  if (pending.length === 0) return;
  const applied = await withClient(from, undefined, (client) =>
    new LibraryTableRepository(client).findTables(),
  );
  throw new CopyLibraryError(applied.length === 0 ? 'no_library' : 'library_old', pending.join(', '));
}

async function requireEmpty(
  repository: LibraryTableRepository,
  tables: readonly LibraryTable[],
): Promise<void> {
  for (const table of tables) {
    // Somebody else's tables in the same database are none of our business, and nobody else's are called so.
    if (!(await repository.isEmpty(table))) throw new CopyLibraryError('place_taken', table.name);
  }
}

/** The tables of the library: the migrations have made them on both sides, and anything else on one only. */
function matching(originals: readonly LibraryTable[], copies: readonly LibraryTable[]): LibraryTable[] {
  const written = ({ columns }: LibraryTable) =>
    columns
      .map(({ name, type }) => `${name} ${type}`)
      .toSorted()
      .join();
  return originals.filter((table) => {
    const copy = copies.find(({ name }) => name === table.name);
    if (copy && written(copy) !== written(table)) throw new CopyLibraryError('tables_differ', table.name);
    return copy !== undefined;
  });
}

/** A row comes after those it belongs to. */
function inOrderOfKeys(tables: readonly LibraryTable[]): LibraryTable[] {
  const ordered: LibraryTable[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const next = [...waiting].find(
      ({ parents }) => ![...waiting].some((other) => parents.includes(other.name)),
    );
    if (!next) throw new Error('There are tables that belong to each other');
    ordered.push(next);
    waiting.delete(next);
  }
  return ordered;
}

async function readContents(
  repository: LibraryTableRepository,
  tables: readonly LibraryTable[],
  onTable: (name: string) => void,
): Promise<Map<string, TableContent>> {
  const contents = new Map<string, TableContent>();
  for (const table of tables) {
    onTable(table.name);
    contents.set(table.name, await repository.findContent(table));
  }
  return contents;
}

function isSame(one: TableContent | undefined, other: TableContent | undefined): boolean {
  return one !== undefined && one.rows === other?.rows && one.checksum === other.checksum;
}
