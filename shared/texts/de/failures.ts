import type { failures as english } from '../en/failures.ts';
import type { TextsOf } from '../texts-of.ts';
import { count, plural } from './quantities.ts';

export const failures: TextsOf<typeof english> = {
  internal: 'In Loci ist etwas schiefgegangen. Einzelheiten stehen im Protokoll.',
  unknownAction: 'Diese Aktion kennt Loci nicht.',
  badRequest: 'Etwas an dieser Anfrage ist anders, als Loci es erwartet.',
  noAnswer: 'Loci hat nicht geantwortet. Beende es und starte es neu; im Protokoll steht mehr.',
  visible: 'Hier fehlt etwas Sichtbares.',
  years: 'Nur Daten der Jahre 1 bis 9999 können behalten werden.',
  laterSearch: 'Eine spätere Suche ist an ihre Stelle getreten.',
  undone:
    'Das lässt sich nicht mehr rückgängig machen: Es wurde schon rückgängig gemacht, oder es ist zu lange her.',
  libraryClosed: 'Deine Bibliothek ist geschlossen.',
  notOpenYet: 'Deine Bibliothek ist noch nicht geöffnet. Versuche es gleich noch einmal.',
  gone: {
    memory: 'Diese Erinnerung gibt es nicht mehr. Vielleicht wurde sie inzwischen gelöscht.',
    session: 'Diese Sitzung gibt es nicht mehr. Vielleicht wurde sie inzwischen gelöscht.',
    tag: 'Dieses Schlagwort gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht.',
    document: 'Dieses Dokument gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht.',
    specialization: 'Diese Spezialisierung gibt es nicht mehr. Vielleicht wurde sie inzwischen gelöscht.',
    savedSearch: 'Diese gespeicherte Suche gibt es nicht mehr. Vielleicht wurde sie inzwischen gelöscht.',
    version: 'Diese Fassung gibt es nicht mehr. Vielleicht wurde sie inzwischen gelöscht.',
    person: 'Diese Person gibt es nicht mehr. Vielleicht wurde sie inzwischen entfernt.',
    job: 'Diesen Vorgang gibt es nicht mehr. Vielleicht wurde er inzwischen gelöscht.',
    file: 'Diese Datei gibt es nicht mehr. Vielleicht wurde sie inzwischen gelöscht.',
    folder: 'Diesen Ordner gibt es nicht mehr. Vielleicht wurde er inzwischen gelöscht.',
    model: 'Dieses Modell gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht.',
    thing: 'Das gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht.',
  },
  memory: {
    inTrash: 'Diese Erinnerung ist im Papierkorb. Stelle sie wieder her, um sie zu ändern.',
    changed: 'Diese Erinnerung wurde inzwischen geändert. Nichts wurde überschrieben.',
    changedAtOnce:
      'Diese Erinnerung wurde im selben Moment anderswo geändert, und diese Änderung wurde nicht gesichert. Versuche es noch einmal.',
    tooLarge: 'Eine Erinnerung fasst 2 MB Text. Teile dies auf mehrere Erinnerungen auf.',
    titleTooLong: (most) => `Ein Titel hat höchstens ${count(most)} Zeichen. Schreib den Rest in den Text.`,
    empty: 'Hier gibt es noch nichts zu behalten. Schreib etwas, oder gib einen Titel ein.',
    tagName: 'Der Name eines Schlagworts hat 1 bis 100 Zeichen, eines davon sichtbar.',
    tooManyTags: (most) =>
      `Eine Erinnerung hat höchstens ${count(most)} Schlagwörter. Entferne zuerst ein paar andere.`,
    mergedWithItself: 'Eine Erinnerung lässt sich nicht mit sich selbst zusammenführen. Wähle eine andere.',
    tooMuchAtOnce: 'Das ist zu viel auf einmal. Wähle weniger Schlagwörter oder weniger Erinnerungen.',
    notThePage: 'Hier hat keine Seite dieser Liste geendet. Öffne die Liste noch einmal.',
    titleLength: 'Der Titel einer Erinnerung hat höchstens 500 Zeichen.',
    contentLength: 'Eine Erinnerung braucht einen Text oder einen Titel, und ihr Text hat höchstens 2 MB.',
    importance: 'Die Wichtigkeit einer Erinnerung liegt zwischen 0 und 1.',
  },
  tag: {
    nameTaken: (name) =>
      `Das Schlagwort „${name}“ gibt es schon. Wähle einen anderen Namen, oder führe die beiden zusammen.`,
    taken: 'Ein Schlagwort mit diesem Namen gibt es schon. Groß- und Kleinschreibung zählt nicht.',
    name: 'Der Name eines Schlagworts braucht 1 bis 100 Zeichen, ohne Leerzeichen außen herum.',
    mergedWithItself: 'Ein Schlagwort lässt sich nicht mit sich selbst zusammenführen. Wähle ein anderes.',
    changedAtOnce: 'Diese Schlagwörter wurden im selben Moment anderswo geändert. Versuche es noch einmal.',
  },
  session: {
    title: 'Der Titel einer Sitzung braucht 1 bis 200 Zeichen.',
    expires: 'Eine Sitzung muss nach ihrem Beginn ablaufen.',
    ends: 'Eine Sitzung kann nicht vor ihrem Beginn enden.',
  },
  document: {
    taken: 'Genau diese Datei ist schon in deiner Bibliothek.',
    name: 'Der Name eines Dokuments braucht 1 bis 1.000 Zeichen.',
    changedAtOnce: 'Dieses Dokument wurde im selben Moment anderswo geändert. Versuche es noch einmal.',
  },
  person: {
    notTheName: 'Das ist nicht der Name. Gib ihn genau so ein, wie er dasteht.',
    onlyOne: 'Das ist die einzige Person hier. Füge eine andere hinzu, bevor du diese entfernst.',
    emailTaken: 'Jemand anderes hier hat diese E-Mail-Adresse schon.',
    name: 'Der Name einer Person braucht 1 bis 200 Zeichen.',
    email: 'Das sieht nicht nach einer E-Mail-Adresse aus.',
  },
  specialization: {
    taken: 'Eine Spezialisierung mit diesem Namen gibt es schon. Groß- und Kleinschreibung zählt nicht.',
    name: 'Der Name einer Spezialisierung braucht 1 bis 200 Zeichen, ohne Leerzeichen außen herum.',
    description: 'Eine Beschreibung hat höchstens 20.000 Zeichen.',
    tags: 'Eine Spezialisierung hat höchstens 50 Schlagwörter.',
    domain: 'Ein Fachgebiet hat höchstens 200 Zeichen.',
    inTrash: 'Diese Spezialisierung liegt im Papierkorb. Hol sie zuerst zurück, um sie zu ändern.',
    changed: 'Diese Spezialisierung wurde inzwischen geändert. Überschrieben wurde nichts.',
    nameTaken: (name) => `Die Spezialisierung „${name}“ gibt es schon. Wähle einen anderen Namen.`,
    nameTakenSince: (name) =>
      `Inzwischen heißt eine andere Spezialisierung „${name}“. Benenne jene um, bevor du diese zurückholst.`,
    noAdapter: 'Diese Spezialisierung hat keinen Adapter.',
    otherAdapter: 'Das ist ein anderer Adapter als der, der dort war.',
    adapterChanged: 'Der Adapter wurde inzwischen geändert. Überschrieben wurde nichts.',
    copiedAlready: 'Die Bibliothek hat schon eine Kopie dieses Adapters.',
    noRoom: (needed, free) =>
      `Für eine Kopie reicht der Platz nicht: Sie braucht ${needed}, und ${free} sind frei. Mach Platz, oder lass den Adapter, wo er ist.`,
    keptApartTaken: (name) =>
      `Die Datei „${name}“, in die die zurückgelegten Beispiele kämen, gibt es schon. Wähle einen anderen Namen.`,
    unwritable: 'Dort ließ sich die Datei nicht schreiben. Wähle einen anderen Ort, oder mach Platz.',
  },
  savedSearch: {
    nameTaken: (name) => `Die gespeicherte Suche „${name}“ gibt es schon. Wähle einen anderen Namen.`,
    taken: 'Eine gespeicherte Suche mit diesem Namen gibt es schon. Groß- und Kleinschreibung zählt nicht.',
    name: 'Der Name einer gespeicherten Suche braucht 1 bis 200 Zeichen, ohne Leerzeichen außen herum.',
    query: 'Eine Suche hat höchstens 10.000 Zeichen.',
  },
  database: {
    silent: 'Die Datenbank hat nicht gesagt, wie es ihr geht.',
    gone: 'Die Datenbank deiner Bibliothek antwortet nicht. Nichts Gesichertes ist verloren; versuche es gleich noch einmal.',
    unreadableText:
      'Etwas in diesem Text oder Wert lässt sich nicht ablegen. Entferne ungewöhnliche unsichtbare Zeichen und versuche es noch einmal.',
    strangeDate:
      'Ein Datum oder eine Uhrzeit hier kann Loci nicht behalten. Möglich sind die Jahre 1 bis 9999.',
    changedElsewhere:
      'Zwei Änderungen sind im selben Moment aufeinandergetroffen, und diese wurde nicht gesichert. Versuche es noch einmal.',
    tookTooLong:
      'Das hat zu lange gedauert und wurde angehalten. Nichts wurde geändert; versuche es noch einmal.',
    stillInUse: 'Das wird noch von etwas anderem gebraucht und lässt sich nicht entfernen.',
    onlyOne: 'So etwas gibt es schon, und es kann nur eines geben.',
    overlaps: 'Das überschneidet sich mit etwas, das es schon gibt.',
    ownerGone: 'Etwas, zu dem dies gehört, gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht.',
    outside: 'Ein Wert liegt außerhalb dessen, was Loci behalten kann.',
    leftOut: 'Etwas Nötiges fehlt.',
    tooLong: 'Ein Text ist länger, als Loci behalten kann.',
    tooLarge: 'Etwas ist größer, als Loci behalten kann.',
    busy: 'Andere Arbeit an deiner Bibliothek ist noch nicht fertig. Nichts wurde geändert; versuche es gleich noch einmal.',
    cancelled: 'Das wurde abgebrochen. Nichts wurde geändert.',
    diskFull:
      'Der Datenträger ist voll. Nichts Gesichertes ist verloren; schaffe Platz auf dem Datenträger mit deiner Bibliothek und versuche es noch einmal.',
    readOnly: 'Die Datenbank lässt sich gerade nur lesen. Nichts wurde geändert.',
    noRights: 'In der Datenbank mit deiner Bibliothek fehlen Loci dafür die Rechte.',
    diskError:
      'Der Datenträger mit deiner Bibliothek hat einen Fehler gemeldet. Mach eine Kopie deiner Bibliothek und lass ihn prüfen.',
    damaged: 'Ein Teil deiner Bibliothek lässt sich nicht lesen. Deine Sicherheitskopien sind unberührt.',
    notAccepted:
      'Die Datenbank deiner Bibliothek hat Loci nicht angenommen. Prüfe Benutzer und Passwort in ihrer Adresse.',
    notThere: 'Die Datenbank, die deine Bibliothek enthalten soll, gibt es nicht.',
    overloaded: 'Die Datenbank deiner Bibliothek hat gerade zu viel zu tun. Versuche es gleich noch einmal.',
  },
  meaning: {
    missing:
      'Die Dateien, die Loci für die Suche nach Bedeutung braucht, fehlen. Alles andere geht; eine neue Installation von Loci bringt sie zurück.',
    damaged:
      'Die Dateien, die Loci für die Suche nach Bedeutung braucht, sind beschädigt. Alles andere geht; eine neue Installation von Loci behebt das.',
    crashed: 'Der Teil von Loci, der nach Bedeutung sucht, fällt immer wieder aus. Alles andere geht.',
    stopped: 'Loci wird beendet.',
    timeout: 'Die Suche nach Bedeutung hat zu lange gedauert. Alles andere geht.',
    failed: 'Loci konnte mit diesem Text nichts anfangen. Alles andere geht.',
    asOf: 'Die Bibliothek von damals wird nach Wörtern durchsucht: Nur von heutigen Texten ist bekannt, was sie bedeuten.',
    reading: 'Beim Berechnen der Bedeutung ist etwas schiefgegangen.',
  },
  job: {
    unknown: 'Diese Version von Loci weiß nicht, wie das geht.',
    closing: 'Deine Bibliothek wird gerade geschlossen.',
    cancelled: 'Das wurde abgebrochen.',
    goneOn: 'Dieser Vorgang ist inzwischen weitergegangen, das geht damit nicht mehr.',
  },
  move: {
    inUse:
      'Die Bibliothek ist in Gebrauch und lässt sich gerade nicht verschieben. Versuche es gleich noch einmal.',
    noRoom: (megabytes) => `In diesem Ordner ist nicht genug Platz: ${count(megabytes)} MB werden gebraucht.`,
    failed:
      'Die Bibliothek konnte nicht in diesen Ordner kopiert werden und bleibt, wo sie ist. Im Protokoll steht mehr.',
    within: 'Dieser Ordner liegt in der Bibliothek selbst. Wähle einen anderen.',
    taken: (name) =>
      `In diesem Ordner gibt es schon etwas namens „${name}“. Wähle einen anderen Ordner, oder räume das weg.`,
  },
  model: {
    removing: 'Was von diesem Modell übrig ist, wird noch entfernt. Versuche es bald noch einmal.',
    inUseAlready: 'Dieses Modell ist schon in Gebrauch.',
    preparingAlready: 'Dieses Modell wird schon vorbereitet.',
    preparing: 'Dieses Modell wird gerade vorbereitet.',
    notAllRead: 'Noch wurden nicht alle Erinnerungen mit diesem Modell gelesen.',
    filesGone: 'Die Dateien dieses Modells sind nicht mehr da.',
    filesChanged: 'Die Dateien dieses Modells sind nicht mehr da oder wurden verändert.',
    inUse: 'Dieses Modell ist in Gebrauch. Geh zuerst zu einem anderen zurück.',
    cancelFirst: 'Dieses Modell wird gerade vorbereitet. Brich das zuerst ab.',
    unusable: 'Loci kann das Modell in diesem Ordner nicht verwenden. Wähle einen anderen.',
    unusableBecause: (reason) =>
      `Loci kann das Modell in diesem Ordner nicht verwenden. ${reason} Wähle einen anderen.`,
    someFailed: (memories) =>
      plural(memories, {
        one: '1 Erinnerung konnte mit diesem Modell nicht gelesen werden. Loci macht mit dem vorigen weiter.',
        other: `${count(memories)} Erinnerungen konnten mit diesem Modell nicht gelesen werden. Loci macht mit dem vorigen weiter.`,
      }),
  },
};
