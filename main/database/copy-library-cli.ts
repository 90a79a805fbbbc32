import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { problem } from '../../shared/schemas/app-status.ts';
import { copyLibrary, type CopyProgress } from '../backup/copy-library.ts';
import { CopyLibraryError } from '../backup/copy-library-error.ts';
import { usualDataDir } from '../backup/usual-data-dir.ts';
import { silentLog } from '../logging/log.ts';
import { openCluster } from '../postgres/cluster.ts';
import { libraryFiles } from '../postgres/library-files.ts';
import { countOtherConnections } from './activity.ts';
import type { DatabaseConnection } from './connection.ts';
import { openDatabase, type Database } from './orm.ts';

const usage = `Copies your library to another PostgreSQL, or from one back to this computer.
Quit Loci first. Nothing is ever overwritten, and the original stays as it is.

  npm run library:copy -- --to postgresql://user:password@host:5432/database
  npm run library:copy -- --from postgresql://user:password@host:5432/database
`;

export interface Surroundings {
  readonly libraryDir: string;
  readonly binariesDir: string;
  /** Takes one line. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  return copyByCommand(args, {
    libraryDir: path.join(usualDataDir(), 'library'),
    binariesDir: path.join(import.meta.dirname, '..', '..', 'build', 'postgres'),
    say: (line) => void process.stdout.write(`${line}\n`),
    signal: stop.signal,
  });
}

export async function copyByCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { say, signal } = surroundings;
  const direction = readArguments(args);
  if (!direction) {
    say(usage);
    return 2;
  }
  try {
    await copyBetween(direction, surroundings);
    return 0;
  } catch (error) {
    if (signal.aborted) {
      say('✗ Stopped. Nothing was copied.');
      return 130;
    }
    const told = problem.safeParse(error instanceof Error && 'problem' in error ? error.problem : undefined);
    if (!told.success) throw error;
    const { title, meaning, advice } = told.data;
    say(`✗ ${title}\n  ${meaning}\n  ${advice}`);
    return 1;
  }
}

type Direction = { readonly to: string } | { readonly from: string };

function readArguments(args: readonly string[]): Direction | undefined {
  try {
    const options = { to: { type: 'string' }, from: { type: 'string' } } as const;
    const { to, from } = parseArgs({ args: [...args], options }).values;
    if (to !== undefined && from === undefined) return { to };
    if (from !== undefined && to === undefined) return { from };
  } catch {
    // An option there is not: the usage says which there are.
  }
  return undefined;
}

async function copyBetween(direction: Direction, surroundings: Surroundings): Promise<void> {
  const { libraryDir, binariesDir, say, signal } = surroundings;
  const isSending = 'to' in direction;
  const address = isSending ? direction.to : direction.from;
  if (isSending && !existsSync(libraryFiles(libraryDir).dataDir))
    throw new CopyLibraryError('no_library', libraryDir);
  const cleanUp: (() => Promise<void>)[] = [];
  const open = async (connection: DatabaseConnection): Promise<Database> => {
    const database = await openDatabase({ connection, log: silentLog, poolSize: 2 });
    cleanUp.push(() => database.close());
    // So far one question at a time was asked, on one connection: any other is somebody else's.
    const others = await countLastingConnections(database);
    if (others > 0) throw new CopyLibraryError('library_in_use', `${others} connections`);
    return database;
  };
  try {
    // First, because a mistake in an address shows at once.
    const there = await open({ url: address });
    const cluster = await openCluster({
      libraryDir,
      binariesDir,
      log: silentLog,
      appVersion: 'library:copy',
      signal,
    });
    cleanUp.push(() => cluster.stop());
    const here = await open(cluster.connection);
    const [from, to] = isSending ? [here, there] : [there, here];
    const copied = await copyLibrary({ from, to, signal, onProgress: inLines(say) });
    say(`✓ Copied and compared, row for row: ${wordsFor(copied)}.`);
    say(
      isSending
        ? '  Start Loci with LOCI_DATABASE_URL set to that address. The library on this computer is still there.'
        : `  It is in ${libraryDir} now: start Loci without LOCI_DATABASE_URL. The one on the server is still there.`,
    );
  } finally {
    for (const step of cleanUp.toReversed()) await step();
  }
}

/** A line for each step and each tenth of the way. */
function inLines(say: (line: string) => void): (progress: CopyProgress) => void {
  let last = '';
  return ({ step, rows, totalRows }) => {
    const tenth = Math.floor((rows / Math.max(totalRows, 1)) * 10) * 10;
    const line = { reading: '• reading', copying: `• copying ${tenth} %`, checking: '• comparing' }[step];
    if (line !== last) say(line);
    last = line;
  };
}

function wordsFor(copied: Readonly<Record<string, number>>): string {
  const rows = Object.values(copied).reduce((sum, count) => sum + count, 0);
  const { memory = 0 } = copied;
  return `${memory.toLocaleString('en')} memories, ${rows.toLocaleString('en')} rows in all`;
}

/** Whoever quit Loci a moment ago is not at work with it any more: the server takes its time to say good-bye. */
async function countLastingConnections({ orm }: Database): Promise<number> {
  for (let looksLeft = 10; ; looksLeft--) {
    const others = await countOtherConnections(orm.em.fork());
    if (others === 0 || looksLeft === 0) return others;
    await setTimeout(200);
  }
}
