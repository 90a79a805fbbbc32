import type { AuditSubject } from '../../schemas/audit.ts';
import type { activity as english } from '../en/activity.ts';
import type { TextsOf } from '../texts-of.ts';
import { count, list, plural } from './quantities.ts';

/** As objects of a deed: "eine Erinnerung", "3 Erinnerungen". */
const names: Readonly<Record<AuditSubject, readonly [one: string, many: string]>> = {
  memory: ['eine Erinnerung', 'Erinnerungen'],
  session: ['eine Sitzung', 'Sitzungen'],
  tag: ['ein Schlagwort', 'Schlagwörter'],
  document: ['ein Dokument', 'Dokumente'],
  specialization: ['eine Spezialisierung', 'Spezialisierungen'],
  saved_search: ['eine gespeicherte Suche', 'gespeicherte Suchen'],
  setting: ['eine Einstellung', 'Einstellungen'],
  app_user: ['eine Person', 'Personen'],
  library: ['die Bibliothek', 'die Bibliothek'],
};

function amount(subject: AuditSubject, things: number, orMore: boolean): string {
  const [one, many] = names[subject];
  if (subject === 'library') return one;
  if (orMore) return `${count(things)} oder mehr ${many}`;
  return things <= 1 ? one : `${count(things)} ${many}`;
}

const thing = (subject: AuditSubject): string =>
  subject === 'app_user' ? 'diese Person' : amount(subject, 1, false);

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

