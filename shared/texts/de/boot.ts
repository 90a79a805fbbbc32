import type { boot as english } from '../en/boot.ts';
import type { TextsOf } from '../texts-of.ts';

export const boot: TextsOf<typeof english> = {
  opening: 'Wird geöffnet',
  checking: 'Deine Bibliothek wird geöffnet',
  creating: 'Deine Bibliothek wird angelegt',
  creatingHint: 'Das geschieht einmal und dauert ein paar Sekunden.',
  starting: 'Die Datenbank wird gestartet',
  recovering: 'Die Arbeit vom letzten Mal wird geprüft',
  recoveringHint: 'Loci wurde beim letzten Mal nicht wie üblich beendet.',
  updating: 'Deine Bibliothek wird aktualisiert',
  updatingHint: 'Sie wurde zuletzt mit einer älteren Version von Loci benutzt.',
  moving: 'Deine Bibliothek zieht um',
  movingHint: 'Sie wird kopiert, verglichen und am neuen Ort geöffnet, bevor am alten etwas entfernt wird.',
  closing: 'Deine Bibliothek wird geschlossen',
  nameThis: (code) => ['Wenn du um Hilfe bittest, nenne dies: ', code],
};
