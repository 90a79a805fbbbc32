import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, fuse, type FusionOptions, usualTuning } from './fusion.ts';

const now = new Date('2026-06-01T12:00:00Z');
const usual: FusionOptions = { byMeaning: true, words: 4, searched: 1000, now };

const candidate = (memoryId: string, fields: Partial<Candidate> = {}): Candidate => ({
  memoryId,
  contentKey: memoryId,
  importance: 0.5,
  pinned: false,
  occurredAt: new Date('2026-01-01T12:00:00Z'),
  words: null,
  meaning: null,
  ...fields,
});
const words = (share: number, coverage = share, rank: number | null = 1) => ({ share, coverage, rank });
const meaning = (cosine: number, rank: number | null = 1) => ({ cosine, rank });
const order = (candidates: readonly Candidate[], options: Partial<FusionOptions> = {}) =>
  fuse(candidates, { ...usual, ...options }).hits.map(({ candidate: { memoryId } }) => memoryId);

test('a memory that is good in both is before those that are the best in one', () => {
  const both = candidate('both', { words: words(0.5), meaning: meaning(0.6) });
  const byWords = candidate('words', { words: words(0.55), meaning: meaning(0.1, null) });
  const byMeaning = candidate('meaning', { meaning: meaning(0.7) });
  expect(order([byWords, byMeaning, both])[0]).toBe('both');
});

test('the contributions of a hit add up to its score', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ share: part, coverage: part, cosine: part, importance: part, pinned: fc.boolean() }),
      ),
      (drawn) => {
        const { hits } = fuse(
          drawn.map(({ share, coverage, cosine, importance, pinned }, i) =>
            candidate(String(i), {
              words: words(share, coverage),
              meaning: meaning(cosine),
              importance,
              pinned,
            }),
          ),
          usual,
        );
        for (const { score, contributions } of hits) {
          const sum = Object.values(contributions).reduce((a, b) => a + b, 0);
          expect(score).toBeCloseTo(sum, 10);
          const { words: byWords, meaning: byMeaning } = contributions;
          expect(sum - byWords - byMeaning).toBeLessThanOrEqual(0.04 * (byWords + byMeaning) + 1e-12);
        }
      },
    ),
  );
});

test('words decide more when the best by words stands out than when many are alike', () => {
  const crowd = (best: number) =>
    Array.from({ length: 20 }, (_, i) =>
      candidate(`m${i}`, { words: words(i === 0 ? best : 0.2, 0.3, i + 1), meaning: meaning(0.3, i + 1) }),
    );
  expect(fuse(crowd(0.9), usual).wordWeight).toBeGreaterThan(fuse(crowd(0.2), usual).wordWeight);
});

test('importance, recency and pins order what is nearly as good, and nothing else', () => {
  const plain = candidate('plain', { meaning: meaning(0.505), importance: 0 });
  const dear = candidate('dear', { meaning: meaning(0.5), importance: 1, pinned: true, occurredAt: now });
  const better = candidate('better', { meaning: meaning(0.55), importance: 0 });
  expect(order([plain, dear, better])).toEqual(['better', 'dear', 'plain']);
});

test('a memory from the future is as recent as one of today', () => {
  const ahead = candidate('ahead', { meaning: meaning(0.5), occurredAt: new Date('2999-01-01') });
  const [hit] = fuse([ahead], usual).hits;
  expect(hit?.contributions.recency).toBeCloseTo(usualTuning.recency * (hit?.contributions.meaning ?? 0), 10);
});

test('memories that say the very same are one hit, with the best of them before the others', () => {
  const copies = [0.3, 0.5, 0.4].map((importance, i) =>
    candidate(`copy${i}`, { contentKey: 'same', meaning: meaning(0.6), importance }),
  );
  const { hits } = fuse([...copies, candidate('other', { meaning: meaning(0.2) })], usual);
  expect(hits.map(({ candidate: { memoryId }, copies: same }) => [memoryId, same])).toEqual([
    ['copy1', ['copy2', 'copy0']],
    ['other', []],
  ]);
});

test('a memory that waits for its vector is not punished for it', () => {
  const embedded = Array.from({ length: 5 }, (_, i) =>
    candidate(`m${i}`, { words: words(0.3, 0.3, i + 2), meaning: meaning(0.3 + i * 0.05) }),
  );
  const waiting = candidate('waiting', { words: words(0.5, 0.5, 1) });
  expect(order([...embedded, waiting])[0]).toBe('waiting');
});

test('without a vector of the query the words alone make the list', () => {
  const { hits, wordWeight, nothingRelevant } = fuse(
    [candidate('b', { words: words(0.2, 0.2, 2) }), candidate('a', { words: words(0.4, 0.4, 1) })],
    { ...usual, byMeaning: false },
  );
  expect(hits.map(({ candidate: { memoryId } }) => memoryId)).toEqual(['a', 'b']);
  expect([wordWeight, nothingRelevant, hits[0]?.contributions.meaning]).toEqual([1, false, 0]);
});

test('strangers are told from answers, and in a large library more is needed', () => {
  const stranger = [candidate('a', { words: words(0.1), meaning: meaning(0.25) })];
  const answer = [candidate('a', { words: words(0.4), meaning: meaning(0.5) })];
  expect(fuse(stranger, usual).nothingRelevant).toBe(true);
  expect(fuse(answer, usual).nothingRelevant).toBe(false);
  expect(fuse([], usual)).toMatchObject({ hits: [], nothingRelevant: true });
  expect(fuse(answer, { ...usual, searched: 100_000 }).floor).toBeGreaterThan(
    fuse(answer, { ...usual, searched: 100 }).floor,
  );
});

test('a code that is there is found, however little it means', () => {
  const booking = candidate('a', { words: words(0.6, 1), meaning: meaning(0.05) });
  expect(fuse([booking], usual).nothingRelevant).toBe(false);
});

test('the order does not depend on the order in which the legs answer', () => {
  const equal = ['c', 'a', 'b'].map((id) => candidate(id, { meaning: meaning(0.4) }));
  expect(order(equal)).toEqual(['a', 'b', 'c']);
  expect(order(equal.toReversed())).toEqual(['a', 'b', 'c']);
});
