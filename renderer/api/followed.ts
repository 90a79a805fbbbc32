import { useSyncExternalStore } from 'react';

/** Something main knows and announces when it changes. */
export interface Followed<T> {
  readonly first: T;
  current(): T;
  subscribe(onChange: () => void): () => void;
}

export interface FollowOptions<T> {
  /** What holds until main has answered. */
  readonly first: T;
  readonly read: () => Promise<T>;
  readonly listen: (tell: (value: T) => void) => () => void;
  /** What holds when main cannot say; without it, what held before. */
  readonly unreadable?: (error: unknown) => T;
}

/**
 * Asks once and follows from then on, for as long as anyone looks. What main announces meanwhile is
 * newer than any answer still under way.
 */
export function follow<T>({ first, read, listen, unreadable }: FollowOptions<T>): Followed<T> {
  let value = first;
  let stop: (() => void) | undefined;
  const watchers = new Set<() => void>();

  function set(next: T): void {
    value = next;
    for (const watcher of watchers) watcher();
  }

  function start(): () => void {
    let settled = false;
    const settle = (next: T) => {
      if (!settled) set(next);
      settled = true;
    };
    const stopListening = listen((next) => {
      settled = true;
      set(next);
    });
    read().then(settle, (error: unknown) => unreadable && settle(unreadable(error)));
    return () => {
      settled = true;
      stopListening();
    };
  }

  return {
    first,
    current: () => value,
    subscribe(onChange) {
      watchers.add(onChange);
      stop ??= start();
      return () => {
        watchers.delete(onChange);
        if (watchers.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}

export function useFollowed<T>(followed: Followed<T>): T {
  return useSyncExternalStore(followed.subscribe, followed.current, () => followed.first);
}
