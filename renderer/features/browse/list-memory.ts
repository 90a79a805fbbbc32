import { listen } from '../../api/loci.ts';
import { remembered } from '../../navigation/remembered.ts';
import { mergedLeft, readLeft, writeLeft, type LeftAt } from './left-at.ts';
import { noSelection } from './selection.ts';

const mostLists = 50;
/** What is still scrolled is not written down yet. */
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
  clearTimeout(pause);
  pause = setTimeout(keep, pauseMs);
}

/** What other windows have left meanwhile stays. */
function keep(): void {
  clearTimeout(pause);
  if (changed.size === 0) return;
  const own = [...left].filter(([list]) => changed.has(list));
  changed.clear();
  kept.write(writeLeft(mergedLeft(readLeft(kept.read()), own)));
}

window.addEventListener('pagehide', keep);
listen('app:leaving', keep);
// Where one person was, and what was looked for there, is nothing to the next.
listen('user:switched', () => {
  clearTimeout(pause);
  left.clear();
  changed.clear();
  kept.write('[]');
});
