import type { sessions as english } from '../en/sessions.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';

export const sessions: TextsOf<typeof english> = {
  title: 'Sitzungen',
  intro: 'Eine Sitzung ist ein Stück Arbeit. Solange sie läuft, gehört zu ihr, was du festhältst.',
  unreadable: 'Die Sitzungen konnten nicht gelesen werden',
  earlier: 'Frühere Sitzungen zeigen',
  current: 'Aktuell',
  continue: 'Fortsetzen',
  end: 'Beenden',
  actionsFor: (title) => `Aktionen für ${title}`,
  began: (count, when) => `${amounts.memories(count)} · begonnen ${when}`,
  ended: (count, when) => `${amounts.memories(count)} · beendet ${when}`,
  ofDay: (day) => `Sitzung vom ${day}`,
  menu: {
    rename: 'Umbenennen…',
    end: 'Sitzung beenden',
    continue: 'Sitzung fortsetzen',
    delete: 'Sitzung löschen',
  },
  start: {
    title: 'Sitzung beginnen',
    label: 'Worum es geht',
    placeholder: 'Bleibt es leer, heißt sie nach dem heutigen Tag',
    deed: 'Sitzung beginnen',
  },
  rename: {
    title: 'Sitzung umbenennen',
    deed: 'Umbenennen',
  },
  said: {
    ended: (title) => `Sitzung „${title}“ beendet`,
    continueIt: 'Fortsetzen',
    goesOn: (title) => `Die Sitzung „${title}“ geht weiter`,
    deleted: (title) => `Sitzung „${title}“ gelöscht; ihre Erinnerungen bleiben`,
  },
  picker: {
    title: (count) => `${amounts.memories(count)} in eine Sitzung verschieben`,
    label: 'Sitzung',
    placeholder: 'Sitzung suchen oder beginnen',
    none: 'Keine Sitzung heißt so.',
    hereNow: 'Schon hier',
    noSession: 'Keine Sitzung',
    newSession: 'Neue Sitzung…',
    start: (title) => `„${title}“ beginnen`,
  },
};
