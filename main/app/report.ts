import { app } from 'electron';
import path from 'node:path';
import type { SystemReport } from '../../shared/schemas/system-report.ts';
import { readActivity } from '../database/activity.ts';
import type { EmbedderStatus } from '../embedding/embedder-status.ts';
import type { OpenLibrary } from './library.ts';
import { reportProcesses } from './process-memory.ts';

/** Everything the status page shows, measured now. */
export async function reportSystem(
  { server, createdAt }: OpenLibrary,
  libraryDir: string,
  embedder: EmbedderStatus | undefined,
): Promise<SystemReport> {
  const { cluster, database } = server;
  const [activity, serverPids, sizeBytes] = await Promise.all([
    readActivity(database.orm.em.fork()),
    cluster?.processIds() ?? [],
    cluster?.directorySizeBytes() ?? 0,
  ]);
  return {
    versions: {
      app: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
      postgres: database.versions.postgres,
      pgvector: database.versions.pgvector,
    },
    model: embedder?.model
      ? {
          name: embedder.model.name,
          revision: embedder.model.revision,
          dimension: embedder.model.dimension,
          loadMs: embedder.loadMs ?? 0,
        }
      : null,
    library: {
      location: cluster ? libraryDir : activity.where,
      sizeBytes: cluster ? sizeBytes : activity.databaseBytes,
      databaseBytes: activity.databaseBytes,
      createdAt: createdAt.toISOString(),
    },
    server: {
      startedAt: activity.startedAt.toISOString(),
      connections: activity.connections,
      reachedBy: cluster ? reachedBy(cluster.connection.host) : 'address',
      address: cluster ? null : activity.where,
    },
    processes: await reportProcesses(serverPids, embedder?.pid),
  };
}

/** The folder of a socket, or an address of this computer. */
const reachedBy = (host: string) => (path.isAbsolute(host) ? 'socket' : 'loopback');
