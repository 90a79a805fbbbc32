import { addDays, type CalendarDay, compareDays, normalDay, weekdayOf, type Zone } from './calendar.ts';
import { months, weekdays } from './date-names.ts';
import { germanAsEnglish } from './german-dates.ts';

/** From the first instant up to, and without, the last. */
export interface Period {
  from: Date;
  until: Date;
}

/** Whole days: from the first up to, and without, the last. */
interface Days {
  from: CalendarDay;
  until: CalendarDay;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Seasons by whole months, as weather services count them, named by the year they begin in. */
const northernSeasons: Readonly<Record<string, number>> = {
  spring: 3,
  summer: 6,
  autumn: 9,
  fall: 9,
  winter: 12,
};
const southernZone =
  /^(Australia|Antarctica)\/|^Pacific\/(Auckland|Chatham|Fiji|Noumea|Tongatapu|Apia)|^Africa\/(Johannesburg|Maseru|Mbabane|Windhoek|Gaborone|Harare|Maputo)|^Indian\/(Antananarivo|Mauritius|Reunion)|^America\/(Argentina\/|Buenos_Aires|Sao_Paulo|Santiago|Punta_Arenas|Montevideo|Asuncion|La_Paz|Campo_Grande|Cuiaba)|^Atlantic\/Stanley/;

/**
 * The period that words such as `2026-03`, `yesterday`, `last summer` or `march 2025` mean to someone
 * in this time zone at this moment. Weeks begin on Monday. A name without a year (`march`, `monday`, `Q1`,
 * `summer`) is the latest one that has begun; with `last` it is the latest one that is over.
 * The same in German: `gestern`, `letzter Sommer`, `vor 3 Tagen`, `5. März 2025`, `5.3.2025`, `5.3.2025 14:05`.
 * `a..b` is everything from the beginning of a to the end of b.
 */
export function periodOf(text: string, now: Date, zone: Zone): Period | undefined {
  const words = text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ').replace(/^the /, '');
  const [first, second, ...more] = words.split('..');
  if (first !== undefined && second !== undefined) {
    const [from, until] = [singlePeriod(first.trim(), now, zone), singlePeriod(second.trim(), now, zone)];
    if (!from || !until || more.length > 0 || from.from >= until.until) return undefined;
    return { from: from.from, until: until.until };
  }
  return singlePeriod(words, now, zone);
}

function singlePeriod(written: string, now: Date, zone: Zone): Period | undefined {
  const words = germanAsEnglish(written);
  const minute = /^(\S{10})[t ](\d\d):(\d\d)$/.exec(words);
  const days = daysOf(minute?.[1] ?? words, zone.dayAt(now), zone);
  if (!days || days.from.year < 1000 || days.until.year > 9999) return undefined;
  if (!minute) return { from: zone.instantOf(days.from), until: zone.instantOf(days.until) };
  const [hours, minutes] = [Number(minute[2]), Number(minute[3])];
  if (hours > 23 || minutes > 59) return undefined;
  const from = zone.instantOf(days.from, hours * 60 + minutes);
  return { from, until: new Date(from.getTime() + 60_000) };
}

function daysOf(words: string, today: CalendarDay, zone: Zone): Days | undefined {
  return (
    writtenDate(words) ??
    namedDay(words, today) ??
    relativeDays(words, today) ??
    namedMonth(words, today) ??
    namedQuarter(words, today) ??
    namedSeason(words, today, zone)
  );
}

/** 2026, 2026-03, 2026-03-01. Not 03/04/2026: nobody can tell which of the two is the month. */
function writtenDate(words: string): Days | undefined {
  const match = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?$/.exec(words);
  if (!match) return undefined;
  const [, year, , month, day] = match;
  if (month === undefined) return yearFrom({ year: Number(year), month: 1, day: 1 });
  if (day === undefined) return monthOf(Number(year), Number(month));
  return dayOf({ year: Number(year), month: Number(month), day: Number(day) });
}

function namedDay(words: string, today: CalendarDay): Days | undefined {
  const daysAway = { today: 0, yesterday: -1, tomorrow: 1 }[words];
  if (daysAway !== undefined) return dayOf(addDays(today, daysAway));
  const [, last, name] = /^(last |this )?(\w{3,})$/.exec(words) ?? [];
  const weekday = indexOfName(weekdays, name);
  if (weekday === undefined) return undefined;
  if (last === 'this ') return dayOf(addDays(today, weekday - weekdayOf(today)));
  const daysAgo = (weekdayOf(today) - weekday + 7) % 7;
  return dayOf(addDays(today, daysAgo === 0 && last === 'last ' ? -7 : -daysAgo));
}

function relativeDays(words: string, today: CalendarDay): Days | undefined {
  const calendar = /^(this|last|previous) (day|week|month|quarter|year)$/.exec(words);
  if (calendar) return unitAway(today, unitNamed(calendar[2]), calendar[1] === 'this' ? 0 : -1);

  // As large as its unit, so that `on:"2 months ago"` finds more than what fell on one day.
  const ago = /^(\w+) (day|week|month|quarter|year)s? ago$/.exec(words);
  const count = numberOf(ago?.[1]);
  if (ago && count !== undefined) return unitAway(today, unitNamed(ago[2]), -count);

  // Not by the calendar: up to today, today included.
  const rolling = /^(?:last|past) (?:(\w+) )?(day|week|month|quarter|year)s?$/.exec(words);
  const length = rolling?.[1] === undefined ? 1 : numberOf(rolling[1]);
  if (!rolling || length === undefined) return undefined;
  return { from: shifted(today, unitNamed(rolling[2]), -length), until: addDays(today, 1) };
}

/** march, mar 2025, 5 march, march 5 2025 */
function namedMonth(words: string, today: CalendarDay): Days | undefined {
  const match =
    /^(?<which>last |this )?(?<name>[a-z]{3,})\.?(?: (?<day>\d{1,2})(?:st|nd|rd|th)?)?(?:,? (?<year>\d{4}))?$/.exec(
      words,
    ) ?? /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?<name>[a-z]{3,})\.?(?: (?<year>\d{4}))?$/.exec(words);
  const index = indexOfName(months, match?.groups?.['name']);
  if (!match || index === undefined) return undefined;
  const { which, day, year } = match.groups ?? {};
  return oneOfEachYear(which, year, today, (each) =>
    day === undefined ? monthOf(each, index + 1) : dayOf({ year: each, month: index + 1, day: Number(day) }),
  );
}

