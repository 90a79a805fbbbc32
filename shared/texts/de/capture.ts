import type { capture as english } from '../en/capture.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';
import { count, plural } from './quantities.ts';

export const capture: TextsOf<typeof english> = {
  title: 'Neue Erinnerung',
  windowTitle: 'Neue Erinnerung – Loci',
  titleLabel: 'Titel',
  titlePlaceholder: 'Titel, wenn du magst',
  text: 'Text',
  textPlaceholder: 'Was willst du behalten?',
  clear: 'Leeren',
  keep: 'Festhalten',
  putAway: 'Weglegen',
  kept: 'Festgehalten',
  opening: 'Deine Bibliothek wird geöffnet',
  notOpen: 'Die Bibliothek ist nicht geöffnet',
  dropHint: 'Zum Festhalten ablegen',
  tooLarge: 'Das ist mehr, als eine Erinnerung fasst (2 MB Text). Teile es auf mehrere auf.',
  taken: (keys) =>
    `${keys} gehört einem anderen Programm und öffnet Loci daher nicht. Wähle in den Einstellungen andere Tasten.`,
  link: {
    label: 'Aus einem Link',
    title: 'Ein Link will diesen Text hinzufügen. Behalten wird nichts, solange du es nicht festhältst.',
    add: 'Hinzufügen',
    leaveOut: 'Weglassen',
  },
  files: {
    titleOfOne: 'Dies als Erinnerung festhalten?',
    title: 'Diese Dateien als Erinnerungen festhalten?',
    keep: (files) => `${amounts.memories(files)} festhalten`,
    keeping: (done, total) => `${count(done)} von ${count(total)} festgehalten`,
    stop: 'Hier aufhören',
    kept: (files) => `${amounts.memories(files)} festgehalten`,
    unreadable: (name) =>
      `„${name}“ konnte nicht gelesen werden. Vielleicht ist es ein Ordner oder nicht mehr da.`,
    noText: (name) => `„${name}“ ist keine Textdatei. Loci nimmt hier .txt- und .md-Dateien.`,
    empty: (name) => `„${name}“ ist leer.`,
    somethingElse: (name) => `„${name}“ heißt wie eine Textdatei, enthält aber etwas anderes.`,
    tooLarge: (name) =>
      `„${name}“ ist größer als die 2 MB, die eine Erinnerung fasst. Teile es auf mehrere Dateien auf.`,
    moreLeftOut: (refusal, more) =>
      `${refusal} ${plural(more, { one: 'Eine weitere Datei wurde weggelassen.', other: `${more} weitere Dateien wurden weggelassen.` })}`,
  },
  drafts: {
    begun: 'Du hattest eine neue Erinnerung angefangen',
    goOnWriting: 'Weiterschreiben',
    merging: 'Du hattest angefangen, zwei Erinnerungen zusammenzuführen',
    goOnMerging: 'Weiter zusammenführen',
    saved: 'Was du beim Schließen von Loci gerade geschrieben hast, ist gesichert',
    notSaved: (reason) => `Etwas, das du geschrieben hast, ist noch nicht gesichert. ${reason}`,
    show: 'Zeigen',
  },
};
