import type { undo as english } from '../en/undo.ts';
import type { TextsOf } from '../texts-of.ts';

export const undo: TextsOf<typeof english> = {
  // In German what begins a sentence is mostly a noun, and stays large.
  undone: (words) => `Rückgängig gemacht: ${words}`,
  undoneExcept: (things) => `Rückgängig gemacht, außer bei dem, was sich seither geändert hat: ${things}`,
};
