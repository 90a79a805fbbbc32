import { setTimeout as pause } from 'node:timers/promises';
import { Random } from './library/random.ts';
import { ask, type SearchApp } from './search-app.ts';

export interface Typing {
  readonly memories: number;
  readonly keys: number;
  /** Given up because the next key came. */
  readonly cancelled: number;
  /** After which a search was there, from its key on. */
  readonly settledMs: readonly number[];
}

const shortestPauseMs = 60;
const longestPauseMs = 200;

/** Types queries as a person does: a search with each key, and each gives up the one before it. */
export async function type(app: SearchApp, queries: readonly string[], signal: AbortSignal): Promise<Typing> {
  const random = new Random(9);
  const settledMs: number[] = [];
  let keys = 0;
  let cancelled = 0;
  for (const query of queries) {
    const searches: Promise<void>[] = [];
    for (let length = 1; length <= query.length; length++) {
      signal.throwIfAborted();
      keys += 1;
      const begun = performance.now();
      const text = query.slice(0, length);
      searches.push(
        ask(app, { text, caret: text.length, asker: 'typing' }).then((result) => {
          if (result) settledMs.push(performance.now() - begun);
          else cancelled += 1;
        }),
      );
      await pause(random.between(shortestPauseMs, longestPauseMs));
    }
    await Promise.all(searches);
  }
  return { memories: app.memories, keys, cancelled, settledMs };
}
