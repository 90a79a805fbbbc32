/** So many times as long as it took: while thousands of adapters are added, each batch of them is a change. */
const restsFor = 3;
/** What took long by itself, since main was busy, is not out of date for long. */
const longestRestMs = 2000;

/**
 * Does a deed soon, and once for all that asked for it meanwhile; never twice at the same time. It rests for `pauseMs`
 * after it, or for longer when it took long.
 */
export function coalesced(deed: () => Promise<unknown>, pauseMs: number): () => void {
  let isWanted = false;
  let isBusy = false;

  async function run(): Promise<void> {
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      // What failed is asked for again with the next change.
      const begun = performance.now();
      await deed().catch(() => undefined);
      const restMs = Math.max(pauseMs, Math.min(longestRestMs, restsFor * (performance.now() - begun)));
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    isBusy = false;
  }

  return () => {
    isWanted = true;
    if (!isBusy) void run();
  };
}
