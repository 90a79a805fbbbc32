import type { timeline as english } from '../en/timeline.ts';
import type { TextsOf } from '../texts-of.ts';
import { count } from './quantities.ts';

export const timeline: TextsOf<typeof english> = {
  label: 'Zeitleiste',
  show: 'Zeitleiste zeigen',
  hide: 'Zeitleiste ausblenden',
  found: (some) => (some === 0 ? 'nichts gefunden' : `${count(some)} gefunden`),
  keys: 'Pfeile gehen von Balken zu Balken, Eingabe zeigt, was aus dieser Zeit ist, Umschalt und Pfeile nehmen dazu, was daneben liegt, Escape zeigt alles.',
};
