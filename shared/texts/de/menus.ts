import type { menus as english } from '../en/menus.ts';
import type { TextsOf } from '../texts-of.ts';

export const menus: TextsOf<typeof english> = {
  bar: {
    file: '&Datei',
    edit: '&Bearbeiten',
    memory: '&Erinnerung',
    go: '&Gehe zu',
    view: '&Ansicht',
    window: 'Fenster',
    help: 'Hilfe',
  },
  places: {
    App: 'Menü „Loci“',
    File: 'Menü „Datei“',
    Edit: 'Menü „Bearbeiten“',
    Memory: 'Menü „Erinnerung“',
    Go: 'Menü „Gehe zu“',
    View: 'Menü „Ansicht“',
    Help: 'Menü „Hilfe“',
  },
  close: 'Schließen',
  closeOnMac: 'Fenster schließen',
  redo: 'Wiederholen',
  cut: 'Ausschneiden',
  copy: 'Kopieren',
  paste: 'Einfügen',
  selectAll: 'Alles auswählen',
  reload: 'Neu laden',
  developer: 'Entwicklerwerkzeuge',
  minimize: 'Minimieren',
  zoom: 'Zoomen',
  front: 'Alle nach vorne bringen',
  about: 'Über Loci',
  services: 'Dienste',
  hide: 'Loci ausblenden',
  hideOthers: 'Andere ausblenden',
  showAll: 'Alle einblenden',
  copyright:
    'Dein Gedächtnis, das auf deinem Computer bleibt.\nCopyright © 2026 die Entwickler von Loci. MIT-Lizenz.',
  tray: {
    newMemory: 'Neue Erinnerung',
    search: 'Suchen',
    open: 'Loci öffnen',
    quit: 'Loci beenden',
    withoutWords: 'Ohne Worte',
  },
};
