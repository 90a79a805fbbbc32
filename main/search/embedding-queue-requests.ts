import type { WaitingPiece } from './embedding-queue.repository.ts';

/** What is asked of the model at once. */
export interface EmbeddingRequest {
  readonly pieces: readonly WaitingPiece[];
  /** One of these has failed before: nothing else may be under way, lest that be blamed as well. */
  readonly isSuspect: boolean;
}

export interface RequestLimits {
  readonly tokens: number;
  readonly pieces: number;
}

/** Pieces of like length go together: the model computes each as long as the longest. */
export function planRequests(pieces: readonly WaitingPiece[], limits: RequestLimits): EmbeddingRequest[] {
  const requests: EmbeddingRequest[] = [];
  let batch: WaitingPiece[] = [];
  let tokens = 0;
  const close = () => {
    if (batch.length > 0) requests.push({ pieces: batch, isSuspect: false });
    batch = [];
    tokens = 0;
  };
  const trusted = pieces.filter(({ attempts }) => attempts === 0);
  for (const piece of trusted.toSorted((a, b) => a.tokens - b.tokens)) {
    if (tokens + piece.tokens > limits.tokens || batch.length >= limits.pieces) close();
    batch.push(piece);
    tokens += piece.tokens;
  }
  close();
  const suspects = pieces.filter(({ attempts }) => attempts > 0);
  return [...requests, ...suspects.map((piece) => ({ pieces: [piece], isSuspect: true }))];
}

/** As many from the front as stay within the limits, counting the text of each memory once; at least one. */
export function takeWithin(
  pieces: readonly WaitingPiece[],
  limits: { readonly tokens: number; readonly bytes: number },
): WaitingPiece[] {
  const taken: WaitingPiece[] = [];
  const memories = new Set<string>();
  let tokens = 0;
  let bytes = 0;
  for (const piece of pieces) {
    tokens += piece.tokens;
    if (!memories.has(piece.memoryId)) bytes += piece.bytes;
    if (taken.length > 0 && (tokens > limits.tokens || bytes > limits.bytes)) break;
    memories.add(piece.memoryId);
    taken.push(piece);
  }
  return taken;
}