function namedQuarter(words: string, today: CalendarDay): Days | undefined {
  const match =
    /^(?<which>last |this )?q(?<quarter>[1-4])(?:[ -]?(?<year>\d{4}))?$/.exec(words) ??
    /^(?<year>\d{4})[ -]?q(?<quarter>[1-4])$/.exec(words);
  if (!match) return undefined;
  const { which, quarter, year } = match.groups ?? {};
  return oneOfEachYear(which, year, today, (each) => monthsFrom(each, Number(quarter) * 3 - 2, 3));
}

function namedSeason(words: string, today: CalendarDay, zone: Zone): Days | undefined {
  const [, which, name, year] = /^(last |this )?(\w+)(?: (\d{4}))?$/.exec(words) ?? [];
  const northern = Object.hasOwn(northernSeasons, name ?? '') ? northernSeasons[name ?? ''] : undefined;
  if (northern === undefined) return undefined;
  const month = southernZone.test(zone.name) ? ((northern + 5) % 12) + 1 : northern;
  return oneOfEachYear(which, year, today, (each) => monthsFrom(each, month, 3));
}

/** Of something that comes every year, the one that is meant. */
function oneOfEachYear(
  which: string | undefined,
  year: string | undefined,
  today: CalendarDay,
  inYear: (year: number) => Days | undefined,
): Days | undefined {
  if (year !== undefined) return which === undefined ? inYear(Number(year)) : undefined;
  const begun = (days: Days): boolean => compareDays(days.from, today) <= 0;
  const over = (days: Days): boolean => compareDays(days.until, today) <= 0;
  // Eight years back: 29 February may be that far away.
  const latestFirst = Array.from({ length: 10 }, (_, i) => inYear(today.year + 1 - i)).filter(
    (days) => days !== undefined,
  );
  if (which === 'last ') return latestFirst.find(over);
  if (which === 'this ') return latestFirst.find((days) => begun(days) && !over(days)) ?? inYear(today.year);
  return latestFirst.find(begun);
}

const unitNamed = (name: string | undefined): Unit =>
  name === 'week' || name === 'month' || name === 'quarter' || name === 'year' ? name : 'day';

function unitAway(today: CalendarDay, unit: Unit, away: number): Days {
  const { year, month } = today;
  const quarterMonth = month - ((month - 1) % 3);
  if (unit === 'day') return dayFrom(addDays(today, away));
  if (unit === 'month') return monthsFrom(year, month + away, 1);
  if (unit === 'quarter') return monthsFrom(year, quarterMonth + away * 3, 3);
  if (unit === 'year') return yearFrom({ year: year + away, month: 1, day: 1 });
  const monday = addDays(today, away * 7 - weekdayOf(today));
  return { from: monday, until: addDays(monday, 7) };
}

/** The same day so many units away; the last of the month if it has no such day. */
function shifted(day: CalendarDay, unit: Unit, by: number): CalendarDay {
  if (unit === 'day' || unit === 'week') return addDays(day, unit === 'week' ? by * 7 : by);
  const byMonths = by * (unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12);
  const lastOfMonth = normalDay({ year: day.year, month: day.month + byMonths + 1, day: 0 });
  return { ...lastOfMonth, day: Math.min(day.day, lastOfMonth.day) };
}

const dayFrom = (day: CalendarDay): Days => ({ from: day, until: addDays(day, 1) });
/** Nothing for a day that no calendar has, such as 30 February. */
const dayOf = (day: CalendarDay): Days | undefined =>
  normalDay(day).month === day.month && normalDay(day).day === day.day ? dayFrom(day) : undefined;
const monthOf = (year: number, month: number): Days | undefined =>
  month >= 1 && month <= 12 ? monthsFrom(year, month, 1) : undefined;
const yearFrom = (day: CalendarDay): Days => monthsFrom(day.year, 1, 12);
const monthsFrom = (year: number, month: number, count: number): Days => ({
  from: normalDay({ year, month, day: 1 }),
  until: normalDay({ year, month: month + count, day: 1 }),
});

/** `monday` or `mon`: from three letters on there is only one that begins so. */
function indexOfName(names: readonly string[], name: string | undefined): number | undefined {
  if (name === undefined || name.length < 3) return undefined;
  const index = names.findIndex((full) => full.startsWith(name));
  return index === -1 ? undefined : index;
}

function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (word === 'a' || word === 'an') return 1;
  if (/^\d{1,5}$/.test(word)) return Number(word);
  const index = numbers.indexOf(word);
  return index === -1 ? undefined : index;
}
