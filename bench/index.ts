/**
 * `npm run bench -- <name> [--json] [options]`
 *
 * Every benchmark prints a table for people, or with --json one object on stdout: the same figures,
 * the machine and the versions. Figures that matter are ratios measured in one run.
 */
import type { Benchmark } from './report.ts';

const benchmarks: Record<string, { about: string; load: () => Promise<Benchmark> }> = {
  start: {
    about: 'from process start to painted, ready, and search by meaning',
    load: () => import('./start.ts'),
  },
  embed: { about: 'texts a second through the embedding worker', load: () => import('./embed.ts') },
  'embed-quality': {
    about: 'how well the vectors find what people judged relevant',
    load: () => import('./embed-quality.ts'),
  },
  'embed-ranges': {
    about: 'between what numbers the model computes, for its conversion',
    load: () => import('./embed-ranges.ts'),
  },
  ingest: {
    about: 'from a file of abstracts to all of them searchable',
    load: () => import('./ingest.ts'),
  },
  kills: {
    about: 'a backlog embedded while worker, server and app are killed',
    load: () => import('./kills.ts'),
  },
  seed: { about: 'a library of any size, and how fast it is filled', load: () => import('./seed.ts') },
  scroll: {
    about: 'frames while a large list is scrolled in the running app',
    load: () => import('./scroll.ts'),
  },
  search: {
    about: 'searching by word and meaning, in libraries of several sizes, and against others',
    load: () => import('./search.ts'),
  },
  typing: {
    about: 'from a key in the search field to the frame that shows what it found, in the running app',
    load: () => import('./typing.ts'),
  },
  idle: {
    about: 'processor time and memory of the running app while nobody does anything, by process',
    load: () => import('./idle.ts'),
  },
  adapters: {
    about: 'what adapters are, read from their headers, and folders of them',
    load: () => import('./adapters.ts'),
  },
  data: { about: 'creating, changing, listing and counting memories', load: () => import('./data.ts') },
};

export async function run([name, ...args]: string[]): Promise<number> {
  const chosen = name === undefined ? undefined : benchmarks[name];
  if (chosen) {
    await (await chosen.load()).run(args);
    return 0;
  }
  const known = Object.entries(benchmarks).map(([key, { about }]) => `  ${key.padEnd(14)} ${about}`);
  console.error(['Which benchmark? npm run bench -- <name> [--json]', ...known].join('\n'));
  return 2;
}
