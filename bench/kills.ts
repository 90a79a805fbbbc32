import { embedWithKills } from '../main/search/embedding-kills.ts';
import { printReport, progress, wholeNumber } from './report.ts';

/**
 * Embeds a backlog while worker, server and app are killed without warning, and compares what has become of it with
 * a run in which nothing is killed.
 *
 *     npm run bench -- kills [--json] [--memories 5000] [--kills 20] [--every 15]
 */
export async function run(args: string[]): Promise<void> {
  const memories = wholeNumber(args, 'memories', 5000);
  const kills = wholeNumber(args, 'kills', 20);
  const everyBatches = wholeNumber(args, 'every', 15);
  const outcome = await embedWithKills({ memories, kills, everyBatches, onProgress: progress });
  const { killed, counts, seconds, piecesThatDiffer, queries, searchesThatDiffer } = outcome;
  const { written, pieces, ready, uncut } = counts;
  printReport(args, {
    title: `${memories} memories embedded while worker, server and app were killed ${kills} times`,
    tables: {
      killed: [killed],
      embedded: [{ ...counts, onceEach: written === pieces && ready === pieces && uncut === 0 }],
      'against a run without kills': [
        { piecesThatDiffer, queries, searchesThatDiffer, equal: piecesThatDiffer + searchesThatDiffer === 0 },
      ],
      seconds: [seconds],
    },
  });
}
