import { Migrator } from '@mikro-orm/migrations';
import type { EntityManager } from '@mikro-orm/postgresql';
import { toLociError } from '../errors/database-error.ts';
import type { Log } from '../logging/log.ts';
import { DatabaseOpenError, withoutValues, type OpenErrorCode } from './open-error.ts';
import { migrationTable } from './orm-options.ts';

/** Any number, but ours: who migrates holds this lock until the end of the transaction. */
const migrationLock = 1_819_239_273;

/** What this app would still have to apply, in order. Throws for a library that a newer app has updated. */
export async function pendingMigrations(em: EntityManager): Promise<string[]> {
  const known = (em.config.get('migrations').migrationsList ?? []).map((migration) => migration.name ?? '');
  const applied = await appliedMigrations(em);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new DatabaseOpenError('library_newer', unknown.join(', '));
  return known.filter((name) => !applied.includes(name));
}

/** Reads the table itself: the migrator would create it, and looking must change nothing. */
async function appliedMigrations(em: EntityManager): Promise<string[]> {
  const [found] = await em.execute<{ exists: boolean }[]>('select to_regclass(?) is not null as exists', [
    migrationTable,
  ]);
  if (!found?.exists) return [];
  const rows = await em.execute<{ name: string }[]>('select name from ?? order by id', [migrationTable]);
  return rows.map((row) => row.name);
}

/**
 * One transaction around everything, the migrator's own table included: what fails leaves no trace.
 * The advisory lock ends with the transaction, so that a killed app cannot keep it.
 */
export async function migrate(em: EntityManager, log: Log): Promise<string[]> {
  let current = 'before the first';
  try {
    return await em.transactional(async (tx) => {
      // The other app may be moving a large library.
      await tx.execute(`set local lock_timeout to '1h'`);
      // A server may have limits meant for queries.
      await tx.execute('set local statement_timeout to 0');
      await tx.execute('set local idle_in_transaction_session_timeout to 0');
      await tx.execute('select pg_advisory_xact_lock(?)', [migrationLock]);
      // The one we waited for may have been newer.
      const pending = await pendingMigrations(tx);
      if (pending.length === 0) return [];

      const transaction = tx.getTransactionContext();
      const migrator = new Migrator(tx);
      migrator.getStorage().setMasterMigration(transaction);
      migrator.on('migrating', ({ name }) => {
        current = name;
        log.info('Updating the library', { migration: name });
      });
      const applied = await migrator.up({ transaction });
      return applied.map(({ name }) => name);
    });
  } catch (error) {
    if (error instanceof DatabaseOpenError) throw error;
    const meaning = toLociError(error);
    throw new DatabaseOpenError(codeOf(error), `${current}: ${withoutValues(error)}`, {
      cause: error,
      // A full disk or a lost server is no fault of the new version.
      advice:
        codeOf(error) === 'update_failed' && meaning?.code === 'unavailable' ? meaning.message : undefined,
    });
  }
}

function codeOf(error: unknown): OpenErrorCode {
  if (!(error instanceof Error)) return 'update_failed';
  const code: unknown = Reflect.get(error, 'code');
  // No schema in which we may do anything.
  if (code === '3F000') return 'rights_missing';
  if (code !== '42501') return 'update_failed';
  // The words depend on the language of the server; where in the server it was refused does not.
  return Reflect.get(error, 'routine') === 'execute_extension_script'
    ? 'extension_forbidden'
    : 'rights_missing';
}
