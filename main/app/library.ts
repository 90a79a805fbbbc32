import type { Contract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { OpeningStage } from '../../shared/schemas/app-status.ts';
import type { Settings } from '../../shared/schemas/settings.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { withRequestContext } from '../database/request-context.ts';
import { toLociError } from '../errors/database-error.ts';
import type { ExplainError } from '../ipc/wire-error.ts';
import type { Log } from '../logging/log.ts';
import { settingHandlers } from '../settings/setting-handlers.ts';
import { SettingService } from '../settings/setting-service.ts';
import { UserService } from '../users/user-service.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { openLibraryDatabase, type LibraryServer } from './library-database.ts';

export type LibraryHandlers = Omit<Handlers<Contract>, 'app'>;

export interface LibraryOptions {
  readonly binariesDir: string;
  readonly libraryDir: string;
  /** Another PostgreSQL to keep the library on, instead of the bundled one. */
  readonly databaseUrl: string | undefined;
  readonly appVersion: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onStage: (stage: OpeningStage) => void;
  readonly onKnock: () => void;
  readonly onSettings: (settings: Settings) => void;
}

/** A library that is open: the server behind it and the services on it. */
export interface OpenLibrary {
  readonly server: LibraryServer;
  readonly handlers: LibraryHandlers;
  readonly createdAt: Date;
  readonly explain: ExplainError;
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
}

export async function openLibrary(
  options: LibraryOptions,
  cluster: Cluster | undefined,
): Promise<OpenLibrary> {
  const server = await openLibraryDatabase(options, cluster);
  try {
    return await composeServices(server, options);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function composeServices(
  server: LibraryServer,
  { log, onSettings }: LibraryOptions,
): Promise<OpenLibrary> {
  const { orm } = server.database;
  const { em } = orm;
  const inContext = <T>(work: () => Promise<T>) => withRequestContext(orm, work);
  const audit = new AuditTrail();
  const users = new UserService({
    em,
    audit,
    onSwitch: async () => onSettings(await settings.get()),
  });
  const settings = new SettingService({
    em,
    currentUserId: () => users.currentUserId,
    audit,
    log,
    onChange: onSettings,
  });
  const createdAt = await inContext(async () => {
    await users.ensureDefaultUser();
    onSettings(await settings.get());
    return users.libraryCreatedAt();
  });
  return {
    server,
    createdAt,
    inContext,
    explain: toLociError,
    handlers: { settings: settingHandlers(settings) },
  };
}
