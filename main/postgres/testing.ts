import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { silentLog } from '../logging/log.ts';
import { adminRole, appDatabase, appRole, maintenanceDatabase } from './access-rules.ts';
import { openCluster, type ServerConnection } from './cluster.ts';

/** The server that set-up assembled; tests run in the root of the project. */
export const binariesDir = process.env['LOCI_POSTGRES_DIR'] ?? path.join(process.cwd(), 'build', 'postgres');

/**
 * Where tests put their libraries: in memory where there is plenty, because a machine that builds and tests at
 * once makes every wait for the disk seconds long. Nothing but a power cut could tell the difference.
 */
export const temporaryParent = hasRoom('/dev/shm') ? '/dev/shm' : os.tmpdir();

function hasRoom(dir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize > 4 * 1024 ** 3;
  } catch {
    return false;
  }
}

/** A real server in a temporary folder, for tests alone: it does not wait for the disk. */
export interface TestCluster {
  /** As superuser, to the server's own database: for what the app's role may not do. */
  readonly admin: ServerConnection;
  /** An empty database of its own, with the extensions, for the app's role. Costs some 30 ms. */
  createDatabase(): Promise<ServerConnection>;
  stop(): Promise<void>;
}

/** Names the shared server to the processes that the tests run in. */
const sharedVariable = 'LOCI_TEST_SERVER';

/** The server shared by the whole run if `setup` is vitest's globalSetup; otherwise one that is started here. */
export async function openTestCluster(): Promise<TestCluster> {
  const shared = process.env[sharedVariable];
  if (shared === undefined) return startTestCluster();
  const [host = '', port = ''] = shared.split('\n');
  return clusterAt(host, Number(port), async () => undefined);
}

/**
 * For vitest's globalSetup: what it returns is called after the last test.
 *
 * @public
 */
export async function setup(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  process.env[sharedVariable] = `${cluster.admin.host}\n${cluster.admin.port}`;
  return () => cluster.stop();
}

async function startTestCluster(): Promise<TestCluster> {
  const libraryDir = await mkdtemp(path.join(temporaryParent, 'loci-test-server-'));
  const cluster = await openCluster(
    { binariesDir, libraryDir, log: silentLog, appVersion: 'test' },
    { throwAway: true },
  );
  const { host, port } = cluster.connection;
  return clusterAt(host, port, async () => {
    await cluster.stop();
    await rm(libraryDir, { recursive: true, force: true });
  });
}

function clusterAt(host: string, port: number, stop: () => Promise<void>): TestCluster {
  const admin = { host, port, user: adminRole, database: maintenanceDatabase };
  return {
    admin,
    async createDatabase() {
      const database = `test_${randomBytes(6).toString('hex')}`;
      const client = new Client(admin);
      await client.connect();
      try {
        // Nothing ever connects to the app's own database here, so it can be copied at any time.
        await client.query(`create database ${database} template ${appDatabase} owner ${appRole}`);
      } finally {
        await client.end();
      }
      return { host, port, user: appRole, database };
    },
    stop,
  };
}
