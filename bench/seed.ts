import { makeLibrary } from './library/make-library.ts';
import { openLibrary, openThrowAwayLibrary } from './library/open-library.ts';
import { option, printReport, progress } from './report.ts';
import { readSciFact } from './scifact.ts';

const leastPerSecond = 5_000;

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
  const interrupted = interruption();
  const { signal } = interrupted;
  const libraryDir = option(args, 'library');
  const databaseUrl = option(args, 'url');
  const library =
    libraryDir === undefined && databaseUrl === undefined
      ? await openThrowAwayLibrary(signal)
      : await openLibrary({
          ...(libraryDir === undefined ? {} : { libraryDir }),
          ...(databaseUrl === undefined ? {} : { databaseUrl }),
          signal,
        });
  try {
    const { em } = library.database.orm;
    const { seconds } = await makeLibrary(em, {
      memories,
      seed,
      texts,
      ...(until === undefined ? {} : { until: new Date(until) }),
      signal,
      onProgress: (stored) => {
        if (stored % 20_000 === 0) progress(`${stored} of ${memories} memories`);
      },
    });
    const sizes = await em.fork().execute<{ table: string; rows: number; megabytes: number }[]>(
      `select c.relname as table, c.reltuples::int as rows,
         round(pg_total_relation_size(c.oid) / 1e6, 1)::float8 as megabytes
       from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.reltuples > 0
       order by 3 desc`,
    );
    const perSecond = memories / seconds;
    printReport(args, {
      title: `A library of ${memories} memories, seed ${seed}`,
      tables: {
        speed: [{ memories, seconds, perSecond, target: leastPerSecond, met: perSecond >= leastPerSecond }],
        tables: sizes,
      },
    });
  } finally {
    await library.close();
    interrupted.forget();
  }
}

function wholeNumber(args: readonly string[], name: string, usual: number): number {
  const given = option(args, name);
  const number = given === undefined ? usual : Number(given);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} takes a whole number.`);
  return number;
}

/** Ctrl+C: what was begun is undone and the server is stopped, then the process ends. */
function interruption() {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('Interrupted'));
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return {
    signal: controller.signal,
    forget: () => void process.off('SIGINT', abort).off('SIGTERM', abort),
  };
}
