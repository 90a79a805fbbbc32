import { noSelection, type Selection } from './selection.ts';

/** How a list was left, for when one comes back to it. */
export interface LeftAt {
  readonly offset: number;
  readonly selection: Selection;
}

const mostLists = 50;
const left = new Map<string, LeftAt>();

export const leftAt = (list: string): LeftAt => left.get(list) ?? { offset: 0, selection: noSelection };

export function remember(list: string, at: LeftAt): void {
  left.delete(list);
  left.set(list, at);
  const [oldest] = left.keys();
  if (left.size > mostLists && oldest !== undefined) left.delete(oldest);
}
