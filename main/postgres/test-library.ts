import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline';
import { Client } from 'pg';
import { afterAll, afterEach } from 'vitest';
import type { Log } from '../logging/log.ts';
import { adminRole } from './access-rules.ts';
import { openCluster, type Cluster, type ClusterOptions, type ClusterTuning } from './cluster.ts';
import { libraryFiles } from './library-files.ts';
import { inspectProcess } from './processes.ts';
import { binariesDir, temporaryParent } from './testing.ts';
import type { TestAppCopy } from './test-app-copy.ts';
import type { TestAppEvent, TestAppOptions } from './test-app.ts';

/** Undone after each test, the last first. */
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});
export const afterThisTest = (step: () => Promise<unknown>) => void undo.push(step);

export async function makeTemporaryDir(): Promise<string> {
  const dir = await mkdtemp(path.join(temporaryParent, 'loci-test-'));
  afterThisTest(() => rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  return dir;
}

/** What the library said to its log, for tests of what is and is not in there. */
export function listeningLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string) => void lines.push(message);
  return { info: keep, warn: keep, error: keep, lines };
}

/** Opens a library and closes it after the test, if it is still open then. */
export async function open(
  libraryDir: string,
  { tuning, ...more }: Partial<ClusterOptions> & { tuning?: ClusterTuning } = {},
): Promise<Cluster> {
  const options = { binariesDir, libraryDir, log: listeningLog(), appVersion: 'test', ...more };
  const cluster = await openCluster(options, tuning);
  afterThisTest(() => cluster.stop());
  return cluster;
}

let template: Promise<string> | undefined;
afterAll(async () => {
  if (template) await rm(await template, { recursive: true, force: true });
});

/** Sockets of servers that tests kill would stay behind in the system's own folders. */
const sockets = mkdtempSync('/tmp/loci-test-');
process.env['XDG_RUNTIME_DIR'] = sockets;
afterAll(() => rm(sockets, { recursive: true, force: true }));

/** A finished, closed library at the given place. The first in a file is made, the others are copies of it. */
export async function makeLibrary(libraryDir?: string): Promise<string> {
  template ??= (async () => {
    const dir = await mkdtemp(path.join(temporaryParent, 'loci-test-template-'));
    const cluster = await openCluster(
      { binariesDir, libraryDir: dir, log: listeningLog(), appVersion: 'test' },
      { throwAway: true },
    );
    await cluster.stop();
    return dir;
  })();
  const place = libraryDir ?? path.join(await makeTemporaryDir(), 'library');
  await mkdir(path.dirname(place), { recursive: true });
  await cp(await template, place, { recursive: true });
  return place;
}

/** One statement as the app's role. */
export async function query(cluster: Cluster, sql: string, parameters: unknown[] = []): Promise<unknown[]> {
  return queryAt({ ...cluster.connection }, sql, parameters);
}

/** One statement as the administrator. */
export async function queryAsAdmin(cluster: Cluster, sql: string): Promise<unknown[]> {
  return queryAt({ ...cluster.connection, user: adminRole }, sql, []);
}

async function queryAt(
  connection: ConstructorParameters<typeof Client>[0],
  sql: string,
  parameters: unknown[],
): Promise<unknown[]> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, parameters);
    return rows;
  } finally {
    await client.end();
  }
}

export const serverLogOf = (libraryDir: string) => readFile(libraryFiles(libraryDir).serverLog, 'utf8');

/** Waits for what must come about by itself; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

export const isGone = async (pid: number) => (await inspectProcess(pid)).state === 'gone';

/** Every process whose command line or folder has to do with the library. */
export async function processesOf(libraryDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(libraryDir)) found.push(command.replaceAll('\0', ' '));
  }
  return found;
}

export interface TestApp {
  readonly pid: number;
  /** The next event of this kind, whether it has come already or not. */
  next<K extends TestAppEvent['event']>(kind: K): Promise<Extract<TestAppEvent, { event: K }>>;
  /** Whichever comes first. */
  outcome(): Promise<Extract<TestAppEvent, { event: 'ready' | 'refused' }>>;
  send(line: 'stop' | 'restart'): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<void>;
}

const watchedLibraries = new Set<string>();

const appHere: TestAppCopy = {
  node: process.execPath,
  script: path.join(import.meta.dirname, 'test-app.ts'),
  binariesDir,
};

export interface AppCircumstances {
  /** Runs it as somebody else, or where something is forbidden. */
  readonly prefix?: readonly string[];
  readonly env?: Record<string, string>;
  /** The program itself, when not the checkout's. */
  readonly program?: TestAppCopy;
}

/** Starts an app in a process of its own. */
export function startApp(
  options: TestAppOptions,
  { prefix = [], env = {}, program = appHere }: AppCircumstances = {},
): TestApp {
  const { node, script } = program;
  const [file, ...args] = [...prefix, node, '--no-warnings', script, JSON.stringify(options)];
  const child = spawn(file, args, {
    env: { ...process.env, ...env, LOCI_POSTGRES_DIR: program.binariesDir },
    stdio: ['pipe', 'pipe', 'inherit'],
    // A group of its own, like an app started from a terminal.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const events: TestAppEvent[] = [];
  const waiting = new Set<() => void>();
  readline.createInterface(child.stdout).on('line', (line) => {
    events.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  child.stdin.on('error', () => undefined);
  // The first registered is the last undone: when all apps of the library are dead, nothing of it is left soon after.
  if (!watchedLibraries.has(options.libraryDir)) {
    watchedLibraries.add(options.libraryDir);
    afterThisTest(() => until(async () => (await processesOf(options.libraryDir)).length === 0));
  }
  afterThisTest(async () => {
    child.kill('SIGKILL');
    await ended;
  });

  async function take<T extends TestAppEvent>(isWanted: (event: TestAppEvent) => event is T): Promise<T> {
    for (;;) {
      const index = events.findIndex(isWanted);
      const [found] = index === -1 ? [] : events.splice(index, 1);
      if (found && isWanted(found)) return found;
      await new Promise<void>((resolve) => {
        const look = () => {
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    }
  }
  return {
    pid: child.pid ?? -1,
    next: (kind) =>
      take((event): event is Extract<TestAppEvent, { event: typeof kind }> => event.event === kind),
    outcome: () =>
      take((event): event is Extract<TestAppEvent, { event: 'ready' | 'refused' }> =>
        ['ready', 'refused'].includes(event.event),
      ),
    send: (line) => void child.stdin.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

export const isRoot = process.getuid?.() === 0;
