import type { dialogs as english } from '../en/dialogs.ts';
import type { TextsOf } from '../texts-of.ts';

export const dialogs: TextsOf<typeof english> = {
  openMail: 'Diese Adresse im E-Mail-Programm öffnen?',
  openLink: (host) => `${host} im Browser öffnen?`,
  open: 'Öffnen',
  stay: 'Hier bleiben',
  dontAskMail: 'Bei E-Mail nicht mehr fragen',
  dontAsk: (host) => `Bei ${host} nicht mehr fragen`,
  chooseAdapter: 'Adapter wählen',
  chooseAdapterFolder: 'Ordner eines Adapters wählen',
  chooseFolderToScan: 'Ordner mit Adaptern wählen',
  chooseModel: 'Ordner eines Modells wählen',
  chooseLibrary: 'Ordner wählen, in den die Bibliothek umziehen soll',
  useFile: 'Diese Datei verwenden',
  useFolder: 'Diesen Ordner verwenden',
  lookThrough: 'Diesen Ordner durchsuchen',
  moveHere: 'Hierher umziehen',
  libraryFolder: 'Loci-Bibliothek',
  adapters: 'Adapter',
  allFiles: 'Alle Dateien',
  crashed: 'Loci musste beendet werden',
  crashedText:
    'Etwas Unerwartetes ist geschehen. Deine Bibliothek ist sicher: Alles Gesicherte liegt auf der Festplatte. Starte Loci neu; wenn es wieder geschieht, steht im Protokoll, was los war.',
};
