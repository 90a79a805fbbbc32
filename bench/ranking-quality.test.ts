import { expect, test } from 'vitest';
import { areaUnderCurve, meanOf, qualityOf } from './ranking-quality.ts';

const judged = new Map([
  ['a', 1],
  ['b', 2],
  ['c', 0],
]);

test('the best order is worth one, and nothing found is worth nothing', () => {
  expect(qualityOf(['b', 'a', 'c'], judged)).toEqual({ ndcg10: 1, mrr10: 1, recall10: 1, recall100: 1 });
  expect(qualityOf([], judged)).toEqual({ ndcg10: 0, mrr10: 0, recall10: 0, recall100: 0 });
});

test('what comes later is worth less, and behind the tenth place nothing but recall', () => {
  const late = [...Array.from({ length: 10 }, (_, i) => `x${i}`), 'b'];
  expect(qualityOf(['c', 'a'], judged)).toMatchObject({ mrr10: 0.5, recall10: 0.5 });
  expect(qualityOf(['c', 'a'], judged).ndcg10).toBeCloseTo(1 / Math.log2(3) / (2 + 1 / Math.log2(3)), 10);
  expect(qualityOf(late, judged)).toEqual({ ndcg10: 0, mrr10: 0, recall10: 0, recall100: 0.5 });
});

test('the same document twice counts once', () => {
  expect(qualityOf(['a', 'a', 'b'], judged).recall10).toBe(1);
});

test('queries count alike', () => {
  const { ndcg10 } = meanOf([qualityOf(['b', 'a'], judged), qualityOf([], judged)]);
  expect(ndcg10).toBe(0.5);
});

test('what is always above is told apart for sure, what is equal not at all', () => {
  expect(areaUnderCurve([3, 4], [1, 2])).toBe(1);
  expect(areaUnderCurve([1, 2], [1, 2])).toBe(0.5);
});
