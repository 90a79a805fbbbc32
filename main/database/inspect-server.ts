import type { EntityManager } from '@mikro-orm/postgresql';
import { DatabaseOpenError } from './open-error.ts';
import { tablesWithoutEntities } from './orm-options.ts';
import { textArray } from './sql-values.ts';

export interface ServerVersions {
  readonly postgres: string;
  readonly pgvector: string;
}

/** pgvector for meanings, pg_trgm for mistyped words, unaccent for words typed without their accents. */
const extensionNames = ['vector', 'pg_trgm', 'unaccent'];
const oldestPostgres = 15;
/** The first that goes on looking when a filter leaves too few results (`hnsw.iterative_scan`). */
const oldestPgvector = [0, 8] as const;

interface ExtensionRow {
  readonly name: string;
  /** What is installed in this database, or would be. */
  readonly version: string;
}

/** Asks the server what it is; throws when a library cannot live there. Changes nothing. */
export async function inspectServer(em: EntityManager): Promise<ServerVersions> {
  const [server] = await em.execute<
    { version: string; encoding: string; lower_case: string; read_only: boolean }[]
  >(
    `select current_setting('server_version') as version,
            current_setting('server_encoding') as encoding,
            lower('IÄÉΩЖ') as lower_case,
            pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only`,
  );
  const postgres = server?.version.split(' ')[0] ?? '';
  if (Number.parseInt(postgres, 10) < oldestPostgres) {
    throw new DatabaseOpenError('server_too_old', `PostgreSQL ${postgres}`);
  }
  if (server?.encoding !== 'UTF8') throw new DatabaseOpenError('encoding_wrong', String(server?.encoding));
  // Tags and names are unique whether in capitals or not; some locales know only A to Z, some have an I of their own.
  if (server.lower_case !== 'iäéωж') throw new DatabaseOpenError('letters_unknown', server.lower_case);
  if (server.read_only) throw new DatabaseOpenError('database_read_only', 'read only');

  const extensions = await em.execute<ExtensionRow[]>(
    `select name, coalesce(installed_version, default_version) as version
     from pg_available_extensions where name in (?)`,
    [extensionNames],
  );
  const missing = extensionNames.filter((name) => !extensions.some((extension) => extension.name === name));
  if (missing.length > 0) throw new DatabaseOpenError('extension_missing', missing.join(', '));

  const pgvector = extensions.find((extension) => extension.name === 'vector')?.version ?? '';
  const [major = 0, minor = 0] = pgvector.split('.').map(Number);
  if (major < oldestPgvector[0] || (major === oldestPgvector[0] && minor < oldestPgvector[1])) {
    throw new DatabaseOpenError('server_too_old', `pgvector ${pgvector}`);
  }
  return { postgres, pgvector };
}

/** Throws when the library is there but not for us to work in, as when an administrator has put it there. */
export async function inspectRights(em: EntityManager): Promise<void> {
  const entities = [...em.getMetadata().getAll().values()].map((entity) => entity.tableName);
  const tables = [...entities, ...tablesWithoutEntities];
  const closed = await em.execute<{ name: string }[]>(
    `select name from unnest(?::text[]) as name, to_regclass(quote_ident(name)) as place
     where not (has_table_privilege(place, 'select') and has_table_privilege(place, 'insert')
       and has_table_privilege(place, 'update') and has_table_privilege(place, 'delete'))`,
    [textArray(tables)],
  );
  if (closed.length > 0)
    throw new DatabaseOpenError('rights_missing', closed.map(({ name }) => name).join(', '));
}
