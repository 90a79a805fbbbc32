import { fillGrid, planBatches, type EncodedText } from './batching.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import type { FromWorker, Priority, ToWorker } from './worker-protocol.ts';

/** A request in the worker, done in steps so that a query can come in between. */
export interface Job {
  readonly id: number;
  readonly priority: Priority;
  /** Does a little; the last step returns the answer. */
  step(): Promise<FromWorker | undefined>;
}

/**
 * One run of the model: two long texts, or forty short ones, if there are as many of one length. Larger gains
 * nothing measurable, and a query waits for the run that is under way.
 */
const maxGridTokens = 512;
/** Texts are read and sorted by length in windows of about this size. */
const windowChars = 16_384;
const windowTexts = 128;

export function embedJob(
  { identity, tokenizer, session }: EmbeddingModel,
  { id, texts, priority }: Extract<ToWorker, { kind: 'embed' }>,
): Job {
  const vectors = new Float32Array(texts.length * identity.dimension);
  let unread = 0;
  let batches: EncodedText[][] = [];

  function readWindow(): void {
    const window: EncodedText[] = [];
    let chars = 0;
    for (const text of texts.slice(unread, unread + windowTexts)) {
      if (window.length > 0 && chars + text.length > windowChars) break;
      chars += text.length;
      window.push({ position: unread + window.length, ids: tokenizer.encode(text) });
    }
    unread += window.length;
    batches = planBatches(window, maxGridTokens);
  }

  return {
    id,
    priority,
    async step() {
      if (batches.length === 0) readWindow();
      const batch = batches.pop() ?? [];
      const rows = await session.run(fillGrid(batch));
      batch.forEach(({ position }, row) => {
        const vector = rows.subarray(row * identity.dimension, (row + 1) * identity.dimension);
        vectors.set(vector, position * identity.dimension);
      });
      const done = batches.length === 0 && unread === texts.length;
      return done ? { kind: 'embedded', id, vectors } : undefined;
    },
  };
}

export function countJob(
  { tokenizer }: EmbeddingModel,
  { id, texts }: Extract<ToWorker, { kind: 'count' }>,
): Job {
  const counts: number[] = [];
  return {
    id,
    priority: 'passage',
    async step() {
      let chars = 0;
      while (counts.length < texts.length && chars < windowChars) {
        const text = texts[counts.length] ?? '';
        chars += text.length;
        counts.push(tokenizer.count(text));
      }
      return counts.length === texts.length ? { kind: 'counted', id, counts } : undefined;
    },
  };
}
