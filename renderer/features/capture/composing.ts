import { useSyncExternalStore } from 'react';

let isOpen = false;
const watchers = new Set<() => void>();

function set(open: boolean): void {
  isOpen = open;
  for (const watcher of watchers) watcher();
}

/** A place to write a new memory, with what was being written there last. */
export const openComposer = (): void => set(true);
export const closeComposer = (): void => set(false);

export function useComposing(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    () => isOpen,
  );
}
