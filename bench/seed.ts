import path from 'node:path';
import type { LibraryServer } from '../main/app/library-database.ts';
import { makeLibrary } from './library/make-library.ts';
import { openLibrary, type LibraryPlace } from './library/open-library.ts';
import { option, printReport, progress, wholeNumber, type Row } from './report.ts';
import { readSciFact } from './scifact.ts';
import { withTemporaryDir } from './temporary-dir.ts';

/** Of memories; without embeddings. */
export const leastPerSecond = 5_000;

/**
 * Makes a library as a person would have filled it in eight years, without embeddings, and says how fast.
 * Without a place for it, it is thrown away again.
 *
 *     npm run bench -- seed [--memories 10000] [--seed 1] [--until 2026-11-01] [--json]
 *       [--library <folder> | --url <postgresql://…>] [--data <folder of SciFact>]
 *
 * The folder is the one named `library` in the app's data folder: after `--library /tmp/loci/library`,
 * `LOCI_DATA_DIR=/tmp/loci npm start` opens it.
 */
export async function run(args: string[]): Promise<void> {
  const memories = wholeNumber(args, 'memories', 10_000);
  const seed = wholeNumber(args, 'seed', 1);
  const until = option(args, 'until');
  const { documents: texts } = readSciFact(args);
  await withPlace(args, async (place) => {
    const library = await openLibrary(place);
    try {
      const { seconds, derivedSeconds } = await makeLibrary(library.database.orm.em, {
        memories,
        seed,
        texts,
        ...(until === undefined ? {} : { until: new Date(until) }),
        signal: place.signal,
        onProgress: sayHowFar(memories),
      });
      printReport(args, {
        title: `A library of ${memories} memories, seed ${seed}`,
        tables: { speed: [speedRow(memories, seconds, derivedSeconds)], tables: await tableSizes(library) },
      });
    } finally {
      await library.close();
    }
  });
}

export function speedRow(memories: number, seconds: number, derivedSeconds: number): Row {
  const perSecond = memories / seconds;
  return {
    memories,
    seconds,
    perSecond,
    target: leastPerSecond,
    met: perSecond >= leastPerSecond,
    derivedSeconds,
  };
}

/** A line now and then: twenty until the end, however large the library. */
export function sayHowFar(memories: number): (stored: number) => void {
  let said = 0;
  return (stored) => {
    if (stored === said || (stored - said < memories / 20 && stored < memories)) return;
    said = stored;
    progress(`${stored} of ${memories} memories`);
  };
}

type Place = LibraryPlace & { readonly signal: AbortSignal };

async function withPlace(args: readonly string[], work: (place: Place) => Promise<void>): Promise<void> {
  const libraryDir = option(args, 'library');
  const databaseUrl = option(args, 'url');
  await withTemporaryDir('seed', async (scratch, signal) => {
    if (databaseUrl !== undefined) await work({ databaseUrl, signal });
    else await work({ libraryDir: libraryDir ?? path.join(scratch, 'library'), signal });
  });
}

async function tableSizes({ database }: LibraryServer): Promise<Row[]> {
  return database.orm.em.fork().execute<Row[]>(
    `select c.relname as table, c.reltuples::int as rows,
       round(pg_total_relation_size(c.oid) / 1e6, 1)::float8 as megabytes
     from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.reltuples > 0
     order by 3 desc`,
  );
}
