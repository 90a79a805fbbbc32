import type { EntityManager } from '@mikro-orm/postgresql';
import { DatabaseOpenError } from './open-error.ts';

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
  const [server] = await em.execute<{ version: string }[]>(
    `select current_setting('server_version') as version`,
  );
  const postgres = server?.version.split(' ')[0] ?? '';
  if (Number.parseInt(postgres, 10) < oldestPostgres) {
    throw new DatabaseOpenError('server_too_old', `PostgreSQL ${postgres}`);
  }

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
