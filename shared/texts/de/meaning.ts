import type { meaning as english } from '../en/meaning.ts';
import type { TextsOf } from '../texts-of.ts';

export const meaning: TextsOf<typeof english> = {
  unavailable: {
    missing: 'Die Suche nach Bedeutung ist aus: Ihre Dateien fehlen',
    damaged: 'Die Suche nach Bedeutung ist aus: Ihre Dateien sind beschädigt',
    crashed: 'Die Suche nach Bedeutung funktioniert nicht mehr',
  },
};
