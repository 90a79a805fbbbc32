import { useSyncExternalStore, type ReactNode } from 'react';

/** What is to be asked, given the way to be done with it. */
type Question = (onClose: () => void) => ReactNode;

let question: Question | undefined;
const watchers = new Set<() => void>();

function set(next: Question | undefined): void {
  question = next;
  for (const watcher of watchers) watcher();
}

/** Opens a dialog from a place that is gone by then: a menu, a row that was scrolled away. */
export const showDialog = (next: Question): void => set(next);

export function DialogHost() {
  const shown = useSyncExternalStore(
    (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    () => question,
  );
  return shown?.(() => {
    if (question === shown) set(undefined);
  });
}
