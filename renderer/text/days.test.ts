import { expect, test, vi } from 'vitest';
import { formatTime, nameOfDay, saidMoment } from './days.ts';

/** Of the machine's own clock, as those of a person are. */
const at = (...parts: [number, number, number, number?, number?]): string => new Date(...parts).toISOString();
const now = new Date(2026, 10, 21, 0, 30);

test('days are named as one speaks for a week and by their date after it', () => {
  const days = [
    at(2026, 10, 21, 0, 0),
    at(2026, 10, 20, 23, 59),
    at(2026, 10, 19, 12),
    at(2026, 10, 15, 12),
    at(2026, 10, 14, 12),
    at(2026, 10, 22, 12),
  ];
  expect(days.map((day) => nameOfDay(day, now))).toEqual([
    'Today',
    'Yesterday',
    'Thursday',
    'Sunday',
    '14 November 2026',
    '22 November 2026',
  ]);
});

test('a day on which the clock is put back does not shift the names of the others', () => {
  const evening = new Date(2026, 9, 26, 23, 30);
  expect(nameOfDay(at(2026, 9, 25, 0, 10), evening)).toBe('Yesterday');
  expect(nameOfDay(at(2026, 9, 24, 23, 50), evening)).toBe('Saturday');
});

test('a moment within a sentence', () => {
  expect([at(2026, 10, 21, 0, 3), at(2026, 10, 19, 14, 3)].map((moment) => saidMoment(moment, now))).toEqual([
    'today at 00:03',
    'on Thursday at 14:03',
  ]);
});

test('the time of day follows a clock that was set to another zone', () => {
  const noon = '2026-07-01T12:00:00.000Z';
  vi.stubEnv('TZ', 'Europe/Vienna');
  const inVienna = formatTime(noon);
  vi.stubEnv('TZ', 'Asia/Tokyo');
  expect([inVienna, formatTime(noon)]).toEqual(['14:00', '21:00']);
  vi.unstubAllEnvs();
});
