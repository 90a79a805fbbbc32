import { textsNow } from '../../shared/texts/index.ts';
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { contract } from '../../shared/ipc/contract.ts';
import type { Problem } from '../../shared/schemas/app-status.ts';
import { copyLibraryFolder } from '../backup/copy-library-folder.ts';
import { LociError } from '../errors/loci-error.ts';
import type { ExplainError } from '../ipc/wire-error.ts';
import type { Log } from '../logging/log.ts';
import type { LibraryOptions, OpenLibrary } from './library.ts';
import type { Paths } from './paths.ts';
import { firstLibraryDir, foldersBeside, foldersOf } from './library-folders.ts';
import { isNote, writeLocation } from './library-location.ts';
import { describeProblem } from './problem.ts';
import type { LibraryHandlers, LibraryListeners, Meanings } from './services.ts';
import type { StatusBoard } from './status.ts';

export interface LibraryKeeperOptions extends LibraryListeners, Omit<Meanings, 'modelDir' | 'modelsDir'> {
  readonly paths: Paths;
  readonly log: Log;
  readonly status: StatusBoard;
  readonly appVersion: string;
  /** Another app was started on the same library and left the stage to this one. */
  readonly onKnock: () => void;
  /** The library is open in another app, which has been brought to the front. */
  readonly onOpenElsewhere: () => void;
  /** Resolves once the page has been read. */
  readonly whenRead: () => Promise<void>;
  /** Resolves once there is something to see. */
  readonly whenPainted: () => Promise<void>;
}

/** Moved to a disk that is not there now, say: a new one must not be made in its place. */
class LibraryAwayError extends Error {
  readonly problem: Problem;

  constructor(folder: string) {
    super('The library is not where it was moved to');
    const texts = textsNow();
    this.problem = {
      code: 'library_away',
      title: texts.problems.moved.title,
      meaning: isNote(folder) ? texts.problems.moved.unreadable(folder) : texts.problems.moved.gone(folder),
      advice: texts.problems.moved.advice,
    };
  }
}

/** The library over the life of the app: opened, lost and found again, retried after a failure, closed. */
export interface LibraryKeeper {
  /** Starts opening; what comes of it is on the status board. Does nothing while it is open or opening. */
  open(): void;
  close(): Promise<void>;
  /** The folder it is in. */
  location(): string;
  /** Copies it there, opens the copy, and only then removes the original; rejects, and opens the original, where that fails. */
  move(to: string): Promise<void>;
  /** Throws `unavailable` while it is not open. */
  current(): OpenLibrary;
  readonly handlers: LibraryHandlers;
  readonly explain: ExplainError;
  readonly recovered: (error: unknown) => Promise<boolean>;
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
}

/** More often than this, the server is not brought back by itself. */
const lossLimit = { most: 3, withinMs: 60_000 };

/** Another Loci has the library, and answered when it was asked to show itself. */
function wasBroughtToFront(error: unknown): boolean {
  return error instanceof Error && 'knocked' in error && error.knocked === true;
}

