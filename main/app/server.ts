import { openCluster, type Cluster } from '../postgres/cluster.ts';
import type { OpeningOptions } from './library.ts';

/**
 * Starts the bundled server. Apart from what works on it, because reading the ORM takes the thread
 * that also serves the page a while, and starting a server is mostly waiting.
 *
 * @returns nothing when the library is on another server, by `LOCI_DATABASE_URL`
 */
export async function startServer(options: OpeningOptions): Promise<Cluster | undefined> {
  if (options.databaseUrl) return undefined;
  return openCluster({
    ...options,
    onStage: (stage) => {
      if (stage !== 'ready') options.onStage(stage);
    },
  });
}
