/** Does a deed soon, and once for all that asked for it meanwhile; never twice at the same time. */
export function coalesced(deed: () => Promise<unknown>, pauseMs: number): () => void {
  let isWanted = false;
  let isBusy = false;

  async function run(): Promise<void> {
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      // What failed is asked for again with the next change.
      await deed().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    isBusy = false;
  }

  return () => {
    isWanted = true;
    if (!isBusy) void run();
  };
}
