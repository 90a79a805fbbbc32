import { useSyncExternalStore } from 'react';

/** Something that is opened from anywhere and shown at one place. */
export function opened() {
  let isOpen = false;
  const watchers = new Set<() => void>();
  const set = (open: boolean) => {
    isOpen = open;
    for (const watcher of watchers) watcher();
  };
  return {
    open: () => set(true),
    close: () => set(false),
    use: (): boolean =>
      useSyncExternalStore(
        (onChange) => {
          watchers.add(onChange);
          return () => watchers.delete(onChange);
        },
        () => isOpen,
      ),
  };
}
