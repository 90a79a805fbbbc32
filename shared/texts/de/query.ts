import type { query as english } from '../en/query.ts';
import type { TextsOf } from '../texts-of.ts';
import { count, either } from './quantities.ts';

export const query: TextsOf<typeof english> = {
  openValue: (operator) =>
    `Das Zitat hat kein Ende. Schließe es mit ": Sonst gilt alles bis zum Schluss für ${operator}.`,
  openQuotation: 'Das Zitat hat kein Ende. Schließe es mit ": Alles bis dahin wird genau so gesucht.',
  tooLong: (characters) =>
    `Nur die ersten ${count(characters)} Zeichen werden gelesen. Suche weniger auf einmal.`,
  tooManyWords: (words) => `Nur die ersten ${count(words)} Wörter werden gesucht. Suche weniger auf einmal.`,
  tooManyDeciding: (words) =>
    `Nur die ersten ${count(words)} Wörter in Anführungszeichen oder mit Minus werden gesucht. Suche weniger auf einmal.`,
  loneOr:
    'OR steht zwischen Wörtern oder zwischen Filtern derselben Art: see OR meer, tag:garten OR tag:balkon.',
  noLetter: 'Darin ist kein Buchstabe und keine Zahl zum Suchen; es wird weggelassen.',
  together: (each) => `Beides gilt zusammen, nicht eins von beiden. Schreib ${each}.`,
  both: (filter) => `${filter} und -${filter} geht nicht zugleich. Das letzte gilt.`,
  moreThanOne: (operator) => `${operator}: steht mehrmals da, und das letzte gilt. Nimm eines weg.`,
  importance:
    'Die Wichtigkeit reicht von 0 bis 1. Schreib importance:>0.5, importance:0.3..0.7 oder importance:1.',
  emptyImportance:
    'Keine Erinnerung kann zugleich diese und die vorige Wichtigkeit haben. Schreib einen Bereich: importance:0.3..0.7.',
  unquotedDate: (words) => `Ein Datum aus mehreren Wörtern steht in Anführungszeichen: "${words}".`,
  noDate: (words) =>
    `„${words}“ ist kein Datum. Schreib eines wie 2026-03-01, 2026-03, gestern oder "letzter Monat".`,
  unknownValue: (filter, known) => `${filter} gibt es nicht. Schreib ${either(known)}.`,
  unknownTag: (name) => `Das Schlagwort „${name}“ gibt es nicht.`,
  moreThanOneMissing: 'missing: steht mehrmals da, und das letzte gilt.',
  notAmount: (operator, example) => `-${operator}: gibt es nicht. Schreib einen Bereich wie ${example}.`,
  oneAmount: (operator) =>
    `Bei ${operator} gilt nur der erste Wert. Schreib einen Bereich wie ${operator}:8..64.`,
  noAmount: (amount, example) =>
    `„${amount}“ ist keine Zahl, mit der Loci vergleichen kann. Schreib ${example}.`,
  emptyAmount: (operator) =>
    `Nichts kann zugleich dieses und das vorige ${operator}: haben. Schreib einen Bereich.`,
  loneOrOfSpecializations:
    'OR steht zwischen Wörtern oder zwischen Filtern derselben Art: recht OR steuer, base:llama OR base:qwen.',
  dates: {
    today: 'heute',
    yesterday: 'gestern',
    thisWeek: 'diese Woche',
    lastWeek: 'letzte Woche',
    thisMonth: 'dieser Monat',
    lastMonth: 'letzter Monat',
    lastYear: 'letztes Jahr',
  },
  examples: {
    tag: 'tag:Garten',
    session: 'session:"Reise nach Rom"',
    document: 'document:bericht.pdf',
  },
  not: {
    after: '-after: gibt es nicht. Für Früheres schreib before:.',
    before: '-before: gibt es nicht. Für Späteres schreib after:.',
    on: '-on: gibt es nicht. Für Früheres schreib before:, für Späteres after:.',
    importance:
      '-importance: gibt es nicht. Schreib einen Bereich wie importance:<0.5 oder importance:0.3..0.7.',
    asOf: '-as-of: gibt es nicht. Schreib den einen Tag, dessen Bibliothek du sehen willst, etwa as-of:2026-03-01.',
  },
  several: {
    after: 'Bei after gilt nur der erste Wert. Für einen von zwei Zeiträumen schreib on:2025,2026.',
    before: 'Bei before gilt nur der erste Wert. Für einen von zwei Zeiträumen schreib on:2025,2026.',
    asOf: 'Bei as-of gilt nur der erste Wert. Schreib den einen Tag, dessen Bibliothek du sehen willst, etwa as-of:2026-03-01.',
    importance: 'Bei importance gilt nur der erste Wert. Schreib einen Bereich wie importance:0.3..0.7.',
  },
  meanings: {
    tag: 'Mit diesem Schlagwort',
    session: 'Aus dieser Sitzung',
    source: 'Auf diesem Weg hereingekommen',
    document: 'Aus diesem Dokument',
    after: 'Ab diesem Tag',
    before: 'Vor diesem Tag',
    on: 'An diesem Tag oder in diesem Monat oder Jahr',
    importance: 'Von dieser Wichtigkeit, 0 bis 1',
    is: 'Angeheftet oder ohne Schlagwort',
    has: 'Mit früheren Fassungen oder einem Dokument',
    in: 'Im Papierkorb',
    asOf: 'Die Bibliothek, wie sie damals war',
  },
};
