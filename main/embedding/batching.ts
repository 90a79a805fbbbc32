import type { TokenGrid } from './onnx-backend.ts';

export interface EncodedText {
  /** Where the text stands in its request. */
  readonly position: number;
  readonly ids: readonly number[];
}

/**
 * Groups texts so that little is computed for padding and no batch is large: by length, and so many that
 * texts × longest stays within the bound. A text longer than that is alone.
 */
export function planBatches(texts: readonly EncodedText[], maxGridTokens: number): EncodedText[][] {
  const byLength = texts.toSorted((a, b) => a.ids.length - b.ids.length || a.position - b.position);
  const batches: EncodedText[][] = [];
  let batch: EncodedText[] = [];
  for (const text of byLength) {
    // Ascending, so the text at hand is the longest of its batch.
    if (batch.length > 0 && (batch.length + 1) * text.ids.length > maxGridTokens) {
      batches.push(batch);
      batch = [];
    }
    batch.push(text);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

export function fillGrid(texts: readonly EncodedText[]): TokenGrid {
  const tokens = Math.max(...texts.map(({ ids }) => ids.length));
  const grid = new BigInt64Array(texts.length * tokens);
  const mask = new BigInt64Array(grid.length);
  texts.forEach(({ ids }, row) => {
    const start = row * tokens;
    ids.forEach((id, token) => (grid[start + token] = BigInt(id)));
    mask.fill(1n, start, start + ids.length);
  });
  return { texts: texts.length, tokens, ids: grid, mask };
}
