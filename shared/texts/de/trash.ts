import type { trash as english } from '../en/trash.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';

export const trash: TextsOf<typeof english> = {
  title: (some) => `${amounts.memories(some)} endgültig löschen?`,
  meaning: (some) =>
    `${some === 1 ? 'Sie verschwindet' : 'Sie verschwinden'} samt Verlauf, und nichts davon lässt sich zurückholen. Das kann nicht rückgängig gemacht werden.`,
  confirm: (some) => `Gib zur Bestätigung ein, wie viele es sind: ${some}`,
  deed: (some) => `${amounts.memories(some)} endgültig löschen`,
  keep: 'Im Papierkorb lassen',
};