// A deed is named by its participle, which fits whoever did it: "Du hast eine Erinnerung angelegt".
export const activity: TextsOf<typeof english> = {
  title: 'Verlauf',
  show: 'Zeigen',
  everything: 'Alles',
  kinds: {
    memory: 'Erinnerungen',
    session: 'Sitzungen',
    tag: 'Schlagwörter',
    document: 'Dokumente',
    specialization: 'Spezialisierungen',
    saved_search: 'Gespeicherte Suchen',
    setting: 'Einstellungen',
    app_user: 'Personen',
    library: 'Die Bibliothek im Ganzen',
  },
  nothingYet: 'Hier erscheint, was in dieser Bibliothek angelegt, geändert oder entfernt wird.',
  nothingOf: (subject) => `Dazu gibt es noch nichts: ${activity.kinds[subject]}.`,
  showEverything: 'Alles zeigen',
  unreadable: 'Der Verlauf war nicht lesbar',
  nothingOlder: 'Älteres gibt es nicht.',
  earlier: 'Früheres zeigen',
  reading: 'Der Verlauf wird gelesen',
  amount,
  event: (events) => plural(events, { one: 'Ereignis', other: 'Ereignisse' }),
  sequence: (sequence) => `${count(sequence)} dieser Bibliothek`,
  sequences: (first, last) => `${count(first)} bis ${count(last)} dieser Bibliothek`,
  when: 'Wann',
  notedAs: 'Vermerkt als',
  which: 'Welche',
  andOthers: (others) => plural(others, { one: 'und 1 weitere', other: `und ${count(others)} weitere` }),
  andOthersOrMore: (others) => `und mindestens ${count(others)} weitere`,
  check: {
    label: 'Prüfung',
    check: 'Prüfen',
    again: 'Erneut prüfen',
    checking: 'Wird geprüft',
    question: 'Ist alles, wie es war?',
    questionText:
      'Loci versiegelt jedes Ereignis hier unten zusammen mit dem davor. Eine Prüfung findet, was ohne Loci geändert wurde.',
    checked: (moment, events, things) =>
      `Geprüft ${moment}: ${plural(events, { one: '1 Ereignis', other: `${count(events)} Ereignisse` })} und ${plural(things, { one: '1 Ding', other: `${count(things)} Dinge` })}, von denen sie erzählen.`,
    intact: 'Alles ist, wie es war',
    altered: 'Etwas wurde ohne Loci geändert',
    stopped: 'Die Prüfung wurde abgebrochen',
    stoppedText: 'Sie kam nicht zum Ende und sagt deshalb nichts.',
    interrupted: 'Die Prüfung wurde unterbrochen',
    interruptedText: 'Loci wurde beendet, bevor sie fertig war.',
    failed: 'Die Prüfung ließ sich nicht beenden',
    unreadable: 'Was die letzte Prüfung ergab, ist nicht lesbar',
    unreadableText: 'Prüfe erneut, um es zu wissen.',
    going: 'Alle Ereignisse und wovon sie erzählen werden durchgegangen.',
    progress: (done, total) => `${count(done)} von ${count(total)} Ereignissen und Dingen`,
    list: 'Ohne Loci geändert',
    more: (findings) => `Und ${count(findings)} weitere.`,
    advice:
      'Wenn ein anderes Programm an der Datenbank war, hat es das getan. Wenn nicht, war vielleicht jemand anderes an diesem Computer. Loci hat nichts zurückgeändert und nichts gelöscht. Mach eine Kopie des Ordners der Bibliothek, bevor du weitermachst.',
    neverNoted: 'Loci hat es nie vermerkt.',
    lastNoted: (moment, sentence) => `Loci hat es zuletzt ${moment} vermerkt: ${sentence}.`,
    nowSays: (sentence, moment) => `Dort steht jetzt: ${sentence}, ${moment}.`,
    eventChanged: (sequence) =>
      `Ereignis ${count(sequence)} ist nicht, was Loci geschrieben hat. Was danach kommt, ist nicht verbürgt.`,
    eventMoved: (sequence) =>
      `Ereignis ${count(sequence)} steht nicht, wo Loci es geschrieben hat. Was danach kommt, ist nicht verbürgt.`,
    eventMissing: (sequence) => `Ereignis ${count(sequence)} fehlt. Was danach kommt, ist nicht verbürgt.`,
    eventsMissing: (missing, sequence) =>
      `${count(missing)} Ereignisse fehlen, ab Ereignis ${count(sequence)}. Was danach kommt, ist nicht verbürgt.`,
    wasAdded: (subject) => `${capital(thing(subject))} wurde hinzugefügt`,
    wasChanged: (subject) => `${capital(thing(subject))} wurde geändert`,
    wasRemoved: (subject) => `${capital(thing(subject))} wurde entfernt`,
  },
  sentences: {
    person: (deed) => `Du hast ${deed}`,
    app: (deed) => `Loci hat ${deed}`,
    unknown: (action) => `etwas Unbekanntes getan (${action})`,
    beganLibrary: 'diese Bibliothek begonnen',
    startedSession: (what) => `${what} begonnen`,
    created: (what) => `${what} angelegt`,
    trashed: (what) => `${what} in den Papierkorb gelegt`,
    restoredLibrary: 'die Bibliothek aus einer Kopie wiederhergestellt',
    restored: (what) => `${what} aus dem Papierkorb zurückgeholt`,
    broughtBack: (what) => `${what} zurückgeholt`,
    purged: (what) => `${what} endgültig aus dem Papierkorb gelöscht`,
    removedPerson: (what) => `${what} mit allem, was dazugehörte, entfernt`,
    deleted: (what) => `${what} gelöscht`,
    importedLibrary: 'in die Bibliothek importiert',
    imported: (what) => `${what} importiert`,
    exported: (what) => `${what} exportiert`,
    unlocked: (what) => `${what} freigegeben`,
    ended: (what) => `${what} beendet`,
    changed: (what) => `${what} geändert`,
    changedFields: (fields, what) => `${what} geändert: ${list(fields)}`,
  },
  changes: {
    'memory pinned': (what) => `${what} angeheftet oder gelöst`,
    'memory session_id': (what) => `${what} in eine andere Sitzung verschoben oder aus einer genommen`,
    'memory document_id': (what) => `${what} einem anderen Dokument zugeordnet`,
    'session title': (what) => `${what} umbenannt`,
    'session ended_at': (what) => `${what} beendet oder wieder geöffnet`,
    'session expires_at,ended_at': (what) => `${what} wieder geöffnet`,
    'tag name': (what) => `${what} umbenannt`,
    'document name': (what) => `${what} umbenannt`,
    'specialization name': (what) => `${what} umbenannt`,
    'specialization sha256,tensor_hash': (what) => `Prüfsummen berechnet für ${what}`,
    'specialization status,problem': (what) => `vermerkt, wie es um die Datei steht, für ${what}`,
    'specialization memories': (what) => `Erinnerungen verknüpft oder gelöst, für ${what}`,
    'saved_search name': (what) => `${what} umbenannt`,
    'saved_search position': (what) => `${what} an eine andere Stelle gesetzt`,
    'setting appearance.theme': () => 'das Erscheinungsbild geändert',
    'setting appearance.language': () => 'die Sprache geändert',
    'setting trash.keepDays': () => 'geändert, wie lange der Papierkorb aufgehoben wird',
    'setting sessions.lifetimeDays': () => 'geändert, nach wie vielen Tagen Sitzungen von selbst enden',
    'app_user name': () => 'den Namen dieser Person geändert',
    'app_user email': () => 'die E-Mail-Adresse dieser Person geändert',
    'app_user name,email': () => 'Namen und E-Mail-Adresse dieser Person geändert',
  },
  fields: {
    content: 'Text',
    title: 'Titel',
    importance: 'Wichtigkeit',
    tags: 'Schlagwörter',
    pinned: 'Anheftung',
    source: 'Quelle',
    occurred_at: 'Datum',
    session_id: 'Sitzung',
    document_id: 'Dokument',
    started_at: 'Anfang',
    expires_at: 'Ablauf',
    ended_at: 'Ende',
    name: 'Name',
    colour: 'Farbe',
    query: 'Anfrage',
    position: 'Platz',
    description: 'Beschreibung',
    domain: 'Gebiet',
    model_path: 'Adapter',
    base_model: 'Grundmodell',
  },
};
