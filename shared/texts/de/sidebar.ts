import type { sidebar as english } from '../en/sidebar.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';

export const sidebar: TextsOf<typeof english> = {
  sessions: 'Sitzungen',
  currentSession: 'Aktuelle Sitzung',
  allSessions: 'Alle Sitzungen',
  startSession: 'Sitzung beginnen',
  tags: 'Schlagwörter',
  allTags: 'Alle Schlagwörter',
  savedSearches: 'Gespeicherte Suchen',
  lookAlikes: 'Doppelte',
  specializations: 'Spezialisierungen',
  back: 'Zurück',
  forward: 'Vorwärts',
  status: 'Status',
  activity: 'Verlauf',
  settings: 'Einstellungen',
  news: {
    off: 'Suche nach Bedeutung ist aus',
    failed: (count) => `${amounts.memories(count)} nicht lesbar`,
    paused: (count) => `Lesen ist angehalten: ${amounts.memories(count)} warten`,
    reading: (count) => `Liest ${amounts.memories(count)}`,
  },
  saved: {
    renameTitle: 'Gespeicherte Suche umbenennen',
    name: 'Name',
    renameDeed: 'Umbenennen',
    rename: 'Umbenennen…',
    delete: 'Gespeicherte Suche löschen',
    deleted: (name) => `Gespeicherte Suche „${name}“ gelöscht`,
  },
};
