import { setTimeout } from 'node:timers/promises';
import type { Log } from '../logging/log.ts';

export interface UpkeepOptions {
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  /** By what the log says when one had something to do; each answers with how much that was. */
  readonly tasks: Readonly<Record<string, () => Promise<number>>>;
  readonly log: Log;
}

/** The first round waits until the app has opened: nobody needs this in the first second. */
const firstAfterMs = 30_000;
const everyMs = 60 * 60 * 1000;

/** What the library does by itself as time goes by: sessions end, the trash is emptied of what is old. */
export function startUpkeep({ inContext, tasks, log }: UpkeepOptions): { stop(): Promise<void> } {
  const abort = new AbortController();
  const round = async () => {
    for (const [what, task] of Object.entries(tasks)) {
      if (abort.signal.aborted) return;
      try {
        const count = await inContext(task);
        if (count > 0) log.info(what, { count });
      } catch (error) {
        // It is tried again in an hour, and nothing else has to wait for it.
        log.error('Upkeep failed', error, { what });
      }
    }
  };
  const wait = (ms: number) => setTimeout(ms, true, { signal: abort.signal, ref: false }).catch(() => false);
  const running = (async () => {
    for (let next = firstAfterMs; await wait(next); next = everyMs) await round();
  })();
  return {
    async stop() {
      abort.abort();
      await running;
    },
  };
}