export function manageLibrary(options: LibraryKeeperOptions): LibraryKeeper {
  const { log, paths, status } = options;
  let opening: Promise<void> | undefined;
  let opened: OpenLibrary | undefined;
  let recovering: Promise<void> | undefined;
  const losses: number[] = [];
  const abort = new AbortController();
  let libraryDir = paths.library;
  /** What is opened anew has nothing to do with the library that the call came to. */
  const outside = AsyncLocalStorage.snapshot();

  async function openThere(): Promise<void> {
    const library: LibraryOptions = {
      ...options,
      binariesDir: paths.server,
      libraryDir,
      modelDir: paths.model,
      ...foldersOf(paths.data, libraryDir),
      databaseUrl: process.env['LOCI_DATABASE_URL'],
      signal: abort.signal,
      onStage: status.opening,
    };
    await prepareFolder();
    // Starting a server is quick, and takes the processors that the first window needs; making a library is not.
    if (existsSync(path.join(libraryDir, 'postgres'))) await options.whenRead();
    const { startServer } = await import('./server.ts');
    const cluster = await startServer(library);
    // What is read next keeps the thread busy that also hands the page its files.
    await options.whenPainted();
    const { openLibrary } = await import('./library.ts');
    opened = await openLibrary(library, cluster);
    log.info('Library open');
    cluster?.onLost((why) => {
      recovering = recover(why);
    });
  }

  /** Made where it belongs; what was moved is there, or nowhere. */
  async function prepareFolder(): Promise<void> {
    if (libraryDir === firstLibraryDir(paths.data)) {
      await mkdir(libraryDir, { recursive: true, mode: 0o700 });
      return;
    }
    const isThere = await stat(path.join(libraryDir, 'postgres')).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw new LibraryAwayError(libraryDir);
  }

  async function openOnce(): Promise<void> {
    try {
      status.opening('checking');
      await openThere();
      status.ready();
    } catch (error) {
      if (abort.signal.aborted) return;
      if (wasBroughtToFront(error)) return options.onOpenElsewhere();
      log.error('The library could not be opened', error);
      status.failed(describeProblem(error));
    }
  }

  /** The server went away under us. Its data is safe: start it again, and only if that fails, say so. */
  async function recover(why: Error): Promise<void> {
    log.error('The database server stopped', why);
    const lost = opened;
    const cluster = lost?.server.cluster;
    if (!lost || !cluster || abort.signal.aborted) return;
    const now = Date.now();
    losses.push(now);
    try {
      // Something keeps killing it; starting it for ever would only hide that.
      if (losses.filter((at) => now - at < lossLimit.withinMs).length > lossLimit.most) throw why;
      status.opening('recovering');
      const before = JSON.stringify(cluster.connection);
      const lossesBefore = losses.length;
      await cluster.restart();
      log.info('The database server is back');
      // It was lost again meanwhile: that is told by the next of these.
      if (abort.signal.aborted || losses.length > lossesBefore) return;
      if (JSON.stringify(cluster.connection) === before) return status.ready();
      // It had to move to another port; the ORM's connections cannot follow, so all is opened anew.
      await giveUp(lost);
      open();
    } catch (error) {
      if (abort.signal.aborted) return;
      log.error('The database server did not come back', error);
      await giveUp(lost);
      status.failed(describeProblem(error));
    }
  }

  async function move(to: string): Promise<void> {
    const lost = opened;
    if (!lost?.server.cluster)
      throw new LociError('unavailable', 'A library on a server of your own is moved by that server.');
    const from = libraryDir;
    const beside = foldersBeside(paths.data, from);
    status.opening('moving');
    opened = undefined;
    await lost.close();
    try {
      await copyLibraryFolder({ from, to, beside, signal: abort.signal });
      libraryDir = to;
      await openThere();
      writeLocation(paths.data, to);
    } catch (error) {
      log.error('The library was not moved', error);
      await giveBack(from, to);
      throw error;
    }
    status.ready();
    log.info('The library was moved');
    for (const folder of [from, ...beside.values()])
      await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
        log.error('The library was not removed where it was before', error),
      );
  }

  /** As if nothing had been tried. */
  async function giveBack(from: string, to: string): Promise<void> {
    const copy: OpenLibrary | undefined = opened;
    if (copy) await giveUp(copy);
    // Only what was made here: of something that was there before the copying has said so, without touching it.
    if (libraryDir === to) await rm(to, { recursive: true, force: true }).catch(() => undefined);
    libraryDir = from;
    if (!abort.signal.aborted) await openOnce();
  }

  async function giveUp(lost: OpenLibrary): Promise<void> {
    opened = undefined;
    await lost.close().catch((error: unknown) => log.error('Closing the lost library failed', error));
  }

  function open(): void {
    if (opened || abort.signal.aborted) return;
    opening ??= openOnce().finally(() => {
      opening = undefined;
    });
  }

  function current(): OpenLibrary {
    if (!opened) throw new LociError('unavailable', 'The library is not open yet. Try again in a moment.');
    return opened;
  }

  return {
    open,
    async close() {
      abort.abort();
      await opening;
      await opened?.close();
      await recovering;
    },
    current,
    location: () => libraryDir,
    move(to) {
      // Whatever else begins to open it waits for this.
      const moved = outside(() => move(to));
      opening = moved
        .catch(() => undefined)
        .finally(() => {
          opening = undefined;
        });
      return moved;
    },
    explain: (error) => opened?.explain(error),
    recovered: async (error) => (await opened?.recovered(error)) ?? false,
    inContext: async (work) => (opened ? opened.inContext(work) : work()),
    handlers: forwardTo(() => current().handlers),
  };
}

/** Handlers that live as long as the app, each call going to whatever library is open when it comes. */
function forwardTo(handlers: () => LibraryHandlers): LibraryHandlers {
  const { app: _ofTheApp, capture: _ofItsWindow, ...features } = contract;
  const forwarding = Object.entries(features).map(([feature, operations]) => [
    feature,
    Object.fromEntries(
      Object.keys(operations).map((verb) => [
        verb,
        async (input: never) => {
          const open: AnyHandlers = handlers();
          return open[feature]?.[verb]?.(input);
        },
      ]),
    ),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Made of the very contract that the type is made of.
  return Object.fromEntries(forwarding) as LibraryHandlers;
}

type AnyHandlers = Readonly<Record<string, Readonly<Record<string, (input: never) => Promise<unknown>>>>>;
