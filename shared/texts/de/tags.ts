import type { tags as english } from '../en/tags.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';

export const tags: TextsOf<typeof english> = {
  title: 'Schlagwörter',
  find: 'Schlagwort suchen',
  byName: 'Nach Name',
  byCount: 'Nach Zahl der Erinnerungen',
  newTag: 'Neues Schlagwort',
  none: 'Es gibt noch keine Schlagwörter. Wähle Erinnerungen in einer Liste und drücke T, um ihnen eines zu geben.',
  noneSo: 'Kein Schlagwort heißt so.',
  actionsFor: (name) => `Aktionen für ${name}`,
  menu: {
    rename: 'Umbenennen…',
    colour: 'Farbe',
    noColour: 'Keine Farbe',
    merge: 'Zusammenführen mit…',
    delete: 'Schlagwort löschen',
    deleted: (name) => `Schlagwort „${name}“ gelöscht; seine Erinnerungen bleiben`,
  },
  colours: {
    red: 'Rot',
    orange: 'Orange',
    yellow: 'Gelb',
    green: 'Grün',
    teal: 'Türkis',
    blue: 'Blau',
    purple: 'Violett',
    pink: 'Rosa',
  },
  name: {
    label: 'Name',
    renameTitle: 'Schlagwort umbenennen',
    rename: 'Umbenennen',
    make: 'Anlegen',
  },
  merge: {
    title: (name) => `„${name}“ mit einem anderen Schlagwort zusammenführen`,
    noOther: 'Es gibt kein anderes Schlagwort, mit dem es zusammengeführt werden könnte.',
    into: 'Übrig bleibt',
    meaning: (count, name, into) =>
      count === 1
        ? `1 Erinnerung bekommt stattdessen das Schlagwort „${into}“, und „${name}“ verschwindet.`
        : `Das Schlagwort „${into}“ bekommen stattdessen ${amounts.memories(count)}, und „${name}“ verschwindet.`,
    deed: 'Zusammenführen',
    done: (name, into) => `„${name}“ und „${into}“ zusammengeführt`,
  },
  picker: {
    title: (count) => `Schlagwort für ${amounts.memories(count)}`,
    label: 'Schlagwort',
    placeholder: 'Schlagwort suchen oder anlegen',
    none: 'Es gibt noch keine Schlagwörter: Gib den Namen des ersten ein.',
    takeAway: 'Entfernen',
    make: (name) => `„${name}“ anlegen`,
  },
};
