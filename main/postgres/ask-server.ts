import { Client, type ClientConfig } from 'pg';
import { adminRole, maintenanceDatabase } from './access-rules.ts';
import type { Listening } from './server-settings.ts';

/** A server that listens but never says a word is a stranger or hangs; ours answers in milliseconds. */
const answerTimeoutMs = 5_000;

export interface ServerFacts {
  readonly systemIdentifier: string;
  readonly dataDir: string;
  readonly version: string;
  readonly startedAt: Date;
  /** What the start that made it was given; undefined if it was not us. */
  readonly startedWith: string | undefined;
}

export type Answer =
  /** Nobody is there. */
  | { readonly state: 'none' }
  /** Somebody is there who does not know us, or is no Postgres. */
  | { readonly state: 'stranger'; readonly reason: string }
  /** A Postgres that is starting, recovering or stopping: to be waited for, never to be killed. */
  | { readonly state: 'not_yet'; readonly reason: string }
  | { readonly state: 'ready'; readonly facts: ServerFacts };

/** Where and as whom; every field is given, because `pg` would fill gaps from PG* variables of the environment. */
export function clientConfig(
  listening: Listening,
  login: { user: string; password: string | undefined; database: string },
): ClientConfig {
  return {
    host: hostOf(listening),
    port: listening.port,
    user: login.user,
    // Never asked for on a socket; a value keeps `pg` from looking for one in files.
    password: login.password ?? 'none',
    database: login.database,
    ssl: false,
    application_name: 'loci supervisor',
    options: '-c client_min_messages=error',
    client_encoding: 'UTF8',
    connectionTimeoutMillis: answerTimeoutMs,
  };
}

export const hostOf = (listening: Listening) => (listening.by === 'socket' ? listening.dir : '127.0.0.1');

export async function connectAsAdmin(
  listening: Listening,
  password: string | undefined,
  database: string,
): Promise<Client> {
  const client = new Client(clientConfig(listening, { user: adminRole, password, database }));
  // A server that goes away while nobody asks is noticed elsewhere; unhandled, it would end the app.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The question of readiness, put to the server itself. */
export async function askServer(listening: Listening, password: string | undefined): Promise<Answer> {
  let client: Client;
  try {
    client = await connectAsAdmin(listening, password, maintenanceDatabase);
  } catch (error) {
    return answerOfFailure(error);
  }
  try {
    return { state: 'ready', facts: await readFacts(client) };
  } catch (error) {
    return answerOfFailure(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function readFacts(client: Client): Promise<ServerFacts> {
  const { rows } = await client.query<{
    system: string;
    dir: string;
    version: string;
    started_at: Date;
    started_with: string | null;
  }>(`
    select system_identifier::text as system,
           current_setting('data_directory') as dir,
           current_setting('server_version') as version,
           pg_postmaster_start_time() as started_at,
           current_setting('loci.started_with', true) as started_with
      from pg_control_system()`);
  const [row] = rows;
  if (!row) throw new Error('the server told nothing about itself');
  return {
    systemIdentifier: row.system,
    dataDir: row.dir,
    version: row.version,
    startedAt: row.started_at,
    startedWith: row.started_with ?? undefined,
  };
}

/** Codes of Postgres and of the system, told from any other error by what they mean for the question. */
function answerOfFailure(error: unknown): Answer {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error ? error.message || code : String(error);
  // 57P03 cannot_connect_now; 57P01-2 it is being shut down; 53300 it is ours or not, but full for now.
  if (['57P03', '57P01', '57P02', '53300'].includes(code)) return { state: 'not_yet', reason };
  // EACCES and ENOTSOCK: there is something at the path, but not a server of ours.
  if (['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'EACCES'].includes(code)) return { state: 'none' };
  // The connection broke: it is going down, or just came up. Asked again, it says which.
  if (['ECONNRESET', 'EPIPE', 'EAGAIN'].includes(code)) return { state: 'not_yet', reason };
  return { state: 'stranger', reason };
}
