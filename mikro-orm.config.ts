import { type OrmOptions, ormOptions } from './main/database/orm-options.ts';
import { MigrationFileGenerator } from './main/database/migration-file-generator.ts';
import { silentLog } from './main/logging/log.ts';

/**
 * For MikroORM's own command line, which works on the database in LOCI_DATABASE_URL.
 * `npm run migration:create` and `migration:check` start one for it.
 */
const url = process.env['LOCI_DATABASE_URL'];
if (url === undefined) throw new Error('LOCI_DATABASE_URL names no database');

const options = ormOptions({ connection: { url }, log: silentLog });
const config: OrmOptions = {
  ...options,
  migrations: { ...options.migrations, generator: MigrationFileGenerator },
};
export default config;
