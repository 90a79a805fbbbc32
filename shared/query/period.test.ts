import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, zoneOf } from './calendar.ts';
import { periodOf } from './period.ts';

/** A Saturday. */
const now = new Date('2026-11-21T12:00:00Z');
const utc = zoneOf('UTC');

function days(text: string, at = now, zone = utc): string | undefined {
  const period = periodOf(text, at, zone);
  if (!period) return undefined;
  const shown = (instant: Date): string => {
    const { year, month, day } = zone.dayAt(instant);
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  };
  const last = shown(new Date(period.until.getTime() - 1));
  return shown(period.from) === last ? last : `${shown(period.from)} ${last}`;
}

test.each([
  ['2026', '2026-01-01 2026-12-31'],
  ['2026-03', '2026-03-01 2026-03-31'],
  ['2024-2', '2024-02-01 2024-02-29'],
  ['2026-03-01', '2026-03-01'],
  ['2026/3/1', '2026-03-01'],
  ['today', '2026-11-21'],
  ['Yesterday', '2026-11-20'],
  ['tomorrow', '2026-11-22'],
  ['monday', '2026-11-16'],
  ['sat', '2026-11-21'],
  ['last saturday', '2026-11-14'],
  ['this sunday', '2026-11-22'],
  ['this week', '2026-11-16 2026-11-22'],
  ['last week', '2026-11-09 2026-11-15'],
  ['this month', '2026-11-01 2026-11-30'],
  ['last  month', '2026-10-01 2026-10-31'],
  ['the last month', '2026-10-01 2026-10-31'],
  ['last quarter', '2026-07-01 2026-09-30'],
  ['last year', '2025-01-01 2025-12-31'],
  ['past week', '2026-11-14 2026-11-21'],
  ['last 3 days', '2026-11-18 2026-11-21'],
  ['last 2 months', '2026-09-21 2026-11-21'],
  ['3 days ago', '2026-11-18'],
  ['a week ago', '2026-11-09 2026-11-15'],
  ['two months ago', '2026-09-01 2026-09-30'],
  ['11 months ago', '2025-12-01 2025-12-31'],
  ['10 years ago', '2016-01-01 2016-12-31'],
  ['march', '2026-03-01 2026-03-31'],
  ['november', '2026-11-01 2026-11-30'],
  ['december', '2025-12-01 2025-12-31'],
  ['last november', '2025-11-01 2025-11-30'],
  ['last march', '2026-03-01 2026-03-31'],
  ['this december', '2026-12-01 2026-12-31'],
  ['march 2025', '2025-03-01 2025-03-31'],
  ['Sept 2025', '2025-09-01 2025-09-30'],
  ['5 march', '2026-03-05'],
  ['March 5th, 2025', '2025-03-05'],
  ['24 december', '2025-12-24'],
  ['29 february', '2024-02-29'],
  ['Q1 2025', '2025-01-01 2025-03-31'],
  ['2025-Q4', '2025-10-01 2025-12-31'],
  ['q4', '2026-10-01 2026-12-31'],
  ['last q4', '2025-10-01 2025-12-31'],
  ['last summer', '2026-06-01 2026-08-31'],
  ['autumn', '2026-09-01 2026-11-30'],
  ['last fall', '2025-09-01 2025-11-30'],
  ['winter', '2025-12-01 2026-02-28'],
  ['summer 2024', '2024-06-01 2024-08-31'],
  ['2024..2025-03', '2024-01-01 2025-03-31'],
  ['last week .. today', '2026-11-09 2026-11-21'],
])('%s is %s', (text, expected) => {
  expect(days(text)).toBe(expected);
});

test.each([
  ['heute', '2026-11-21'],
  ['vorgestern', '2026-11-19'],
  ['Montag', '2026-11-16'],
  ['letzten Samstag', '2026-11-14'],
  ['am Sonnabend', '2026-11-21'],
  ['diese Woche', '2026-11-16 2026-11-22'],
  ['letzten Monat', '2026-10-01 2026-10-31'],
  ['im vergangenen Monat', '2026-10-01 2026-10-31'],
  ['voriges Jahr', '2025-01-01 2025-12-31'],
  ['vorletzte Woche', '2026-11-02 2026-11-08'],
  ['die letzten 3 Tage', '2026-11-18 2026-11-21'],
  ['in den letzten zwei Monaten', '2026-09-21 2026-11-21'],
  ['in den letzten Monaten', '2026-10-21 2026-11-21'],
  ['des letzten Jahres', '2025-01-01 2025-12-31'],
  ['vor drei Tagen', '2026-11-18'],
  ['vor einer Woche', '2026-11-09 2026-11-15'],
  ['vor 10 Jahren', '2016-01-01 2016-12-31'],
  ['März', '2026-03-01 2026-03-31'],
  ['ma\u0308rz 2025', '2025-03-01 2025-03-31'],
  ['im Dez. 2025', '2025-12-01 2025-12-31'],
  ['letzter Oktober', '2026-10-01 2026-10-31'],
  ['5. März', '2026-03-05'],
  ['5. Mai 2025', '2025-05-05'],
  ['5.3.2025', '2025-03-05'],
  ['05.03.2025', '2025-03-05'],
  ['3.2025', '2025-03-01 2025-03-31'],
  ['letztes Quartal', '2026-07-01 2026-09-30'],
  ['1. Quartal 2025', '2025-01-01 2025-03-31'],
  ['letzter Sommer', '2026-06-01 2026-08-31'],
  ['im Frühling 2024', '2024-03-01 2024-05-31'],
  ['letzte Woche..heute', '2026-11-09 2026-11-21'],
])('German: %s is %s', (text, expected) => {
  expect(days(text)).toBe(expected);
});

