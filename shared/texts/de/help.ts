import type { help as english } from '../en/help.ts';
import type { TextsOf } from '../texts-of.ts';

export const help: TextsOf<typeof english> = {
  title: 'Hilfe',
  finding: 'Etwas finden',
  findingText:
    'Sag in eigenen Worten, was du suchst. Loci findet es nach Bedeutung und nach Wörtern und sagt zu jedem Treffer, warum er da ist. Drück auf eins davon, um zu sehen, was es tut:',
  examples: 'Beispiele für Suchen',
  queries: {
    about: { query: 'wie bleiben Rosen gesund', meaning: 'Erinnerungen darüber, gleich in welchen Worten' },
    phrase: { query: '"nach dem Regen"', meaning: 'Diese Wörter nebeneinander' },
    without: { query: 'Garten -Rosen', meaning: 'Ohne dieses Wort' },
    beginning: { query: 'Gart*', meaning: 'Wörter, die so beginnen' },
    together: {
      query: 'tag:Garten after:"letztes Jahr" importance:>0.5',
      meaning: 'Mehrere Filter zusammen',
    },
  },
  filters: 'Filter',
  filtersText: 'Ein Minus davor lässt weg, was er findet.',
  keyboard: 'Mit der Tastatur',
  keys: {
    'search.go': 'Suchen',
    'memory.new': 'Etwas Neues aufschreiben',
    'app.commands': 'Alles, was geht, beim Namen',
    'help.shortcuts': 'Alle Tastenkürzel',
    'edit.undo': 'Zuletzt Getanes zurücknehmen',
    'go.nextPane': 'Von der Seitenleiste zur Liste zur Erinnerung',
  },
  noKeys: 'keine Tasten',
  allShortcuts: 'Alle Tastenkürzel',
  allCommands: 'Alle Befehle',
  where: 'Wo deine Erinnerungen sind',
  whereText:
    'Auf diesem Computer und nirgends sonst, in einer Datenbank in diesem Ordner. Loci geht nie ins Netz. Für eine Kopie beende Loci und kopiere den ganzen Ordner.',
  trouble: 'Wenn etwas schiefgeht',
  cases: {
    deleted: {
      what: 'Etwas wurde versehentlich gelöscht',
      answer:
        'Rückgängig machen holt es sofort zurück. Später ist es im Papierkorb, so lange, wie es in den Einstellungen steht.',
    },
    changed: {
      what: 'Ein Text wurde geändert und soll wieder wie zuvor sein',
      answer:
        'Öffne die Erinnerung und ihren Verlauf: Dort ist jeder frühere Text und lässt sich zurückholen.',
    },
    stopped: {
      what: 'Loci oder der Computer ist stehen geblieben, während du geschrieben hast',
      answer:
        'Was du getippt hast, ist bis auf die letzte halbe Sekunde aufgehoben. Es ist wieder da, wenn Loci startet.',
    },
    wordsOnly: {
      what: 'Eine Suche findet nur nach Wörtern',
      answer:
        'Das Modell, das Bedeutungen kennt, lädt noch oder lässt sich nicht verwenden. Unter „Zustand“ steht, was davon, und was zu tun ist.',
    },
    diskFull: {
      what: 'Der Datenträger ist voll',
      answer:
        'Was gesichert ist, bleibt sicher. Schaffe Platz oder leere den Papierkorb: Loci macht von selbst weiter, sobald es geht.',
    },
    notOpening: {
      what: 'Die Bibliothek lässt sich nicht öffnen',
      answer:
        'Der Bildschirm sagt, was im Weg ist. Versuche es dort erneut; in den Protokollen steht mehr. Lösche den Ordner der Bibliothek nicht: Er enthält deine Erinnerungen.',
    },
  },
  diagnosticsText:
    'Die Diagnose enthält Versionen, Größen und Anzahlen. Sie enthält nichts, was du geschrieben hast, und nichts wird gesendet: Sie wird kopiert, und du entscheidest, wer sie sieht.',
  diagnosticsCopied: 'Diagnose kopiert. Sie enthält nichts, was du geschrieben hast.',
  diagnosticsNotCopied: (reason) => `Die Diagnose ließ sich nicht kopieren. ${reason}`,
};
