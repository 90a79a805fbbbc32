import { expect, test } from 'vitest';
import { defaultSettings } from '../../shared/schemas/settings.ts';
import { type Candidate, fuse, usualTuning } from './fusion.ts';
import { tuningOf } from './search-tuning.ts';

const now = new Date('2026-11-21T12:00:00Z');
const candidate = (memoryId: string, change: Partial<Candidate>): Candidate => ({
  memoryId,
  contentKey: memoryId,
  importance: 0.5,
  pinned: false,
  occurredAt: new Date('2026-11-01T12:00:00Z'),
  words: null,
  meaning: { cosine: 0.1, rank: null },
  ...change,
});
const byWords = candidate('words', { words: { share: 0.6, coverage: 1, rank: 1 } });
const byMeaning = candidate('meaning', { meaning: { cosine: 0.6, rank: 1 } });

const order = (wishes: Partial<typeof defaultSettings>, candidates = [byWords, byMeaning]) =>
  fuse(candidates, {
    byMeaning: true,
    words: 4,
    searched: 100,
    now,
    tuning: tuningOf({ ...defaultSettings, ...wishes }),
  });
const ids = (wishes: Partial<typeof defaultSettings>, candidates?: Candidate[]) =>
  order(wishes, candidates).hits.map((hit) => hit.candidate.memoryId);

test('as it comes, a search is as it was measured to be best', () => {
  expect(tuningOf(defaultSettings)).toEqual(usualTuning);
});

test('who leans towards meaning or words has at the end nothing but these', () => {
  expect(order({ 'search.leaning': -1 }).wordWeight).toBe(1);
  expect(order({ 'search.leaning': 1 }).wordWeight).toBe(0);
  expect(ids({ 'search.leaning': -1 })).toEqual(['words', 'meaning']);
  expect(ids({ 'search.leaning': 1 })).toEqual(['meaning', 'words']);
});

test('importance and newness lift as much as is wanted', () => {
  const better = candidate('better', { meaning: { cosine: 0.6, rank: 1 }, importance: 0 });
  const important = candidate('important', { meaning: { cosine: 0.58, rank: 2 }, importance: 1 });
  expect(ids({ 'search.importance': 0 }, [better, important])).toEqual(['better', 'important']);
  expect(ids({ 'search.importance': 5 }, [better, important])).toEqual(['important', 'better']);
  const old = candidate('old', {
    meaning: { cosine: 0.6, rank: 1 },
    occurredAt: new Date('2020-01-01T00:00:00Z'),
  });
  const fresh = candidate('fresh', { meaning: { cosine: 0.58, rank: 2 } });
  expect(ids({ 'search.recency': 0 }, [old, fresh])).toEqual(['old', 'fresh']);
  expect(ids({ 'search.recency': 10 }, [old, fresh])).toEqual(['fresh', 'old']);
});

test('who wants only what is the same gets less, who wants anything near more', () => {
  const near = candidate('near', { meaning: { cosine: 0.32, rank: 1 } });
  const relevant = (strictness: number) =>
    order({ 'search.strictness': strictness }, [near]).hits.filter((hit) => hit.isRelevant).length;
  expect([relevant(-1), relevant(1)]).toEqual([1, 0]);
});
