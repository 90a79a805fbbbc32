import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillGrid, planBatches } from './batching.ts';

const texts = fc
  .array(fc.integer({ min: 2, max: 256 }), { maxLength: 200 })
  .map((lengths) => lengths.map((length, position) => ({ position, ids: Array<number>(length).fill(7) })));

test('every text is in exactly one batch, and no batch is larger than the bound', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 1024 }), (all, bound) => {
      const batches = planBatches(all, bound);
      const positions = batches.flat().map(({ position }) => position);
      expect(positions.toSorted((a, b) => a - b)).toEqual(all.map(({ position }) => position));
      for (const batch of batches) {
        const { texts: rows, tokens } = fillGrid(batch);
        expect(batch.length === 1 || rows * tokens <= bound).toBe(true);
        expect(new Set(batch.map(({ ids }) => ids.length)).size).toBe(1);
      }
    }),
  );
});

test('texts of one length are computed together, and no others', () => {
  const lengths = [5, 9, 5, 9, 5];
  const all = lengths.map((length, position) => ({ position, ids: Array<number>(length).fill(7) }));
  expect(planBatches(all, 20).map((batch) => batch.map(({ position }) => position))).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
});

test('a grid holds one text after the other', () => {
  const grid = fillGrid([
    { position: 0, ids: [101, 7, 102] },
    { position: 1, ids: [101, 8, 102] },
  ]);
  expect(grid).toEqual({ texts: 2, tokens: 3, ids: BigInt64Array.of(101n, 7n, 102n, 101n, 8n, 102n) });
});
