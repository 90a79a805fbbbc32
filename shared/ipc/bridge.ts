import type { WireResult } from './result.ts';

/** What the preload puts on `window.loci`: the only door between page and main. */
export interface Bridge {
  invoke(channel: string, input: unknown): Promise<WireResult>;
  /** Returns the way to stop listening. */
  listen(event: string, listener: (payload: unknown) => void): () => void;
  /** For files (the page's `File`) that were dropped on it: a token each, by which main knows where they lie. */
  drop(files: readonly object[]): Promise<string[]>;
}
