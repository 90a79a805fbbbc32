import type { frame as english } from '../en/frame.ts';
import type { TextsOf } from '../texts-of.ts';

export const frame: TextsOf<typeof english> = {
  crashed: 'Dieses Fenster funktioniert nicht mehr',
  crashedText: 'Deine Bibliothek ist nicht betroffen. Zeige das Fenster neu an, um weiterzumachen.',
  showAgain: 'Fenster neu anzeigen',
  sidebarWidth: 'Breite der Seitenleiste',
  showSidebar: 'Seitenleiste einblenden',
  sidebar: 'Seitenleiste',
  libraryOf: (name) => `Das ist die Bibliothek von ${name}.`,
};
