import { createHash } from 'node:crypto';
import { fillGrid, planBatches, type EncodedText } from './batching.ts';
import type { TextPiece } from './chunking.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import type { FromWorker, Priority, ToWorker } from './worker-protocol.ts';

/** A request in the worker, done in steps so that a query can come in between. */
export interface Job {
  readonly id: number;
  /** Cutting comes before passages: it takes little, and without pieces there would be none. */
  readonly priority: Priority | 'cut';
  /** Does a little; the last step returns the answer. */
  step(): Promise<FromWorker | undefined>;
}

/**
 * One run of the model: two long texts, or forty short ones, if there are as many of one length. Larger gains
 * nothing measurable, and a query waits for the run that is under way.
 */
const maxGridTokens = 512;
/** While somebody types, the next query is never far. */
const maxGridTokensShown = 128;
/** Texts are read and sorted by length in windows of about this size. */
const windowChars = 16_384;
const windowTexts = 128;

export function embedJob(
  { identity, tokenizer, session, sessionForMany }: EmbeddingModel,
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
    batches = planBatches(window, priority === 'shown' ? maxGridTokensShown : maxGridTokens);
  }

  return {
    id,
    priority,
    async step() {
      if (batches.length === 0) readWindow();
      const batch = batches.pop() ?? [];
      const isSmall = texts.length === 1 || priority === 'shown';
      const rows = await (isSmall ? session : await sessionForMany()).run(fillGrid(batch));
      batch.forEach(({ position }, row) => {
        const vector = rows.subarray(row * identity.dimension, (row + 1) * identity.dimension);
        vectors.set(vector, position * identity.dimension);
      });
      const done = batches.length === 0 && unread === texts.length;
      return done ? { kind: 'embedded', id, vectors } : undefined;
    },
  };
}

export function pieceJob(
  model: EmbeddingModel,
  { id, pieces }: Extract<ToWorker, { kind: 'embedPieces' }>,
): Job {
  const unlike: number[] = [];
  let embedding: Job | undefined;

  function begin(): Job {
    const texts: string[] = [];
    for (const [place, { title, text, textHash }] of pieces.entries()) {
      const whole = model.chunker.embeddedText({ title, text }, { start: 0, end: text.length });
      if (createHash('sha256').update(whole).digest().equals(textHash)) texts.push(whole);
      else unlike.push(place);
    }
    return embedJob(model, { kind: 'embed', id, texts, priority: 'passage' });
  }

  return {
    id,
    priority: 'passage',
    async step() {
      embedding ??= begin();
      if (unlike.length === pieces.length)
        return { kind: 'embedded', id, vectors: new Float32Array(), unlike };
      const answer = await embedding.step();
      return answer?.kind === 'embedded' ? { ...answer, unlike } : answer;
    },
  };
}

/** A query may be waiting. */
const longestStepMs = 10;

export function cutJob({ chunker }: EmbeddingModel, { id, texts }: Extract<ToWorker, { kind: 'cut' }>): Job {
  const done: TextPiece[][] = [];
  let current: TextPiece[] = [];
  let source: Generator<TextPiece> | undefined;
  return {
    id,
    priority: 'cut',
    async step() {
      const startMs = performance.now();
      while (done.length < texts.length && performance.now() - startMs < longestStepMs) {
        source ??= chunker.pieces(texts[done.length] ?? { title: null, text: '' });
        const { value, done: isCut } = source.next();
        if (!isCut) current.push(value);
        else {
          done.push(current);
          current = [];
          source = undefined;
        }
      }
      return done.length === texts.length ? { kind: 'cut', id, pieces: done } : undefined;
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
