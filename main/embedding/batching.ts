import type { TokenGrid } from './onnx-backend.ts';

export interface EncodedText {
  /** Where the text stands in its request. */
  readonly position: number;
  readonly ids: readonly number[];
}

/**
 * Groups texts of equal length, and so many that texts × length stays within the bound; a text longer than that is
 * alone. Nothing is computed for padding, and where a row of the grid ends has no part in how its numbers are added
 * up: the same text has the same vector whatever is computed with it.
 */
export function planBatches(texts: readonly EncodedText[], maxGridTokens: number): EncodedText[][] {
  const byLength = texts.toSorted((a, b) => a.ids.length - b.ids.length || a.position - b.position);
  const batches: EncodedText[][] = [];
  let batch: EncodedText[] = [];
  for (const text of byLength) {
    const [first] = batch;
    if (
      first &&
      (first.ids.length !== text.ids.length || (batch.length + 1) * text.ids.length > maxGridTokens)
    ) {
      batches.push(batch);
      batch = [];
    }
    batch.push(text);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Of texts of equal length. */
export function fillGrid(texts: readonly EncodedText[]): TokenGrid {
  const tokens = texts[0]?.ids.length ?? 0;
  const ids = new BigInt64Array(texts.length * tokens);
  texts.forEach((text, row) => text.ids.forEach((id, token) => (ids[row * tokens + token] = BigInt(id))));
  return { texts: texts.length, tokens, ids };
}
