import type { OpeningStage } from '../../shared/schemas/app-status.ts';
import { isServerBack } from '../database/lost-connection.ts';
import { toLociError } from '../errors/database-error.ts';
import type { ExplainError } from '../ipc/wire-error.ts';
import type { Log } from '../logging/log.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { openLibraryDatabase, type LibraryServer } from './library-database.ts';
import {
  composeServices,
  type Folders,
  type LibraryListeners,
  type Meanings,
  type Services,
} from './services.ts';

/** Where the library is and how opening it is told. */
export interface OpeningOptions {
  readonly binariesDir: string;
  readonly libraryDir: string;
  /** Another PostgreSQL to keep the library on, instead of the bundled one. */
  readonly databaseUrl: string | undefined;
  readonly appVersion: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onStage: (stage: OpeningStage) => void;
  readonly onKnock: () => void;
}

export interface LibraryOptions extends OpeningOptions, LibraryListeners, Meanings, Folders {}

/** A library that is open: the server behind it and the services on it. */
export interface OpenLibrary extends Omit<Services, 'close'> {
  readonly server: LibraryServer;
  readonly explain: ExplainError;
  /** After a query failed: waits for a server that was lost, true when it is back. */
  readonly recovered: (error: unknown) => Promise<boolean>;
  close(): Promise<void>;
}

export async function openLibrary(
  options: LibraryOptions,
  cluster: Cluster | undefined,
): Promise<OpenLibrary> {
  const server = await openLibraryDatabase(options, cluster);
  try {
    const services = await composeServices(server.database, options, options.log, options);
    return {
      ...services,
      server,
      explain: toLociError,
      recovered: (error) => isServerBack(server.database.orm.em, error),
      async close() {
        await services.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
