import type { actions as english } from '../en/actions.ts';
import type { TextsOf } from '../texts-of.ts';

export const actions: TextsOf<typeof english> = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Sichern',
  undo: 'Rückgängig machen',
  tryAgain: 'Erneut versuchen',
  copied: 'Kopiert',
  notCopied: 'Kopieren ging nicht',
  notKnownYet: 'Noch nicht bekannt',
  progress: 'Erledigt',
  showLogs: 'Protokolle anzeigen',
  showLibraryFolder: 'Ordner der Bibliothek anzeigen',
  copyLocation: 'Ort kopieren',
  allRight: 'In Ordnung',
  reset: 'Zurücksetzen',
};
