import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { findBinaries } from '../postgres/binaries.ts';
import { runServerCommand } from '../postgres/server-command.ts';
import { chooseIdentity, giveToServer } from '../postgres/server-identity.ts';
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import { spawnWatched } from '../postgres/watchdog.ts';
import { connectionUrl } from './connection.ts';

/**
 * A PostgreSQL as somebody else would run it, for tests: reached by TCP with a password, with names,
 * an order of letters and habits that the bundled one does not have. What holds on both
 * holds on any server that `LOCI_DATABASE_URL` may name.
 */
export interface OtherServer {
  /** Of a role that may make databases and is no superuser: its databases have pgvector, put there by the administrator. */
  readonly url: string;
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** Names the shared server to the processes that the tests run in. */
const sharedVariable = 'LOCI_TEST_OTHER_SERVER';

/** The one of the whole run if `setup` is vitest's globalSetup; otherwise one that is started here. */
export async function openOtherServer(): Promise<OtherServer> {
  const [url, adminUrl] = process.env[sharedVariable]?.split('\n') ?? [];
  if (url === undefined || adminUrl === undefined) return startOtherServer();
  return { url, adminUrl, stop: async () => undefined };
}

/**
 * For vitest's globalSetup: what it returns is called after the last test.
 *
 * @public
 */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startOtherServer();
  process.env[sharedVariable] = `${server.url}\n${server.adminUrl}`;
  return () => server.stop();
}

/** For the processes of tests: from here on the library is on that server, unless a person named one of theirs. */
export function useOtherServer(): void {
  const [url] = process.env[sharedVariable]?.split('\n') ?? [];
  if (url === undefined)
    throw new Error('There is no other server: the tests would run on the bundled one again');
  process.env['LOCI_DATABASE_URL'] ??= url;
}

const admin = 'administrator';
const owner = 'Library Owner';
/** Characters that an address has to encode. */
const makePassword = () => `p@:/?#%+ ${randomBytes(12).toString('hex')}`;

/** Habits that a database may have and that must not be noticed. */
const habits = [
  'timezone=Asia/Kolkata',
  'datestyle=German, DMY',
  'intervalstyle=sql_standard',
  'bytea_output=escape',
  'extra_float_digits=0',
];
/** Nothing waits for the disk: a power cut may destroy what is thrown away anyway. */
const throwAway = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'shared_buffers=64MB',
  'max_connections=60',
];

async function startOtherServer(): Promise<OtherServer> {
  const dir = await mkdtemp(path.join(temporaryParent, 'loci-other-server-'));
  try {
    const passwords = { admin: makePassword(), owner: makePassword() };
    const { port, stop } = await startIn(dir, passwords.admin);
    const place = { host: '127.0.0.1', port, database: 'postgres' };
    const adminUrl = connectionUrl({ ...place, user: admin, password: passwords.admin });
    await withAdmin(adminUrl, async (client) => {
      await client.query(
        `create role ${escapeIdentifier(owner)} login createdb password ${escapeLiteral(passwords.owner)}`,
      );
    });
    // pgvector is for an administrator to allow; the other extensions Loci may add by itself.
    const template = connectionUrl({
      ...place,
      database: 'template1',
      user: admin,
      password: passwords.admin,
    });
    await withAdmin(template, (client) => client.query('create extension vector'));
    return {
      url: connectionUrl({ ...place, user: owner, password: passwords.owner }),
      adminUrl,
      async stop() {
        await stop();
        await rm(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(dir: string, password: string): Promise<{ port: number; stop(): Promise<void> }> {
  const { initdb, postgres } = await findBinaries(binariesDir);
  const dataDir = path.join(dir, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const identity = await chooseIdentity({ libraryDir: dir, dataDir });
  const passwordFile = path.join(dir, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  for (const place of [dir, dataDir, passwordFile]) await giveToServer(identity, place);

  const made = await runServerCommand(
    identity,
    [
      initdb,
      '-D',
      dataDir,
      '-U',
      admin,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=de',
      '--no-sync',
      '--no-instructions',
    ],
    { timeoutMs: 120_000 },
  );
  if (made.code !== 0) throw new Error(`initdb failed: ${made.output}`);

  const logFile = path.join(dir, 'log');
  const log = await open(logFile, 'a', 0o600);
  try {
    // The port was free a moment ago. Should somebody have taken it, the next one will do.
    for (let tries = 0; tries < 5; tries++) {
      const port = await freePort();
      const settings = [
        'listen_addresses=127.0.0.1',
        `port=${port}`,
        'unix_socket_directories=',
        ...habits,
        ...throwAway,
      ].flatMap((setting) => ['-c', setting]);
      const server = spawnWatched(identity, [postgres, '-D', dataDir, ...settings], {
        lastSignal: 'INT',
        output: log.fd,
      });
      const stop = async () => {
        const ask = setInterval(() => server.signal('INT'), 200);
        server.signal('INT');
        await server.exited;
        clearInterval(ask);
      };
      if (await answers(dataDir, () => server.running)) return { port, stop };
    }
  } finally {
    await log.close();
  }
  throw new Error(`The other server did not start: ${await readFile(logFile, 'utf8')}`);
}

/** The server itself writes into its lock file that it is ready. */
async function answers(dataDir: string, isRunning: () => boolean): Promise<boolean> {
  const lockFile = path.join(dataDir, 'postmaster.pid');
  while (isRunning()) {
    const lock = await readFile(lockFile, 'utf8').catch(() => '');
    if (lock.split('\n').at(7)?.trim() === 'ready') return true;
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function withAdmin(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