test.each([
  '',
  'lunch',
  'Mittag',
  'vor langem',
  'vor dem Essen',
  'die Tage',
  '31.4.2025',
  '26',
  '2026-13',
  '2026-02-30',
  '03/04/2026',
  '0050',
  '99999 years ago',
  '1950 years ago',
])('“%s” is no date', (text) => {
  expect(days(text)).toBeUndefined();
});
test.each([
  'constructor',
  '__proto__ 2025',
  '2026..2025',
  '2024..2025..2026',
  '2026-03-01T25:00',
  '31 april',
])('“%s” is no date either', (text) => {
  expect(days(text)).toBeUndefined();
});

test('a minute can be named', () => {
  expect(periodOf('2026-03-01T12:30', now, zoneOf('Europe/Berlin'))).toEqual({
    from: new Date('2026-03-01T11:30:00Z'),
    until: new Date('2026-03-01T11:31:00Z'),
  });
});

test.each(['5.3.2025 14:05', '05.03.2025, 14:05 Uhr', 'am 5. 3. 2025 um 14:05'])(
  'German: %s is a minute',
  (text) => {
    expect(periodOf(text, now, utc)).toEqual({
      from: new Date('2025-03-05T14:05:00Z'),
      until: new Date('2025-03-05T14:06:00Z'),
    });
  },
);
test('German: the hour may be of one digit, and none is past 23', () => {
  expect(periodOf('5.3.2025 9:05', now, utc)?.from).toEqual(new Date('2025-03-05T09:05:00Z'));
  expect(periodOf('5.3.2025 24:05', now, utc)).toBeUndefined();
  expect(periodOf('31.4.2025 14:05', now, utc)).toBeUndefined();
});

test('today is the day of the person, not of the server', () => {
  const late = new Date('2026-03-01T23:30:00Z');
  expect(days('today', late, zoneOf('Asia/Tokyo'))).toBe('2026-03-02');
  expect(days('today', late, zoneOf('America/Los_Angeles'))).toBe('2026-03-01');
});

test('summer is in January where it is', () => {
  expect(days('last summer', now, zoneOf('Australia/Sydney'))).toBe('2025-12-01 2026-02-28');
  expect(days('winter 2025', now, zoneOf('America/Argentina/Buenos_Aires'))).toBe('2025-06-01 2025-08-31');
});

test('a day begins with the change of the clock where there is no midnight, and with the first of two', () => {
  expect(periodOf('2018-11-04', now, zoneOf('America/Sao_Paulo'))?.from).toEqual(
    new Date('2018-11-04T03:00:00Z'),
  );
  expect(periodOf('2020-11-01', now, zoneOf('America/Havana'))?.from).toEqual(
    new Date('2020-11-01T04:00:00Z'),
  );
});

test('days follow each other without a gap, anywhere', () => {
  const zone = fc
    .constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/Havana',
    )
    .map(zoneOf);
  fc.assert(
    fc.property(zone, fc.integer({ min: -25_000, max: 50_000 }), (place, offset) => {
      const day = addDays({ year: 1970, month: 1, day: 1 }, offset);
      const from = place.instantOf(day);
      expect(place.dayAt(from)).toEqual(day);
      expect(place.dayAt(new Date(from.getTime() - 1))).toEqual(addDays(day, -1));
      const text = [day.year, day.month, day.day].join('-');
      expect(periodOf(text, now, place)).toEqual({ from, until: place.instantOf(addDays(day, 1)) });
    }),
  );
});

test('a month is all its days, and a year all its months', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2100 }), (year) => {
      const months = Array.from({ length: 12 }, (_, i) => periodOf(`${year}-${i + 1}`, now, utc));
      for (const [i, month] of months.entries()) {
        expect(month?.until).toEqual(
          (months[i + 1] ?? periodOf(String(year), now, utc))?.[i === 11 ? 'until' : 'from'],
        );
      }
      expect(months[0]?.from).toEqual(periodOf(String(year), now, utc)?.from);
    }),
    { numRuns: 50 },
  );
});
