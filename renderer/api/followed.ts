import { useSyncExternalStore } from 'react';

/** Something main knows and announces when it changes. */
export interface Followed<T> {
  readonly first: T;
  current(): T;
  subscribe(onChange: () => void): () => void;
  /** For what changed without main announcing it: asks once more; rejects when main cannot say. */
  refresh(): Promise<void>;
}

export interface FollowOptions<T> {
  /** What holds until main has answered. */
  readonly first: T;
  readonly read: () => Promise<T>;
  /** `tell` is for announcements that carry the value, `ask` for those that only say that there is a new one. */
  readonly listen: (tell: (value: T) => void, ask: () => void) => () => void;
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
  /** Counts what was asked and announced; an answer that is not to the latest of these is out of date. */
  let latest = 0;
  const watchers = new Set<() => void>();

  function set(next: T): void {
    value = next;
    for (const watcher of watchers) watcher();
  }

  async function refresh(): Promise<void> {
    latest += 1;
    const asked = latest;
    const settle = (next: T) => {
      if (asked === latest) set(next);
    };
    try {
      settle(await read());
    } catch (error) {
      if (unreadable) settle(unreadable(error));
      throw error;
    }
  }

  function ask(): void {
    refresh().catch(() => undefined);
  }

  function start(): () => void {
    const stopListening = listen((next) => {
      latest += 1;
      set(next);
    }, ask);
    ask();
    return () => {
      latest += 1;
      stopListening();
    };
  }

  return {
    first,
    current: () => value,
    refresh,
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
