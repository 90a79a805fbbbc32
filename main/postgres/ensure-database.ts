import { DatabaseError, escapeLiteral, type Client } from 'pg';
import type { Log } from '../logging/log.ts';
import { appDatabase, appRole, maintenanceDatabase } from './access-rules.ts';
import { connectAsAdmin } from './ask-server.ts';
import { ClusterError } from './cluster-error.ts';
import type { Passwords } from './credentials.ts';
import type { Listening } from './server-settings.ts';

/** vector may be created by the administrator alone; the app's migrations find all three in place. */
const extensions = ['vector', 'pg_trgm', 'unaccent'] as const;

/**
 * The app's role, its database and the extensions, made at the first start and completed at any later one: a start
 * that was killed in between leaves nothing that would have to be mended by hand. Extensions that
 * came with an update of the app are brought to their new version here.
 */
export async function ensureDatabase(
  listening: Listening,
  passwords: Passwords | undefined,
  log: Log,
): Promise<void> {
  const client = (await connectIfThere(listening, passwords)) ?? (await createDatabase(listening, passwords));
  try {
    if (passwords) await setAppPassword(client, passwords);
    await ensureExtensions(client, log);
  } finally {
    await client.end();
  }
}

async function connectIfThere(
  listening: Listening,
  passwords: Passwords | undefined,
): Promise<Client | undefined> {
  try {
    return await connectAsAdmin(listening, passwords?.admin, appDatabase);
  } catch (error) {
    const isMissing = error instanceof DatabaseError && error.code === '3D000';
    if (isMissing) return undefined;
    throw error;
  }
}

async function createDatabase(listening: Listening, passwords: Passwords | undefined): Promise<Client> {
  const client = await connectAsAdmin(listening, passwords?.admin, maintenanceDatabase);
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [appRole]);
    if (rowCount === 0)
      await client.query(`create role ${appRole} login nosuperuser nocreatedb nocreaterole noreplication`);
    await client.query(`create database ${appDatabase} owner ${appRole}`);
    // The app has no business in the server's own databases.
    await client.query(`revoke connect, temporary on database ${maintenanceDatabase}, template1 from public`);
    await client.query(`revoke all on database ${appDatabase} from public`);
  } finally {
    await client.end();
  }
  return connectAsAdmin(listening, passwords?.admin, appDatabase);
}

/** A statement of this kind takes no parameters; the password has no character that would need quoting. */
async function setAppPassword(client: Client, { app }: Passwords): Promise<void> {
  await client.query(`alter role ${appRole} password ${escapeLiteral(app)}`);
}

export async function ensureExtensions(client: Client, log: Log): Promise<void> {
  const { rows } = await client.query<{ name: string; bundled: string; installed: string | null }>(
    `select name, default_version as bundled, installed_version as installed
       from pg_available_extensions where name = any($1)`,
    [extensions],
  );
  for (const name of extensions) {
    const found = rows.find((row) => row.name === name);
    if (!found) throw new ClusterError('binaries_missing', `the server came without the extension ${name}`);
    if (found.installed === found.bundled) continue;
    if (found.installed === null) await client.query(`create extension if not exists ${name}`);
    else if (isNewer(found.bundled, found.installed)) await client.query(`alter extension ${name} update`);
    else {
      // The library was used with a newer Loci; whether this one may go on is for its migrations to say.
      log.warn('An extension of the library is newer than the bundled one', {
        name,
        installed: found.installed,
      });
      continue;
    }
    log.info('Extension of the database set up', {
      name,
      from: found.installed,
      to: found.bundled,
    });
  }
}

const isNewer = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true }) > 0;
