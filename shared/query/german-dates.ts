import { months, weekdays } from './date-names.ts';

const germanWeekdays = 'montag dienstag mittwoch donnerstag freitag samstag sonntag'.split(' ');
const germanMonths =
  'januar februar märz april mai juni juli august september oktober november dezember'.split(' ');
const numbers = 'null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ');
const units: Readonly<Record<string, string>> = {
  tag: 'day',
  woche: 'week',
  monat: 'month',
  quartal: 'quarter',
  jahr: 'year',
};

const others = new Map([
  ['heute', 'today'],
  ['gestern', 'yesterday'],
  ['vorgestern', '2 days ago'],
  ['morgen', 'tomorrow'],
  ['sonnabend', 'saturday'],
  ['jänner', 'january'],
  ['feber', 'february'],
  ['maerz', 'march'],
  ['frühling', 'spring'],
  ['frühjahr', 'spring'],
  ['sommer', 'summer'],
  ['herbst', 'autumn'],
]);

/**
 * A date in German words as one in English words; what is none stays as it is. Whatever language is chosen: a saved
 * search goes on meaning what it meant, and no word is a date in both that are not the same.
 */
export function germanAsEnglish(words: string): string {
  const german = words.replace(/^(?:(?:in|an|im|am|der|die|das|des|den|dem) )+/, '');
  const minute = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}),? (?:um )?(\d{1,2}):(\d\d)(?: uhr)?$/.exec(german);
  if (minute) {
    const [, day = '', month = '', year = '', hours = '', minutes = ''] = minute;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${hours.padStart(2, '0')}:${minutes}`;
  }
  const numeric = /^(?:(\d{1,2})\. ?)?(\d{1,2})\. ?(\d{4})$/.exec(german);
  // With dots nobody writes the month first.
  if (numeric) return [numeric[3], numeric[2], numeric[1]].filter((part) => part !== undefined).join('-');
  const quarter = /^([1-4])\. ?quartal( \d{4})?$/.exec(german);
  if (quarter) return `q${quarter[1]}${quarter[2] ?? ''}`;
  const ago = /^vor (\S+) (\S+)$/.exec(german) ?? /^(vorletzt)e[nmrs]? (\S+)$/.exec(german);
  if (ago) {
    const [unit, count] = [unitNamed(ago[2]), ago[1] === 'vorletzt' ? '2' : ago[1]];
    return unit === undefined ? words : `${numberNamed(count ?? '')} ${unit} ago`;
  }
  return german.split(' ').map(englishOf).join(' ');
}

function englishOf(word: string): string {
  const other = others.get(word);
  if (other !== undefined) return other;
  if (/^diese[nmrs]?$/.test(word)) return 'this';
  if (/^(?:letzt|vorig|vergangen)e[nmrs]?$/.test(word)) return 'last';
  const weekday = germanWeekdays.indexOf(word);
  if (weekday !== -1) return weekdays[weekday] ?? word;
  const [, beginning = ''] = /^(\p{L}{3,})\.?$/u.exec(word) ?? [];
  const month = beginning === '' ? -1 : germanMonths.findIndex((name) => name.startsWith(beginning));
  if (month !== -1) return months[month] ?? word;
  const unit = unitNamed(word);
  if (unit === undefined) return numberNamed(word);
  return /^(?:tagen?|wochen|monaten?|quartalen?|jahren?)$/.test(word) ? `${unit}s` : unit;
}

/** As they are bent: Tage, Tagen, Wochen, Monats, Jahren. */
function unitNamed(word: string | undefined): string | undefined {
  const [, stem = ''] = /^(tag|woche|monat|quartal|jahr)(?:e[ns]?|n|s)?$/.exec(word ?? '') ?? [];
  return units[stem];
}

function numberNamed(word: string): string {
  const index = numbers.indexOf(word.replace(/^ein(?:e[nmrs]?)$/, 'ein'));
  return index === -1 ? word : String(index);
}
