import { count } from './quantities.ts';

export const timeline = {
  label: 'Timeline',
  show: 'Show the timeline',
  hide: 'Hide the timeline',
  found: (some: number) => (some === 0 ? 'nothing found' : `${count(some)} found`),
  keys: 'Arrows move from bar to bar, Enter shows what is of that time, Shift and arrows add what is beside it, Escape shows all.',
};
