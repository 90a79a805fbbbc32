import type { EntityManager } from '@mikro-orm/postgresql';
import { unavailable } from '../errors/loci-error.ts';

/** What the server says of itself and of the library, for the status page. */
export interface Activity {
  readonly databaseBytes: number;
  readonly startedAt: Date;
  readonly connections: number;
  /** Host and database, for a library on another server. */
  readonly where: string;
}

export async function readActivity(em: EntityManager): Promise<Activity> {
  const [row] = await em.execute<{ bytes: string; started_ms: number; connections: number; place: string }[]>(
    `select pg_database_size(current_database())::text as bytes,
            (extract(epoch from pg_postmaster_start_time()) * 1000)::float8 as started_ms,
            (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
            coalesce(host(inet_server_addr()), 'localhost') || '/' || current_database() as place`,
  );
  if (!row) throw unavailable((texts) => texts.failures.database.silent);
  return {
    databaseBytes: Number(row.bytes),
    startedAt: new Date(row.started_ms),
    connections: row.connections,
    where: row.place,
  };
}

/** Connections of any Loci to this database beside the one that asks; an idle one has none after some seconds. */
export async function countOtherConnections(em: EntityManager): Promise<number> {
  const [row] = await em.execute<{ others: number }[]>(
    `select count(*)::int as others from pg_stat_activity
     where datname = current_database() and application_name = 'loci' and backend_type = 'client backend'
       and pid <> pg_backend_pid()`,
  );
  return row?.others ?? 0;
}
