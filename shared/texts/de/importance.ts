import type { importance as english } from '../en/importance.ts';
import type { TextsOf } from '../texts-of.ts';

export const importance: TextsOf<typeof english> = {
  label: 'Wichtigkeit',
  trifle: 'Nebensache',
  minor: 'Weniger wichtig',
  ordinary: 'Normal',
  important: 'Wichtig',
  essential: 'Wesentlich',
};
