import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog } from '../logging/log.ts';
import { openTestCluster } from '../postgres/testing.ts';
import { connectionUrl } from './connection.ts';
import { openDatabase } from './orm.ts';

/**
 * Runs a command of MikroORM's CLI (`create --name verb_object`, `check`) on a throw-away database
 * with every migration applied, so that it compares the entities with what the migrations make.
 *
 * @returns the exit code
 */
export async function run([command = '', ...args]: readonly string[]): Promise<number> {
  const cluster = await openTestCluster();
  try {
    const connection = await cluster.createDatabase();
    const database = await openDatabase({ connection, log: silentLog });
    await database.migrate();
    await database.close();
    const root = path.join(import.meta.dirname, '../..');
    const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('@mikro-orm/cli')));
    const config = path.join(root, 'mikro-orm.config.ts');
    const child = spawn(process.execPath, [cli, `migration:${command}`, ...args, '--config', config], {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        LOCI_DATABASE_URL: connectionUrl(connection),
        // Node reads TypeScript by itself; the CLI would look for a loader and complain that there is none.
        MIKRO_ORM_CLI_PREFER_TS: '0',
      },
    });
    const [exitCode] = await once(child, 'exit');
    return typeof exitCode === 'number' ? exitCode : 1;
  } finally {
    await cluster.stop();
  }
}
