import type { people as english } from '../en/people.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';

export const people: TextsOf<typeof english> = {
  title: 'Personen',
  me: 'Ich',
  intro:
    'Alle hier haben eine eigene Bibliothek: Erinnerungen, Schlagwörter, Sitzungen und Einstellungen. Was jemand hinzufügt, sehen die anderen erst, wenn sie wechseln.',
  unreadable: 'Es ließ sich nicht feststellen, wer hier eine Bibliothek hat',
  notSwitched: 'Loci konnte nicht wechseln',
  onlyOne:
    'Die einzige Person lässt sich nicht entfernen: Eine Bibliothek gehört immer jemandem. Füge erst eine andere hinzu.',
  inUse: 'gerade aktiv',
  noMemories: 'Noch keine Erinnerungen',
  since: (day) => `Seit ${day}`,
  switch: 'Wechseln',
  switchTo: (name) => `Zu ${name} wechseln`,
  rename: 'Umbenennen',
  renameOne: (name) => `${name} umbenennen oder die E-Mail-Adresse ändern`,
  remove: 'Entfernen…',
  removeOne: (name) => `${name} entfernen`,
  add: {
    open: 'Person hinzufügen',
    openFromMenu: 'Person hinzufügen…',
    text: 'Jede Person hat auf diesem Computer eine eigene Bibliothek: Erinnerungen, Schlagwörter, Sitzungen und Einstellungen. Wer Loci hier öffnet, kann zu ihr wechseln; es gibt kein Passwort dazwischen.',
    deed: 'Hinzufügen',
    done: (name) => `${name} wurde hinzugefügt.`,
  },
  form: {
    name: 'Name',
    nameMissing: 'Jede Person braucht einen Namen.',
    email: 'E-Mail-Adresse',
    optional: 'freiwillig',
  },
  removal: {
    title: (name) => `„${name}“ entfernen?`,
    ofNothing: (name) =>
      `Die Bibliothek von „${name}“ enthält keine Erinnerungen. Ihre Sitzungen, Schlagwörter, Einstellungen und ihr Papierkorb werden endgültig gelöscht.`,
    ofMemories: (name, memories) => [
      `Die Bibliothek von „${name}“ wird mit ihr endgültig gelöscht: `,
      memories,
      ' samt Verlauf und alle Sitzungen, Schlagwörter, Einstellungen und der Papierkorb.',
    ],
    forGood: 'Das lässt sich nicht rückgängig machen.',
    forGoodOfCurrent:
      'Das lässt sich nicht rückgängig machen. Loci macht danach mit der Person weiter, die zuvor hier war.',
    confirm: (name) => `Gib zur Bestätigung den Namen ein: ${name}`,
    deed: (name, memories) =>
      memories === 0
        ? `${name} endgültig entfernen`
        : `${name} und ${amounts.memories(memories)} endgültig entfernen`,
    keep: (name) => `${name} behalten`,
    done: (name) => `${name} wurde entfernt.`,
  },
  switcher: {
    label: (name) => `Bibliothek von ${name}. Person wechseln`,
    labelOfNobody: 'Person wechseln',
    manage: 'Personen verwalten',
    stay: (name) => `Bei ${name} bleiben`,
  },
};
