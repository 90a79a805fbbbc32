import type { MigrationObject } from '@mikro-orm/core';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import type { Log } from '../logging/log.ts';
import { migrations } from '../../migrations/index.ts';
import { databaseName, type DatabaseConnection } from './connection.ts';
import { entities } from './entities.ts';
import { releaseWhenBroken } from './release-broken-client.ts';

export type OrmOptions = Options;

export interface OrmOptionsInput {
  readonly connection: DatabaseConnection;
  readonly log: Log;
  /** Connections at once. The bundled server allows 20 in all, for this pool, its supervisor and a tool. */
  readonly poolSize?: number;
  /** Others than the library's own are for tests of this folder. */
  readonly entities?: OrmOptions['entities'];
  readonly migrations?: readonly MigrationObject[];
}

/** Remembers which migrations a library has seen. */
export const migrationTable = 'schema_migration';

/**
 * The index of words, of now and of then, and what was found of duplicates: triggers keep them and statements of their
 * own read them (see main/search).
 */
export const tablesWithoutEntities = [
  'duplicate_pair',
  'duplicate_queue',
  'memory_past_word',
  'memory_word',
  'memory_word_weight',
  'specialization_meaning',
  'specialization_queue',
  'specialization_word',
  'word',
  'word_change',
  'word_scale',
  'word_spelling',
];

/** Said on each new connection, because another server may have other habits. */
const sessionSettings = [
  // Days in queries begin where the stored times say, not where the server stands.
  `set timezone to 'UTC'`,
  // The only form the driver reads times in.
  `set datestyle to 'ISO'`,
  `set intervalstyle to 'postgres'`,
  // The audit hashes how numbers and bytes are written, so that must be the same everywhere; with fewer
  // digits some numbers would also be lost.
  'set extra_float_digits to 1',
  `set bytea_output to 'hex'`,
  // The ORM puts values into the text of a query, where a backslash must be a backslash.
  'set standard_conforming_strings to on',
  // Where it is off, what is missing in a list is read as the word for it.
  'set array_nulls to on',
  // What runs meanwhile is seen by the next statement: locks are taken and looked behind in this order.
  `set default_transaction_isolation to 'read committed'`,
  // Nobody waits for ever for a row that something else holds.
  `set lock_timeout to '15s'`,
  // What does not pass the filter of a search is no reason to find less. Known to pgvector from 0.8 on.
  `set hnsw.iterative_scan to 'relaxed_order'`,
  // More than the pieces a search asks the index for, or it goes through it twice. Recall@10 of 0.99 on 100,000 sentences;
  // 256 takes a third longer for a few thousandths more, the default of 40 finds less.
  'set hnsw.ef_search to 208',
  // Libraries lie on solid-state disks and mostly in memory; the default is for ones that turn.
  `set random_page_cost to 1.1`,
].join(';');

/** Every option of the ORM, for the app, its tests and the command line alike. */
export function ormOptions(input: OrmOptionsInput): OrmOptions {
  const { connection, log } = input;
  return defineConfig({
    entities: input.entities ?? entities,
    dbName: databaseName(connection),
    pool: { min: 0, max: input.poolSize ?? 8 },
    driverOptions: {
      ...driverConnection(connection),
      application_name: 'loci',
      // Also the time to wait for a free connection of the pool.
      connectionTimeoutMillis: 15_000,
      async onConnect(client: PoolClient) {
        await client.query(sessionSettings);
        releaseWhenBroken(client);
      },
    },
    migrations: {
      tableName: migrationTable,
      migrationsList: [...(input.migrations ?? migrations)],
      transactional: true,
      allOrNothing: true,
      // A snapshot would be a file to read and write; the database itself says what it is like.
      snapshot: false,
      // Progress is told by orm.ts, to our log.
      silent: true,
    },
    // Triggers and functions are in migrations alone: the ORM would want to make them itself.
    schemaGenerator: { ignoreTriggers: true, ignoreRoutines: true, skipTables: tablesWithoutEntities },
    // A server that was given to us has its database; making one would need more rights than we ask for.
    ensureDatabase: false,
    forceUtcTimezone: true,
    validateRequired: true,
    // A query outside of a request or transaction would share its identity map with all others.
    allowGlobalContext: false,
    // Values stand in the text of a query, and they are what a person wrote: never log queries.
    debug: false,
    colors: false,
    logger: (message) => log.info(message),
  });
}

function driverConnection(connection: DatabaseConnection): object {
  // The driver reads the URL itself, because it knows `sslmode` and the like.
  if ('url' in connection) return { connectionString: connection.url };
  const { database: _inDbName, ...rest } = connection;
  // The bundled server has no TLS; PGSSLMODE in somebody's environment must not ask it for some.
  return { ...rest, ssl: false };
}
