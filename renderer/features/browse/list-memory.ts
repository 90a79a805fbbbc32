import { listen } from '../../api/loci.ts';
import { remembered } from '../../navigation/remembered.ts';
import { mergedLeft, readLeft, writeLeft, type LeftAt } from './left-at.ts';
import { noSelection } from './selection.ts';

const mostLists = 50;
/** Scrolling is not to be heard of with each frame. */
const pauseMs = 250;
const kept = remembered('lists', (text) => text);

/** How lists were left, for when one comes back to them: also after the next start. The latest comes last. */
const left = new Map<string, LeftAt>(readLeft(kept.read()));
const changed = new Set<string>();
let pause: ReturnType<typeof setTimeout> | undefined;

export const leftAt = (list: string): LeftAt => left.get(list) ?? { offset: 0, selection: noSelection };

export function remember(list: string, at: LeftAt): void {
  left.delete(list);
  left.set(list, at);
  const [oldest] = left.keys();
  if (left.size > mostLists && oldest !== undefined) left.delete(oldest);
  changed.add(list);
  pause ??= setTimeout(keep, pauseMs);
}

/** What other windows have left meanwhile stays. */
function keep(): void {
  clearTimeout(pause);
  pause = undefined;
  if (changed.size === 0) return;
  const own = [...left].filter(([list]) => changed.has(list));
  changed.clear();
  kept.write(writeLeft(mergedLeft(readLeft(kept.read()), own)));
}

window.addEventListener('pagehide', keep);
listen('app:leaving', keep);
