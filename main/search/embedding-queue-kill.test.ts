import { expect, test } from 'vitest';
import { embedWithKills } from './embedding-kills.ts';

/** At full size it takes minutes: `npm run bench -- kills`. */
test(
  'whatever is killed in the middle, each piece is embedded exactly once, and search is as if nothing had happened',
  { timeout: 300_000 },
  async () => {
    const { seconds, ...outcome } = await embedWithKills({ memories: 240, kills: 6, everyBatches: 2 });
    expect(seconds.without).toBeGreaterThan(0);
    const { pieces } = outcome.counts;
    expect(pieces).toBeGreaterThanOrEqual(240);
    expect(outcome).toEqual({
      killed: { worker: 2, server: 2, app: 2 },
      counts: { written: pieces, pieces, ready: pieces, uncut: 0 },
      piecesThatDiffer: 0,
      queries: 8,
      searchesThatDiffer: 0,
    });
  },
);
