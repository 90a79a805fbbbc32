/** Longest that closing waits for what a page still has to save; it is in its draft by then. */
const mostMs = 2_000;

export interface UnsavedBoard {
  note(page: string, has: boolean): void;
  /** Has every page save what it has; resolves when they did, at once where there is nothing. */
  settle(): Promise<void>;
}

/** Which pages have something that is not saved yet. */
export function createUnsavedBoard(tellToSave: () => void): UnsavedBoard {
  const pages = new Set<string>();
  let whenNone: (() => void) | undefined;
  return {
    note(page, has) {
      if (has) pages.add(page);
      else pages.delete(page);
      if (pages.size === 0) whenNone?.();
    },
    async settle() {
      if (pages.size === 0) return;
      await new Promise<void>((resolve) => {
        whenNone = resolve;
        setTimeout(resolve, mostMs);
        tellToSave();
      });
    },
  };
}
