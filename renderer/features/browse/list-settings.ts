import { useSyncExternalStore } from 'react';
import { remembered } from '../../navigation/remembered.ts';

export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];
export const orders = ['newest', 'oldest'] as const;
export type Order = (typeof orders)[number];

/** A choice that holds for all lists, and is the same the next time. */
function choiceOf<T extends string>(name: string, values: readonly [T, ...T[]]) {
  const memory = remembered(name, (text) => values.find((value) => value === text));
  let value = memory.read() ?? values[0];
  const watchers = new Set<() => void>();
  // Chosen in another window.
  memory.follow((chosen) => {
    value = chosen;
    for (const watcher of watchers) watcher();
  });
  return {
    use: (): T =>
      useSyncExternalStore(
        (onChange) => {
          watchers.add(onChange);
          return () => watchers.delete(onChange);
        },
        () => value,
      ),
    current: (): T => value,
    choose(chosen: T): void {
      value = chosen;
      memory.write(chosen);
      for (const watcher of watchers) watcher();
    },
  };
}

export const density = choiceOf<Density>('density', densities);
export const order = choiceOf<Order>('order', orders);
/** Whether the times of the memories are drawn above a list. */
export const timeline = choiceOf<'shown' | 'hidden'>('timeline', ['shown', 'hidden']);
